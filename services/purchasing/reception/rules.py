"""Life of a reception, serial ranges, landed cost. Pure."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from decimal import ROUND_HALF_UP, Decimal
from enum import StrEnum
from typing import Any
from uuid import UUID

from services.purchasing.copies.rules import numero_serie
from services.purchasing.errors import PlageInvalide, ReceptionTransition
from shared.kernel.money import ZERO
from shared.kernel.nombre import ecrire_quantite

PLAGE_MAX = 1000
UN = Decimal(1)
UNITES_AU_PLUS = 2000  # objects inventory makes of one line
LONGUEURS_EAN = (8, 12, 13, 14)
QUATRE_DECIMALES = Decimal("0.0001")
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


@dataclass(frozen=True, slots=True)
class Recu:
    """A line counted: its product, then the one it replaces, as `voulus`."""

    ligne_id: UUID
    voulus: tuple[UUID, ...]
    quantite: Decimal

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


@dataclass(slots=True)
class Partage:
    """Who gets what: the units of each need, and the need that got the last unit of each line (None for the stock)."""

    parts: dict[UUID, Decimal] = field(default_factory=dict)
    dernier: dict[UUID, UUID | None] = field(default_factory=dict)


def groupe(recus: Sequence[Recu], produit_id: UUID) -> list[Recu]:
    """The lines whose units may serve the same needs as those of a product, directly or through what they replace."""
    atteints, taille = {produit_id}, 0
    while taille != len(atteints):
        taille = len(atteints)
        atteints |= {p for recu in recus if atteints & set(recu.voulus) for p in recu.voulus}
    return [recu for recu in recus if recu.quantite > 0 and atteints & set(recu.voulus)]


def servir(recus: Sequence[Recu], attendants: Sequence[Attendant]) -> Partage:
    """Share what came as inventory will: line after line, sheet after sheet, the product itself before the replaced one."""
    partage = Partage()
    for recu in recus:
        reste, dernier = recu.quantite, None
        concernes = [a for a in attendants if a.produit_id in recu.voulus]
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
