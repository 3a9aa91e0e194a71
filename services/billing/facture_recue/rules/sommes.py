"""Whether the amounts of an invoice add up: its lines, its VAT, its total (BR-CO-10 to 15 and 17 of EN 16931)."""

from collections.abc import Iterator
from decimal import Decimal

from services.billing.facture_recue.rules.lue import FactureLue
from shared.kernel.money import CENT_POUR_CENT, ZERO
from shared.kernel.nombre import ecrire_euros, ecrire_quantite

CENTIME = Decimal("0.01")


def ecarts(lue: FactureLue) -> list[str]:
    """What does not add up, a sentence each, as staff read it."""
    return [
        f"{quoi} : {ecrire_euros(dit)} sur la facture, {ecrire_euros(calcule)} calculés"
        for quoi, dit, calcule, tolere in _comparaisons(lue)
        if abs(dit - calcule) > tolere
    ]


def _comparaisons(lue: FactureLue) -> Iterator[tuple[str, Decimal, Decimal, Decimal]]:
    """(what, as said, as calculated, what rounding may leave)."""
    yield "Total des lignes HT", lue.lignes_ht, sum((ligne.total_ht for ligne in lue.lignes), ZERO), ZERO
    yield "Total HT", lue.total_ht, lue.lignes_ht - lue.remises_ht + lue.charges_ht, ZERO
    for groupe in lue.groupes:
        calcule = groupe.base_ht * groupe.taux / CENT_POUR_CENT
        yield f"TVA à {ecrire_quantite(groupe.taux)} %", groupe.montant_tva, calcule, CENTIME
    if lue.groupes:
        yield "Bases de TVA", lue.total_ht, sum((groupe.base_ht for groupe in lue.groupes), ZERO), ZERO
        yield "Total de TVA", lue.total_tva, sum((groupe.montant_tva for groupe in lue.groupes), ZERO), ZERO
    yield "Total TTC", lue.total_ttc, lue.total_ht + lue.total_tva, ZERO
