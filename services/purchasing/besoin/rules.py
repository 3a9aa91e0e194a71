"""What remains to buy, and who is served first. Pure, insensitive to the order of its inputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from types import MappingProxyType
from uuid import UUID, uuid5

RIEN = Decimal(0)
SANS_STOCK: Mapping[str, Decimal] = MappingProxyType({})
Rang = tuple[int, date, datetime, UUID]


@dataclass(frozen=True, slots=True)
class Manque:
    """What one sheet misses of one product, and its place among those who want it.

    `nature`: the nature of stock that serves it, and no other.
    """

    besoin_id: UUID
    rang: Rang
    manquant: Decimal
    nature: str = ""


@dataclass(frozen=True, slots=True)
class Couverture:
    """How a need is met: manquant = stock + en_commande + net, none of them negative; net is what remains to buy."""

    stock: Decimal
    en_commande: Decimal
    net: Decimal


def rang_de_service(priorite: int, livraison_souhaitee: date | None, signee_le: datetime, feuille_id: UUID) -> Rang:
    """Who is served first, as inventory will do: priority (0 is the highest), earliest wished delivery, oldest signature.

    Source: zoom-affaire, "Définition". Whoever wishes no date comes after those who do.
    """
    return priorite, livraison_souhaitee or date.max, signee_le, feuille_id


def identifiant(feuille_id: UUID, produit_id: UUID) -> UUID:
    """The id of a besoin follows from what it is about: a rebuilt projection gives the same one."""
    return uuid5(feuille_id, str(produit_id))


def couvrir(
    manques: Sequence[Manque],
    parts: Mapping[UUID, Decimal],
    libre: Decimal = RIEN,
    stocks: Mapping[str, Decimal] = SANS_STOCK,
) -> dict[UUID, Couverture]:
    """How each need of one product is met; the nets sum to what the whole company still has to buy.

    net = required - there and reserved - available stock - on order (zoom-affaire, "CBA"), never negative.
    `parts`: quantities ordered for each besoin and not received yet; `libre`: ordered for nobody; `stocks`: available,
    reserved by nobody, nature by nature. A need is first met by its own part; then the stock, what exceeds the parts and what is free go
    by priority, as inventory will do.
    """
    propres = {m.besoin_id: min(m.manquant, parts.get(m.besoin_id, RIEN)) for m in manques}
    reste = libre + sum(parts.values(), RIEN) - sum(propres.values(), RIEN)
    resultat, dispo = {}, dict(stocks)
    for manque in sorted(manques, key=lambda m: (m.rang, m.besoin_id)):
        propre = propres[manque.besoin_id]
        pris = min(manque.manquant - propre, dispo.get(manque.nature, RIEN))
        complement = min(manque.manquant - propre - pris, reste)
        dispo[manque.nature], reste = dispo.get(manque.nature, RIEN) - pris, reste - complement
        net = manque.manquant - propre - pris - complement
        resultat[manque.besoin_id] = Couverture(pris, propre + complement, net)
    return resultat


def decouper(parts: Sequence[Decimal], total: Decimal) -> list[Decimal]:
    """`total` spread over `parts` in their order, none receiving more than itself; the excess is dropped."""
    servies = []
    for part in parts:
        servie = max(RIEN, min(part, total))
        servies.append(servie)
        total -= servie
    return servies


def somme(quantites: Iterable[Decimal]) -> Decimal:
    """Sum of quantities."""
    return sum(quantites, RIEN)
