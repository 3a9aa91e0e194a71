"""A demande passes from one state to another because somebody says so."""

from uuid import UUID

from services.demandes.copies import queries as copies
from services.demandes.demande import repository, rules
from services.demandes.demande.models import Demande, Passage
from services.demandes.demande.rules import Cause, Etape
from services.demandes.demande.schemas import SaisiePassage
from services.demandes.demande.use_cases.creation import etape
from services.demandes.errors import AucuneProposition, MotifDemande
from services.demandes.type_demande import repository as types
from shared.database.transaction import Transaction


async def deplacer(tx: Transaction, demande_id: UUID, saisie: SaisiePassage, version: int | None) -> Demande:
    """Move within the transitions of the type; undoing is moving back within them."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    genre = await types.par_id(tx.session, demande.type_id)
    suites = [etape(e) for e in genre.suites(demande.etat_code)]
    permis = {suite.code for suite in suites}
    vise = next((code for code in (saisie.vers, *saisie.sinon) if code in permis), saisie.vers)
    de, vers = etape(genre.etat(demande.etat_code)), etape(genre.etat(vise))
    rules.verifier_deplacement(demande.numero, de, vers, suites, demande.temps_minutes)
    if vise in genre.motifs(demande.etat_code) and not saisie.motif:
        raise MotifDemande(numero=demande.numero, de=de.libelle, vers=vers.libelle)
    if "responsable_id" in saisie.model_fields_set:
        await confier(tx, demande, saisie.responsable_id)
    passer(tx, demande, de, vers, motif=saisie.motif)
    return demande


async def appliquer_proposition(tx: Transaction, demande_id: UUID, version: int | None) -> Demande:
    """Somebody agrees with the state a rule suggested."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    if demande.etat_propose is None:
        raise AucuneProposition(numero=demande.numero)
    genre = await types.par_id(tx.session, demande.type_id)
    de, vers = etape(genre.etat(demande.etat_code)), etape(genre.etat(demande.etat_propose))
    rules.verifier_deplacement(demande.numero, de, vers, [vers], demande.temps_minutes)
    passer(tx, demande, de, vers, motif=f"Proposition acceptée : {demande.propose_parce_que}")
    return demande


async def ignorer_proposition(tx: Transaction, demande_id: UUID, version: int | None) -> Demande:
    """Somebody dismisses the state a rule suggested."""
    demande = await repository.get_for_update(tx, demande_id)
    await tx.expect_version(demande, version)
    if demande.etat_propose is None:
        raise AucuneProposition(numero=demande.numero)
    demande.oublier_proposition()
    tx.publish(demande.modifier())
    return demande


def passer(
    tx: Transaction, demande: Demande, de: Etape, vers: Etape, *, motif: str = "", cause: Cause | None = None
) -> None:
    """Change the state, keep the trace for ever, announce it."""
    tx.add(
        Passage(
            demande_id=demande.id,
            le=tx.now,
            de=de.code,
            vers=vers.code,
            de_libelle=de.libelle,
            vers_libelle=vers.libelle,
            par_id=tx.actor.id,
            par_nom=tx.actor.nom,
            motif=motif,
            regle_id=cause.regle_id if cause else None,
            regle_libelle=cause.regle_libelle if cause else None,
            fait_type=cause.fait_type if cause else None,
            fait_id=cause.fait_id if cause else None,
            parce_que=cause.parce_que if cause else None,
        )
    )
    tx.publish(demande.passer(vers, le=tx.now, cause=cause))


async def confier(tx: Transaction, demande: Demande, responsable_id: UUID | None) -> None:
    """Put somebody in charge, or nobody."""
    if responsable_id == demande.responsable_id:
        return
    personne = await copies.collaborateur(tx.session, responsable_id) if responsable_id else None
    demande.responsable_id = responsable_id
    demande.responsable_nom = personne.nom if personne else None
