"""What remains to buy, and who is served first. Pure, insensitive to the order of its inputs."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from uuid import UUID, uuid5

RIEN = Decimal(0)
Rang = tuple[int, date, datetime, UUID]


@dataclass(frozen=True, slots=True)
class Manque:
    """What one sheet misses of one product, and its place among those who want it."""

    besoin_id: UUID
    rang: Rang
    manquant: Decimal


@dataclass(frozen=True, slots=True)
class Couverture:
    """How much of a need is on order, and what remains to buy: manquant = en_commande + net, never negative."""

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


def couvrir(manques: Sequence[Manque], parts: Mapping[UUID, Decimal], libre: Decimal = RIEN) -> dict[UUID, Couverture]:
    """What is on order for each need of one product.

    `parts`: quantities ordered for each besoin and not received yet; `libre`: ordered for nobody. A need is first
    covered by its own part; what exceeds it, and what is free, goes to the others by priority, as inventory will do.
    So the sum of the nets is what the whole company still has to buy.
    """
    propres = {m.besoin_id: min(m.manquant, parts.get(m.besoin_id, RIEN)) for m in manques}
    reste = libre + sum(parts.values(), RIEN) - sum(propres.values(), RIEN)
    resultat = {}
    for manque in sorted(manques, key=lambda m: m.rang):
        propre = propres[manque.besoin_id]
        complement = min(manque.manquant - propre, reste)
        reste -= complement
        couvert = propre + complement
        resultat[manque.besoin_id] = Couverture(couvert, manque.manquant - couvert)
    return resultat


def besoin_net(requis: Decimal, servi: Decimal, stock: Decimal, en_commande: Decimal) -> Decimal:
    """What an affaire still has to find of an article: required - (there and reserved) - stock - on order.

    Source: zoom-affaire, "CBA". Never negative.
    """
    return max(RIEN, requis - servi - stock - en_commande)


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
