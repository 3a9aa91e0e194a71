"""The kinds the product itself acts upon, and how a kind gets its code. Pure."""

import re
from collections.abc import Collection

from shared.kernel.text import sans_accents

# A prospect is converted, a client is invoiced, a supplier is ordered from: they always exist and are always offered.
FIXES = frozenset({"client", "prospect", "fournisseur"})
CODE_MAX = 36


def code(libelle: str) -> str:
    """ "Bureau d’études" as "bureau-d-etudes": the code a tiers keeps, whatever its label becomes."""
    return re.sub(r"[^a-z0-9]+", "-", sans_accents(libelle).lower()).strip("-")[:CODE_MAX]


def code_libre(libelle: str, pris: Collection[str]) -> str:
    """A code nobody has, numbered when another kind began by that name."""
    base = code(libelle) or "genre"
    return next(c for c in (base, *(f"{base}-{n}" for n in range(2, len(pris) + 3))) if c not in pris)
