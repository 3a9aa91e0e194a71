"""The planning gives a demande a date and people."""

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from services.demandes.copies import queries as copies
from services.demandes.demande import repository as demandes
from services.demandes.errors import (
    HorairesInvalides,
    InterventionClose,
    InterventionInconnue,
    PersonneManquante,
    PlanificationTropTot,
)
from services.demandes.intervention import repository, rules
from services.demandes.intervention.models import Intervention
from services.demandes.intervention.rules import LIBELLES, EtatIntervention
from services.demandes.intervention.schemas import SaisieCreneau, SaisieDeplacement, SaisieFin, SaisieIntervention
from services.demandes.type_demande import repository as types
from shared.contracts.contacts import SEMAINE_ORDINAIRE
from shared.database.transaction import Transaction


async def planifier(tx: Transaction, saisie: SaisieIntervention) -> Intervention:
    """A new intervention, when the state of the demande allows planning (a setting of the state)."""
    demande = await demandes.get_for_update(tx, saisie.demande_id)
    genre = await types.par_id(tx.session, demande.type_id)
    etat = genre.etat(demande.etat_code)
    if not etat.est_planifiable:
        raise PlanificationTropTot(numero=demande.numero, etat=etat.libelle)
    intervention = Intervention(demande_id=demande.id, tiers_id=demande.tiers_id, etat=EtatIntervention.PLANIFIEE)
    minutes = demande.duree_prevue_minutes if saisie.duree_prevue else None
    await _placer(tx, intervention, saisie, minutes)
    tx.add(intervention)
    tx.publish(intervention.planifier(demande.tiers_nom, demande.objet))
    return intervention


async def replanifier(
    tx: Transaction, intervention_id: UUID, saisie: SaisieCreneau, version: int | None
) -> Intervention:
    """Another date, other people."""
    intervention = await _modifiable(tx, intervention_id, version)
    precedents, debut = intervention.collaborateur_ids, intervention.debut
    await _placer(tx, intervention, saisie)
    await _annoncer(tx, intervention, precedents, debut)
    return intervention


async def deplacer(
    tx: Transaction, intervention_id: UUID, saisie: SaisieDeplacement, version: int | None
) -> Intervention:
    """The block dragged to another half-day, another person or a team; its length and the other people stay."""
    intervention = await _modifiable(tx, intervention_id, version)
    precedents, debut = intervention.collaborateur_ids, intervention.debut
    de, vers = saisie.de, saisie.vers
    intervention.debut, intervention.fin = rules.decaler(
        intervention.debut, intervention.fin, (de.jour, de.demi), (vers.jour, vers.demi)
    )
    if vers.equipe is not None and vers.equipe != de.equipe:
        await _confier(tx, intervention, await copies.membres(tx.session, vers.equipe))
        intervention.equipe_id = vers.equipe
    elif vers.personne is not None and de.personne is not None:
        gens = rules.remplacer(intervention.collaborateur_ids, de.personne, vers.personne)
        await _confier(tx, intervention, gens)
    elif vers.personne is not None:
        await _confier(tx, intervention, [vers.personne])
        intervention.equipe_id = None
    await _annoncer(tx, intervention, precedents, debut)
    return intervention


async def demarrer(tx: Transaction, intervention_id: UUID) -> Intervention:
    """ "Je pars"."""
    intervention = await _verrouiller(tx, intervention_id)
    tx.publish(intervention.demarrer(tx.now))
    return intervention


async def terminer(tx: Transaction, intervention_id: UUID, saisie: SaisieFin) -> Intervention:
    """The work on site is over."""
    intervention = await _verrouiller(tx, intervention_id)
    tx.publish(intervention.terminer(tx.now, saisie.compte_rendu, saisie.signe_par, saisie.trace))
    return intervention


async def annuler(tx: Transaction, intervention_id: UUID, motif: str) -> Intervention:
    """It will not take place: whoever was to go is told, and the demande waits for a date again."""
    intervention = await _verrouiller(tx, intervention_id)
    demande = await demandes.get_for_update(tx, intervention.demande_id)
    reste = await repository.autre_prevue(tx, intervention)
    tx.publish(intervention.annuler(motif, demande.tiers_nom, demande.objet, reste_planifiee=reste))
    return intervention


async def _annoncer(tx: Transaction, intervention: Intervention, precedents: Sequence[UUID], debut: datetime) -> None:
    tiers_nom, objet = await demandes.libelle(tx, intervention.demande_id)
    tx.publish(intervention.planifier(tiers_nom, objet, precedents, debut))


async def _verrouiller(tx: Transaction, intervention_id: UUID) -> Intervention:
    intervention = await tx.get(Intervention, intervention_id, with_for_update=True)
    if intervention is None:
        raise InterventionInconnue
    return intervention


async def _modifiable(tx: Transaction, intervention_id: UUID, version: int | None) -> Intervention:
    intervention = await _verrouiller(tx, intervention_id)
    await tx.expect_version(intervention, version)
    if intervention.etat is not EtatIntervention.PLANIFIEE:
        raise InterventionClose(etat=LIBELLES[intervention.etat])
    return intervention


async def _placer(
    tx: Transaction, intervention: Intervention, saisie: SaisieCreneau, minutes: int | None = None
) -> None:
    personnes = list(dict.fromkeys(saisie.collaborateur_ids))
    if not personnes and saisie.equipe_id is not None:
        personnes = await copies.membres(tx.session, saisie.equipe_id)
    debut, fin = await _horaires(tx, saisie, minutes, personnes)
    rules.verifier_horaires(debut, fin)
    await _confier(tx, intervention, personnes)
    intervention.debut, intervention.fin, intervention.equipe_id = debut, fin, saisie.equipe_id
    intervention.nature, intervention.consignes = saisie.nature, saisie.consignes


async def _confier(tx: Transaction, intervention: Intervention, personnes: list[UUID]) -> None:
    for personne in personnes:
        await copies.collaborateur(tx.session, personne)
    if not personnes:
        raise PersonneManquante
    intervention.collaborateur_ids = personnes


async def _horaires(
    tx: Transaction, saisie: SaisieCreneau, minutes: int | None, personnes: Sequence[UUID]
) -> tuple[datetime, datetime]:
    if saisie.debut is not None and saisie.fin is not None:
        return saisie.debut, saisie.fin
    if saisie.jour is not None and saisie.demi is not None:
        if minutes is not None:
            travaillees = await copies.travaillees(tx.session, personnes)
            return rules.prevus(saisie.jour, saisie.demi, minutes, travaillees or SEMAINE_ORDINAIRE)
        return rules.horaires(saisie.jour, saisie.demi)
    raise HorairesInvalides
