"""What limits a person. Pure."""

from collections.abc import Iterable, Mapping
from decimal import Decimal


def limite(seuils: Mapping[str, Decimal], roles: Iterable[str] | None) -> Decimal | None:
    """The largest order of somebody of these roles, None without limit.

    Several limited roles: the most generous counts. Roles not known yet (None): the strictest of the company, so that
    a fact that is late never opens a door.
    """
    if roles is None:
        return min(seuils.values(), default=None)
    return max((seuils[role] for role in roles if role in seuils), default=None)


def depasse(total_ht: Decimal, limite_ht: Decimal | None) -> bool:
    """Whether an order needs an approval; the limit itself is allowed."""
    return limite_ht is not None and total_ht > limite_ht
