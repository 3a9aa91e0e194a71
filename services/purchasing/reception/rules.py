"""Life of a reception, serial ranges, landed cost. Pure."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any, NamedTuple
from uuid import UUID

from stdnum import gs1_128

from services.purchasing.copies.rules import numero_serie
from services.purchasing.errors import PlageInvalide, ReceptionTransition
from shared.kernel.money import ZERO
from shared.kernel.nombre import ecrire_quantite

PLAGE_MAX = 1000
UN = Decimal(1)
UNITES_AU_PLUS = 2000  # objects inventory makes of one line
LONGUEURS_EAN = (8, 12, 13, 14)
QUATRE_DECIMALES = Decimal("0.0001")
FNC1 = "\x1d"
PREFIXE_AIM = re.compile(r"^\](?:C1|d2|Q3|e0)")  # what a scanner may say first: which symbology it read
# stdnum refuses with ValueError what it knows to be wrong, and stumbles with the others on the values it converts:
# 3710… is a barcode of the shops, and also 37 (a count) followed by 10 (a lot).
PAS_DU_GS1 = (ValueError, ArithmeticError, AttributeError)
AI_ECRIT = re.compile(r"\((\d{2,4})\)")
LIEN_GS1 = re.compile(r"(?<=/)01/\d{14}(?:/(?:10|21|22)/[^/?#\s]+)*")
PARTS_DU_LIEN = re.compile(r"(\d\d)/([^/?#\s]+)")
FIN_NUMERIQUE = re.compile(r"^(?P<debut>.*?)(?P<numero>\d+)$")


class EtatReception(StrEnum):
    """Life of a reception."""

    OUVERTE = "ouverte"
    VALIDEE = "validee"
    ABANDONNEE = "abandonnee"


LIBELLES = {
    EtatReception.OUVERTE: "ouverte",
    EtatReception.VALIDEE: "déjà validée",
    EtatReception.ABANDONNEE: "abandonnée",
}

TRANSITIONS = {EtatReception.OUVERTE: {EtatReception.VALIDEE, EtatReception.ABANDONNEE}}


def passer(actuel: EtatReception, vise: EtatReception, numero: str) -> EtatReception:
    """The new state, or a refusal."""
    if vise not in TRANSITIONS.get(actuel, set()):
        raise ReceptionTransition(numero=numero, actuel=LIBELLES[actuel], vise=LIBELLES[vise])
    return vise


class Apercu(NamedTuple):
    """What a code is compared with of a line, in the sequence of `reception.lignes`: objects of it cost ten times more."""

    id: UUID
    produit_id: UUID
    remplace_produit_id: UUID | None
    reference: str
    reference_fournisseur: str
    politique_serie: str
    attendue: Decimal
    quantite: Decimal

    @property
    def restante(self) -> Decimal:
        """What is still expected."""
        return max(ZERO, self.attendue - self.quantite)

    @property
    def voulus(self) -> tuple[UUID, ...]:
        """Its product, then the one it replaces."""
        return (self.produit_id,) if self.remplace_produit_id is None else (self.produit_id, self.remplace_produit_id)


@dataclass(frozen=True, slots=True)
class Recu:
    """A line counted: its product, then the one it replaces, as `voulus`; the natures of stock it may serve."""

    ligne_id: UUID
    voulus: tuple[UUID, ...]
    quantite: Decimal
    natures: frozenset[str] = frozenset({""})

    @property
    def produit_id(self) -> UUID:
        """The product that came."""
        return self.voulus[0]


@dataclass(frozen=True, slots=True)
class Attendant:
    """A need that waits, and its rank among the sheets."""

    rang: Any
    besoin_id: UUID
    produit_id: UUID
    manquant: Decimal
    nature: str = ""


@dataclass(slots=True)
class Partage:
    """Who gets what: the units of each need, and the need that got the last unit of each line (None for the stock)."""

    parts: dict[UUID, Decimal] = field(default_factory=dict)
    dernier: dict[UUID, UUID | None] = field(default_factory=dict)


def lies(voulus: Sequence[tuple[UUID, ...]], produit_ids: Iterable[UUID]) -> set[UUID]:
    """These products with those whose needs their units may serve, directly or through what a line replaces."""
    atteints, taille = set(produit_ids), 0
    while taille != len(atteints):
        taille = len(atteints)
        atteints |= {p for siens in voulus if atteints & set(siens) for p in siens}
    return atteints


def groupe(recus: Sequence[Recu], produit_id: UUID) -> list[Recu]:
    """The lines whose units may serve the same needs as those of a product, directly or through what they replace."""
    atteints = lies([recu.voulus for recu in recus], [produit_id])
    return [recu for recu in recus if recu.quantite > 0 and atteints & set(recu.voulus)]


def servir(recus: Sequence[Recu], attendants: Sequence[Attendant]) -> Partage:
    """Share what came as inventory will: line after line, sheet after sheet, the product itself before the replaced one."""
    partage = Partage()
    for recu in recus:
        reste, dernier = recu.quantite, None
        concernes = [a for a in attendants if a.produit_id in recu.voulus and a.nature in recu.natures]
        for attendant in sorted(concernes, key=lambda a: (a.rang, recu.voulus.index(a.produit_id), a.besoin_id)):
            deja = partage.parts.get(attendant.besoin_id, ZERO)
            part = min(attendant.manquant - deja, reste)
            if part > 0:
                partage.parts[attendant.besoin_id] = deja + part
                reste, dernier = reste - part, attendant.besoin_id
        partage.dernier[recu.ligne_id] = dernier if reste == 0 else None
    return partage


def cout_unitaire(valeur_ht: Decimal, frais_ht: Decimal, quantite: Decimal) -> Decimal:
    """Landed cost of one unit: price of the line and its share of fees, over the quantity, to 4 decimals."""
    return ((valeur_ht + frais_ht) / quantite).quantize(QUATRE_DECIMALES, ROUND_HALF_UP)


def code_lu(brut: str) -> str:
    """The code in what was read: a QR holds the whole address of a page, whose last part it is."""
    code = brut.strip()
    if re.match(r"https?://", code, re.IGNORECASE):
        code = code.partition("?")[0].rstrip("/").rpartition("/")[2]
    return code


@dataclass(frozen=True, slots=True)
class CodeGs1:
    """What a GS1 code says: its GTIN as barcodes of the shops write it, and what follows; `quantite` of a carton."""

    gtin: str
    serie: str | None = None
    lot: str | None = None
    quantite: Decimal | None = None


def lire_gs1(brut: str) -> CodeGs1 | None:
    """The GS1 code in what was read (GS1-128, DataMatrix, Digital Link); None when it is none, or its check digit is wrong.

    Scanners send the separator FNC1 as the control character GS, as parentheses, or not at all: without it, only the
    last part may be of any length (GS1 General Specifications, 7.8).
    """
    lien = LIEN_GS1.search(brut)
    code = "".join(f"({ai}){valeur}" for ai, valeur in PARTS_DU_LIEN.findall(lien[0])) if lien else brut.strip()
    code = AI_ECRIT.sub(rf"{FNC1}\1", PREFIXE_AIM.sub("", code)).strip(FNC1)
    try:
        lu = gs1_128.info(code, FNC1)
    except PAS_DU_GS1:
        return None
    gtin = str(lu.get("01") or lu.get("02") or "")
    if not gtin:
        return None
    combien = lu.get("30") or lu.get("37")
    return CodeGs1(
        gtin[1:] if gtin.startswith("0") else gtin,
        str(lu["21"]) if "21" in lu else None,
        str(lu["10"]) if "10" in lu else None,
        Decimal(combien) if combien else None,
    )


def est_un_ean(code: str) -> bool:
    """Whether a code is a barcode of the shops: its length and its check digit say so (GS1)."""
    chiffres = "".join(code.split())
    if not chiffres.isdecimal() or len(chiffres) not in LONGUEURS_EAN:
        return False
    somme = sum(int(c) * (3 if rang % 2 else 1) for rang, c in enumerate(reversed(chiffres)))
    return somme % 10 == 0


def plage(debut: str, fin: str) -> list[str]:
    """The serial numbers from `debut` to `fin` included: same prefix, same number of digits, growing."""
    depart, arrivee = FIN_NUMERIQUE.match(numero_serie(debut)), FIN_NUMERIQUE.match(numero_serie(fin))
    if depart is None or arrivee is None or depart["debut"] != arrivee["debut"]:
        raise PlageInvalide(debut=debut, fin=fin)
    largeur = len(depart["numero"])
    premier, dernier = int(depart["numero"]), int(arrivee["numero"])
    if largeur != len(arrivee["numero"]) or not premier <= dernier < premier + PLAGE_MAX:
        raise PlageInvalide(debut=debut, fin=fin)
    return [f"{depart['debut']}{numero:0{largeur}d}" for numero in range(premier, dernier + 1)]


def pluriel(quantite: Decimal, singulier: str, plusieurs: str) -> str:
    """« 1 attendu », « 3 attendus »."""
    return f"{ecrire_quantite(quantite)} {plusieurs if abs(quantite) >= 2 else singulier}"
