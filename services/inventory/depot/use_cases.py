"""What facts and staff can cause to depots."""

from uuid import UUID

from services.inventory.depot import repository
from services.inventory.depot.models import Depot, Emplacement
from services.inventory.depot.schemas import SaisieEmplacement
from services.inventory.errors import EmplacementDejaPris
from services.inventory.nature import repository as natures
from shared.contracts.contacts import SocieteModifiee
from shared.database.transaction import Transaction


async def suivre_agences(tx: Transaction, fait: SocieteModifiee, seq: int) -> None:
    """One depot per agency of the company; the depot of a closed agency is no longer proposed."""
    for agence in fait.agences:
        depot = await assurer(tx, agence.agence_id)
        if depot.seq < seq:
            depot.code, depot.nom, depot.est_actif, depot.seq = agence.code, agence.nom, True, seq
    gardees = {agence.agence_id for agence in fait.agences}
    for depot in await repository.tous(tx):
        if depot.agence_id not in gardees and 0 < depot.seq < seq:
            depot.est_actif, depot.seq = False, seq


async def assurer(tx: Transaction, agence_id: UUID) -> Depot:
    """The depot of an agency, made with a provisional name when a document comes before the company's fact."""
    depot = await repository.de_l_agence(tx, agence_id)
    if depot is None:
        provisoire = f"AG-{str(agence_id)[-4:].upper()}"
        depot = Depot(agence_id=agence_id, code=provisoire, nom=f"Agence {provisoire}", seq=0, emplacements=[])
        tx.add(depot)
        await tx.flush()
    return depot


async def ajouter_emplacement(tx: Transaction, depot_id: UUID, saisie: SaisieEmplacement) -> Depot:
    """A new place in a depot."""
    depot = await repository.get_for_update(tx, depot_id)
    if any(e.code == saisie.code for e in depot.emplacements):
        raise EmplacementDejaPris(code=saisie.code, depot=depot.nom)
    nature = (await natures.exiger(tx, saisie.nature)).code if saisie.nature else await natures.principale(tx)
    depot.emplacements.append(Emplacement(code=saisie.code, libelle=saisie.libelle, nature=nature))
    depot.emplacements.sort(key=lambda e: e.code)
    return depot
