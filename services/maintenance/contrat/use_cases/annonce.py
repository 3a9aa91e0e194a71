"""What every change of a contract has in common: it is told whole, its objects are covered or not, its visits follow."""

from datetime import date, timedelta

from services.maintenance.contrat import repository
from services.maintenance.contrat.models import Contrat
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.couverture import use_cases as couverture
from services.maintenance.equipement import repository as equipements
from services.maintenance.visite.use_cases import calendrier
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

AVANCE = timedelta(days=730)


async def annoncer(tx: Transaction, contrat: Contrat) -> None:
    """Tell the contract, then who it covers."""
    tx.publish(contrat.annoncer())
    couvrant = contrat.couvre(jour_paris(tx.now))
    if couvrant or contrat.est_couvrant:
        contrat.est_couvrant = couvrant
        await tx.flush()
        await _couvrir(tx, contrat, couvrant)


async def _couvrir(tx: Transaction, contrat: Contrat, couvrant: bool) -> None:
    """Each object knows the contract that covers it; the client's coverage is told."""
    voulus = contrat.equipement_ids() if couvrant else set()
    presents = {e.id: e for e in await equipements.sous_contrat(tx, contrat.id)}
    nouveaux = [e for e in await equipements.plusieurs(tx, voulus - presents.keys()) if not e.est_retire]
    for equipement in nouveaux:
        tx.publish(equipement.couvrir(contrat.id, contrat.numero))
    sortants = presents.keys() - voulus
    ailleurs = await repository.autres_couvrants(tx, contrat.id, sortants) if sortants else {}
    for sortant in sorted(sortants):
        tx.publish(presents[sortant].couvrir(*ailleurs.get(sortant, (None, None))))
    couverts = {e.id for e in nouveaux} | (presents.keys() & voulus)
    await couverture.couvrir(tx, contrat.tiers_id, contrat.id, couverts if couvrant else None)


async def programmer(tx: Transaction, contrat: Contrat) -> None:
    """The schedule of visits is what the contract says, two years ahead; none after its last day."""
    if contrat.etat is not EtatContrat.ACTIF:
        await calendrier.arreter(tx, contrat.id, apres=min(contrat.fin or date.max, jour_paris(tx.now)))
        return
    if contrat.fin is not None:
        await calendrier.arreter(tx, contrat.id, apres=contrat.fin)
    horizon = jour_paris(tx.now) + AVANCE
    contrat.programme_jusqu_au = min(contrat.fin or horizon, horizon)
    programme = calendrier.Programme(
        contrat_id=contrat.id,
        contrat_numero=contrat.numero,
        tiers_id=contrat.tiers_id,
        tiers_nom=contrat.tiers_nom,
        objet=contrat.objet,
        premiere=contrat.premiere_visite,
        par_an=contrat.visites_par_an,
    )
    await calendrier.programmer(tx, programme, depuis=_depuis(contrat, tx), jusqu_au=contrat.programme_jusqu_au)


def _depuis(contrat: Contrat, tx: Transaction) -> date:
    """No visit is asked for before the contract was activated: a contract taken over is not late of ten years."""
    active = jour_paris(contrat.active_le or tx.now)
    return max(contrat.debut, active)
