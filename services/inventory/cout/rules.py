"""How what an invoice says of received lines becomes what each object costs. Pure."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.inventory.historique.rules import couts_unitaires
from shared.contracts.billing import LigneChiffree
from shared.kernel.money import ZERO


@dataclass(frozen=True, slots=True)
class Bien:
    """An object of a reception. `suit_id`: the object whose cost it has, as its part (`est_part`) or its replacement."""

    id: UUID
    ligne_id: UUID | None
    produit_id: UUID
    quantite: Decimal
    suit_id: UUID | None = None
    est_part: bool = False


def etablir(biens: Sequence[Bien], lignes: Sequence[LigneChiffree]) -> dict[UUID, Decimal]:
    """The unit cost of the objects of the lines whose cost changed, summing to what those lines cost, cent by cent.

    Parts cost what the quantity they were separated from costs; a replacement costs what it replaces, which the supplier
    bills once. An object that knows no line is of the lines of its product.
    """
    connus = {bien.id: bien for bien in biens}
    poids: dict[UUID, Decimal] = defaultdict(Decimal)
    for bien in biens:
        racine, est_billee = _racine(bien, connus)
        if est_billee:
            poids[racine.id] += bien.quantite
    groupes: dict[tuple[int, ...], list[UUID]] = defaultdict(list)
    for racine_id in sorted(poids):
        groupes[_siennes(connus[racine_id], lignes)].append(racine_id)
    couts: dict[UUID, Decimal] = {}
    for rangs, racines in groupes.items():
        siennes = [lignes[rang] for rang in rangs]
        if any(ligne.cout_ht != ligne.cout_avant_ht for ligne in siennes):
            total = sum((ligne.cout_ht for ligne in siennes), ZERO)
            couts.update(zip(racines, couts_unitaires(total, [poids[r] for r in racines]), strict=True))
    racines_de = {bien.id: _racine(bien, connus)[0].id for bien in biens}
    return {id_: couts[racine] for id_, racine in racines_de.items() if racine in couts}


def _racine(bien: Bien, connus: dict[UUID, Bien]) -> tuple[Bien, bool]:
    """The object that came with the goods, and whether this one is a part of it: a replacement is not billed again."""
    est_billee = True
    while bien.suit_id is not None and bien.suit_id in connus:
        est_billee = est_billee and bien.est_part
        bien = connus[bien.suit_id]
    return bien, est_billee


def _siennes(bien: Bien, lignes: Sequence[LigneChiffree]) -> tuple[int, ...]:
    """The places of the lines it came by."""
    rangs = range(len(lignes))
    if bien.ligne_id is not None and (dites := tuple(r for r in rangs if lignes[r].ligne_recue_id == bien.ligne_id)):
        return dites
    return tuple(r for r in rangs if lignes[r].produit_id == bien.produit_id)
