"""What staff do to a parc: add what others sold, correct, arrange, label, withdraw."""

from collections.abc import Iterable, Sequence
from datetime import date
from uuid import UUID

from sqlalchemy import select

from services.maintenance.copies import queries as copies
from services.maintenance.couverture import use_cases as couverture
from services.maintenance.equipement import repository, rules
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.schemas import Rangement, SaisieEquipement
from services.maintenance.equipement.use_cases import valeurs
from services.maintenance.errors import EmplacementOccupe, EtiquetteDejaPosee
from services.maintenance.parc import repository as parcs
from services.maintenance.parc import use_cases as parc
from services.maintenance.parc.models import Groupe, Lieu
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

CHAMPS = (
    "designation",
    "reference",
    "type_code",
    "type_libelle",
    "numero_serie",
    "installe_le",
    "garantie_jusqu_au",
    "notes",
)


async def ajouter(tx: Transaction, saisie: SaisieEquipement) -> Equipement:
    """An object not delivered by a sheet: sold by somebody else, or already there (MA-03)."""
    nom = await copies.nom_tiers(tx.session, saisie.tiers_id)
    await parc.ouvrir(tx, saisie.tiers_id, nom)
    equipement = Equipement.nouveau(saisie.tiers_id, nom, est_tiers=saisie.est_tiers)
    await _remplir(tx, equipement, saisie)
    equipement.indexer()
    tx.add(equipement)
    tx.publish(equipement.ajouter())
    await tx.flush()
    await valeurs.relever(tx, {equipement.id: saisie.valeurs}, le=jour_paris(tx.now), par=tx.actor.nom, source="saisie")
    return equipement


async def modifier(tx: Transaction, equipement_id: UUID, saisie: SaisieEquipement, version: int | None) -> Equipement:
    """Correct the file of an object; its client never changes this way."""
    equipement = await repository.get_for_update(tx, equipement_id)
    await tx.expect_version(equipement, version)
    await _remplir(tx, equipement, saisie)
    await _relever(tx, equipement, saisie)
    tx.publish(equipement.modifier())
    return equipement


async def _relever(tx: Transaction, equipement: Equipement, saisie: SaisieEquipement) -> None:
    lues = {equipement.id: {rules.champ(champ): valeur for champ, valeur in saisie.valeurs.items()}}
    await valeurs.relever(tx, lues, le=jour_paris(tx.now), par=tx.actor.nom, source="saisie")


async def _remplir(tx: Transaction, equipement: Equipement, saisie: SaisieEquipement) -> None:
    for champ in CHAMPS:
        setattr(equipement, champ, getattr(saisie, champ))
    await _etiqueter(tx, equipement, saisie.etiquette)
    equipement.lieu = await parc.placer(tx, equipement.tiers_id, saisie.lieu) if saisie.lieu else None
    equipement.groupe = await parc.grouper(tx, equipement.tiers_id, saisie.groupe) if saisie.groupe else None


async def _etiqueter(tx: Transaction, equipement: Equipement, code: str | None) -> None:
    autre = await repository.par_etiquette(tx, code) if code and code != equipement.etiquette else None
    if autre is not None:
        raise EtiquetteDejaPosee(code=code, designation=autre.designation, tiers_nom=autre.tiers_nom)
    equipement.etiquette = code or None


async def ranger(tx: Transaction, saisie: Rangement) -> Sequence[Equipement]:
    """Put objects in a place or a group, or take them out (MA-04, MA-05)."""
    equipements = await repository.du_client(tx, saisie.tiers_id, saisie.equipement_ids)
    choisis = saisie.model_fields_set
    lieu = await parc.placer(tx, saisie.tiers_id, saisie.lieu) if saisie.lieu else None
    groupe = await parc.grouper(tx, saisie.tiers_id, saisie.groupe) if saisie.groupe else None
    for equipement in equipements:
        if "lieu" in choisis:
            equipement.lieu = lieu
        if "groupe" in choisis:
            equipement.groupe = groupe
        tx.publish(equipement.modifier())
    return equipements


async def retirer(tx: Transaction, equipement_id: UUID, le: date, motif: str, version: int | None) -> Equipement:
    """The object leaves the parc and its coverage; its history stays."""
    equipement = await repository.get_for_update(tx, equipement_id)
    await tx.expect_version(equipement, version)
    tx.publish(equipement.retirer(le, motif))
    await couverture.oublier(tx, equipement.tiers_id, equipement.id)
    return equipement


async def renommer_lieu(tx: Transaction, lieu_id: UUID, nom: str, version: int | None) -> Lieu:
    """A place changes name: everything in it is told."""
    lieux = await parc.renommer_lieu(tx, lieu_id, nom, version)
    _annoncer(tx, await repository.places_dans(tx, [lieu.id for lieu in lieux]))
    return lieux[0]


async def renommer_groupe(tx: Transaction, groupe_id: UUID, nom: str, version: int | None) -> Groupe:
    """A group changes name: everything in it is told."""
    groupe = await parc.renommer_groupe(tx, groupe_id, nom, version)
    _annoncer(tx, await repository.du_groupe(tx, groupe_id))
    return groupe


async def supprimer_lieu(tx: Transaction, lieu_id: UUID) -> None:
    """An empty place, without places inside, is removed."""
    lieu = await parcs.lieu(tx, lieu_id)
    occupe = await tx.scalar(select(Equipement.id).where(Equipement.lieu_id == lieu_id).limit(1))
    if occupe or await tx.scalar(select(Lieu.id).where(Lieu.parent_id == lieu_id).limit(1)):
        raise EmplacementOccupe(nom=lieu.chemin)
    await tx.delete(lieu)


async def supprimer_groupe(tx: Transaction, groupe_id: UUID) -> None:
    """An empty group is removed."""
    groupe = await parcs.groupe(tx, groupe_id)
    if await tx.scalar(select(Equipement.id).where(Equipement.groupe_id == groupe_id).limit(1)):
        raise EmplacementOccupe(nom=groupe.nom)
    await tx.delete(groupe)


def _annoncer(tx: Transaction, equipements: Iterable[Equipement]) -> None:
    for equipement in equipements:
        tx.publish(equipement.modifier())
