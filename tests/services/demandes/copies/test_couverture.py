"""The gate of the SAV, case by case."""

from datetime import date
from uuid import UUID

import pytest

from services.demandes.copies.rules import Accord, Contrat, decider

COPIEUR, IPBX = UUID(int=10), UUID(int=11)
CONTRAT, DECLARE, ACCORD = UUID(int=1), UUID(int=2), UUID(int=3)
JOUR = date(2026, 3, 17)


def contrat(etat: str = "actif", fin: date | None = None, *equipements: UUID) -> Contrat:
    return Contrat(CONTRAT, etat, date(2026, 1, 1), fin, equipements or (COPIEUR,))


@pytest.mark.parametrize(
    ("contrats", "accords", "couverts", "equipement", "attendu"),
    [
        ([contrat()], [], (), COPIEUR, (CONTRAT, None)),
        ([contrat()], [], (), None, (CONTRAT, None)),
        ([contrat()], [], (), IPBX, (None, None)),
        ([contrat("brouillon")], [], (), COPIEUR, (None, None)),
        ([contrat("actif", date(2026, 3, 16))], [], (), COPIEUR, (None, None)),
        ([contrat("actif", date(2026, 3, 17))], [], (), COPIEUR, (CONTRAT, None)),
        ([], [], (IPBX,), IPBX, (DECLARE, None)),
        ([], [], (IPBX,), COPIEUR, (None, None)),
        ([], [Accord(ACCORD, "signe", None)], (), COPIEUR, (None, ACCORD)),
        ([], [Accord(ACCORD, "signe", IPBX)], (), COPIEUR, (None, None)),
        ([], [Accord(ACCORD, "refuse", None)], (), COPIEUR, (None, None)),
    ],
)
def test_la_porte(
    contrats: list[Contrat],
    accords: list[Accord],
    couverts: tuple[UUID, ...],
    equipement: UUID | None,
    attendu: tuple[UUID | None, UUID | None],
) -> None:
    declares = (DECLARE,) if couverts else ()
    decision = decider(contrats, accords, couverts, declares, equipement, JOUR)
    assert (decision.contrat_id, decision.accord_id) == attendu
    assert decision.est_acquise is (attendu != (None, None))
    assert bool(decision.motif) is not decision.est_acquise
