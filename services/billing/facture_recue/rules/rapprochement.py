"""Which expected invoice a received one is, and which received line each of its lines bills."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from services.billing.facture_recue.rules.lue import FactureLue, LigneFacture
from shared.kernel.money import ZERO, total_ligne_ht
from shared.kernel.nombre import ecrire_euros
from shared.kernel.text import normaliser_recherche

MILLIEME, DIX_MILLIEME = Decimal("0.001"), Decimal("0.0001")
PRIX_MAXIMUM = Decimal(100_000_000)


@dataclass(frozen=True, slots=True)
class Recue:
    """A line of the reception; `chez_lui`: the reference its supplier sells it under."""

    id: UUID
    reference: str
    designation: str
    quantite: Decimal
    prix_ht: Decimal
    chez_lui: str = ""


@dataclass(frozen=True, slots=True)
class Attendue:
    """An affaire fournisseur that waits: the number typed at the reception, the commandes received, and what came."""

    id: UUID
    facture_fournisseur: str
    commandes: frozenset[str]
    lignes: tuple[Recue, ...] = ()


@dataclass(frozen=True, slots=True)
class Facturee:
    """(quantity, price) billed by received line, the rest of the invoice, and what accounts should know of it."""

    lignes: dict[UUID, tuple[Decimal, Decimal]]
    frais_ht: Decimal
    remarques: list[str]


def mots(commande: str) -> frozenset[str]:
    """The numbers a reference to an order may hold: « Commande CF-2026-00012 du 3/11 » cites CF-2026-00012."""
    return frozenset({commande.strip().upper(), *re.split(r"[\s,;:()]+", commande.upper())}) - {""}


def choisir(lue: FactureLue, attendues: Sequence[Attendue]) -> list[UUID]:
    """Those it may be, the surest reason first: its own number, else the commande it cites (BT-13).

    A reception where another number was typed has its own invoice. When several receptions of that commande wait, the only
    one that received just what is billed is it.
    """
    if numero := [a.id for a in attendues if normaliser_recherche(a.facture_fournisseur) == _cle(lue.numero)]:
        return numero
    cites = mots(lue.commande)
    siennes = [a for a in attendues if not a.facture_fournisseur and cites & {c.upper() for c in a.commandes}]
    exactes = [a for a in siennes if facture_tout(lue, a.lignes)]
    return [a.id for a in (exactes if len(exactes) == 1 else siennes)]


def facture_tout(lue: FactureLue, recues: Sequence[Recue]) -> bool:
    """Whether an invoice bills what these lines received, no more and no less, whatever the prices."""
    billee = facturer(lue, recues)
    return not billee.remarques and all(
        recue.id in billee.lignes and billee.lignes[recue.id][0] == recue.quantite for recue in recues
    )


def facturer(lue: FactureLue, recues: Sequence[Recue]) -> Facturee:
    """What the invoice bills of each received line, to the cent: what is of none of them is counted in the fees.

    Lines of the reception that hold one product share what is billed for it, at its average price.
    """
    produits: dict[str, list[Recue]] = {}
    for recue in recues:
        produits.setdefault(_cle(recue.reference) or _cle(recue.designation), []).append(recue)
    billees: dict[str, list[LigneFacture]] = {cle: [] for cle in produits}
    remarques = []
    for ligne in lue.lignes:
        if cle := _produit(ligne, produits, billees):
            billees[cle].append(ligne)
        else:
            montant = ecrire_euros(ligne.total_ht)
            remarques.append(f"« {ligne.designation} » n’est d’aucune ligne reçue : {montant} comptés dans les frais")
    lignes: dict[UUID, tuple[Decimal, Decimal]] = {}
    for cle, groupe in produits.items():
        lignes |= _partager(groupe, billees[cle])
        if not billees[cle]:
            remarques.append(f"« {groupe[0].designation} » est reçu, et n’est pas facturé")
    facture_ht = sum((total_ligne_ht(quantite, prix) for quantite, prix in lignes.values()), ZERO)
    return Facturee(lignes, lue.total_ht - facture_ht, remarques)


def _produit(
    ligne: LigneFacture, produits: dict[str, list[Recue]], billees: dict[str, list[LigneFacture]]
) -> str | None:
    """The product it bills: by our reference or its supplier's, by words, or the only one left of that quantity at that price."""
    if ligne.quantite < MILLIEME or not ZERO <= ligne.prix_ht < PRIX_MAXIMUM:
        return None
    for connu in (*ligne.references, ligne.designation):
        for cle, groupe in produits.items():
            if _cle(connu) in {cle, _cle(groupe[0].designation), *(_cle(x.chez_lui) for x in groupe if x.chez_lui)}:
                return cle
    pareils = [cle for cle, groupe in produits.items() if not billees[cle] and _est_pareil(ligne, groupe)]
    return pareils[0] if len(pareils) == 1 else None


def _est_pareil(ligne: LigneFacture, groupe: Iterable[Recue]) -> bool:
    recues = list(groupe)
    quantite = sum((recue.quantite for recue in recues), ZERO)
    return quantite == ligne.quantite and all(recue.prix_ht == ligne.prix_ht for recue in recues)


def _partager(recues: Sequence[Recue], billees: Sequence[LigneFacture]) -> dict[UUID, tuple[Decimal, Decimal]]:
    """Each received line takes what it received, the last one all that is left."""
    reste = sum((ligne.quantite for ligne in billees), ZERO).quantize(MILLIEME)
    montant_ht = sum((ligne.quantite * ligne.prix_ht for ligne in billees), ZERO)
    prix_ht = (montant_ht / reste if reste else ZERO).quantize(DIX_MILLIEME)
    partagees = {}
    for recue in recues:
        prise = reste if recue is recues[-1] else min(reste, recue.quantite)
        partagees[recue.id] = (prise, prix_ht)
        reste -= prise
    return partagees


def _cle(texte: str) -> str:
    return normaliser_recherche(texte)
