"""What a deposit asks for. Pure.

Source: CGI 289 I 1 c (a deposit has its own invoice) and 269 2 a and c (its VAT is due when it is paid, goods included).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from shared.kernel.money import ZERO, acompte, repartir, totaux


@dataclass(frozen=True, slots=True)
class Part:
    """What a deposit bills of one VAT rate and one nature (goods or services), HT."""

    taux_tva: Decimal
    nature: str
    montant_ht: Decimal


def parts(lignes: Sequence[tuple[Decimal, Decimal, str]], pourcent: Decimal) -> list[Part]:
    """The parts of (total HT, VAT rate, nature) lines; none when nothing is asked for."""
    demande = acompte(totaux((total_ht, taux) for total_ht, taux, _ in lignes), pourcent)
    if demande.total_ttc <= ZERO:
        return []
    trouvees: list[Part] = []
    for groupe in demande.groupes:
        poids: dict[str, Decimal] = {}
        for total_ht, taux, nature in lignes:
            if taux == groupe.taux:
                poids[nature] = poids.get(nature, ZERO) + total_ht
        natures = sorted(poids)
        montants = repartir(groupe.base_ht, [max(poids[nature], ZERO) for nature in natures])
        trouvees += [Part(groupe.taux, nature, ht) for nature, ht in zip(natures, montants, strict=True) if ht]
    return trouvees
