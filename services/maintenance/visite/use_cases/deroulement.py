"""A visit from its demande to its readings."""

from uuid import UUID

from services.maintenance.copies import queries as copies
from services.maintenance.equipement import repository as equipements
from services.maintenance.equipement.use_cases import valeurs
from services.maintenance.errors import VisiteAVenir
from services.maintenance.visite import repository
from services.maintenance.visite.models import Releve, Visite
from services.maintenance.visite.rules import EtatVisite
from services.maintenance.visite.schemas import SaisiePreparation, SaisieRealisation, SaisieReleve
from shared.contracts.demandes import DemandeCreee, InterventionAnnulee, InterventionPlanifiee, InterventionTerminee
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

RELEVES = ("compteur", "utilisateur")
OUVERTES = frozenset({EtatVisite.DUE, EtatVisite.PLANIFIEE})


async def lier_demande(tx: Transaction, fait: DemandeCreee) -> None:
    """The demande asking to plan this visit is open."""
    visite = await repository.trouver(tx, fait.visite_id) if fait.visite_id else None
    if visite is not None:
        visite.demande_id, visite.demande_numero = fait.demande_id, fait.numero


async def noter_planification(tx: Transaction, fait: InterventionPlanifiee) -> None:
    """The planning gave the demande of a visit a date and people."""
    visite = await repository.de_la_demande(tx, fait.demande_id)
    if visite is not None and visite.etat in OUVERTES:
        noms = await copies.noms_collaborateurs(tx.session, fait.collaborateur_ids)
        visite.planifier(jour_paris(fait.debut), ", ".join(noms))


async def noter_annulation(tx: Transaction, fait: InterventionAnnulee) -> None:
    """The planning took back the date of a visit, and its demande has no other."""
    visite = await repository.de_la_demande(tx, fait.demande_id)
    if visite is not None and visite.etat is EtatVisite.PLANIFIEE and not fait.reste_planifiee:
        visite.deprogrammer()


async def noter_fin(tx: Transaction, fait: InterventionTerminee) -> None:
    """The intervention of a visit ended: its readings are awaited."""
    visite = await repository.de_la_demande(tx, fait.demande_id)
    if visite is not None and visite.etat in OUVERTES:
        visite.effectuer(jour_paris(fait.termine_le))


async def preparer(tx: Transaction, visite_id: UUID, saisie: SaisiePreparation, version: int | None) -> Visite:
    """Date, person, and the objects to look at (MA-13)."""
    visite = await repository.get_for_update(tx, visite_id)
    await tx.expect_version(visite, version)
    visite.planifier(saisie.date, saisie.intervenant)
    await _cocher(tx, visite, saisie.equipement_ids)
    return visite


async def realiser(tx: Transaction, visite_id: UUID, saisie: SaisieRealisation, version: int | None) -> Visite:
    """Record what was read on site: the parc is updated at the date of the visit (MA-18)."""
    visite = await repository.get_for_update(tx, visite_id)
    await tx.expect_version(visite, version)
    if saisie.realisee_le > jour_paris(tx.now):
        raise VisiteAVenir(date=f"{saisie.realisee_le:%d/%m/%Y}")
    par = saisie.intervenant or visite.intervenant or tx.actor.nom
    visite.intervenant = par
    vus = [*(r.equipement_id for r in visite.releves), *(r.equipement_id for r in saisie.releves)]
    designations = await _cocher(tx, visite, vus)
    saisis = {r.equipement_id: r for r in saisie.releves}
    for releve in visite.releves:
        if lu := saisis.get(releve.equipement_id):
            _reporter(releve, lu)
    fait = visite.realiser(saisie.realisee_le, par, saisie.compte_rendu, designations)
    await valeurs.relever(
        tx,
        {r.equipement_id: {c: getattr(r, c) for c in RELEVES if getattr(r, c)} for r in visite.releves},
        le=saisie.realisee_le,
        par=par,
        source="visite",
        source_id=visite.id,
    )
    tx.publish(fait)
    return visite


async def _cocher(tx: Transaction, visite: Visite, ids: list[UUID]) -> dict[UUID, str]:
    """The objects of the visit, in the order given, by name; what was already read of those that stay is kept."""
    voulus = list(dict.fromkeys(ids))
    deja = {r.equipement_id: r for r in visite.releves}
    objets = await equipements.du_client(tx, visite.tiers_id, voulus)
    visite.releves = [deja.get(equipement_id) or _vide(equipement_id) for equipement_id in voulus]
    for rang, releve in enumerate(visite.releves):
        releve.rang = rang
    return {objet.id: objet.designation for objet in objets}


def _vide(equipement_id: UUID) -> Releve:
    return Releve(equipement_id=equipement_id, compteur="", utilisateur="", remarque="", genre="info")


def _reporter(releve: Releve, lu: SaisieReleve) -> None:
    releve.compteur, releve.utilisateur = lu.compteur, lu.utilisateur
    releve.remarque, releve.genre = lu.remarque, lu.genre
