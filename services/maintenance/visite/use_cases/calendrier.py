"""The schedule of a contract's visits, and the moment each becomes due."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from services.maintenance.visite import repository, rules
from services.maintenance.visite.models import Visite
from services.maintenance.visite.rules import EtatVisite
from shared.database.transaction import Transaction

HORIZON_JOURS = 30
A_LA_FOIS = 500


@dataclass(frozen=True, slots=True)
class Programme:
    """What the schedule needs to know of a contract. `par_an` zero means no visit."""

    contrat_id: UUID
    contrat_numero: str
    tiers_id: UUID
    tiers_nom: str
    objet: str
    premiere: date
    par_an: int


async def programmer(tx: Transaction, programme: Programme, depuis: date, jusqu_au: date) -> None:
    """Make the schedule between two days what the contract says; visits already announced never change."""
    visites = await repository.du_contrat(tx, programme.contrat_id)
    annoncees = [v for v in visites if v.etat is not EtatVisite.PROGRAMMEE]
    voulues = rules.a_programmer(
        premiere=programme.premiere,
        par_an=programme.par_an,
        depuis=depuis,
        jusqu_au=jusqu_au,
        deja=[v.date_prevue for v in annoncees if v.etat is not EtatVisite.ANNULEE],
    )
    for annoncee in annoncees:
        voulues.pop(annoncee.periode, None)
    for visite in visites:
        if visite.etat is EtatVisite.PROGRAMMEE:
            le = voulues.pop(visite.periode, None)
            if le is None:
                await tx.delete(visite)  # never announced to anybody
            else:
                visite.date_prevue = le
                visite.nommer(programme.tiers_nom, programme.objet)
    tx.add_all(_visite(programme, periode, le) for periode, le in voulues.items())


async def arreter(tx: Transaction, contrat_id: UUID, apres: date) -> None:
    """The contract ends: what was scheduled after that day is taken back, what was announced is cancelled."""
    for visite in await repository.du_contrat(tx, contrat_id):
        if visite.date_prevue <= apres:
            continue
        if visite.etat is EtatVisite.PROGRAMMEE:
            await tx.delete(visite)
        elif visite.etat in {EtatVisite.DUE, EtatVisite.PLANIFIEE}:
            visite.annuler()


async def declencher_visites_dues(tx: Transaction, aujourd_hui: date, horizon_jours: int = HORIZON_JOURS) -> list[UUID]:
    """Announce every visit due within the horizon, exactly once each; answers those announced.

    Once: the rows are locked, change state in this transaction, and the database refuses a second visit of the same
    contract and period.
    """
    dues = await repository.dues(tx, aujourd_hui + timedelta(days=horizon_jours), A_LA_FOIS)
    for visite in dues:
        tx.publish(visite.declencher(tx.now))
    return [visite.id for visite in dues]


def _visite(programme: Programme, periode: str, le: date) -> Visite:
    visite = Visite(
        contrat_id=programme.contrat_id,
        contrat_numero=programme.contrat_numero,
        tiers_id=programme.tiers_id,
        periode=periode,
        date_prevue=le,
        etat=EtatVisite.PROGRAMMEE,
    )
    visite.nommer(programme.tiers_nom, programme.objet)
    return visite
