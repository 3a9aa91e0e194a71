"""Codes of natures. Pure."""

import re

from shared.kernel.text import sans_accents

# The nature every company starts with: whatever the main one is, its row of stock is the one that everybody locks first.
SOCLE = "neuf"
# Where what comes back from a client waits to be looked at; a company may rename it, never remove it.
DOUTEUSE = "quarantaine"
CODE_MAX = 40


def code(libelle: str) -> str:
    """The code a nature keeps for ever, made of the name it was given first; empty when it has no letter."""
    return re.sub(r"[^a-z0-9]+", "_", sans_accents(libelle).lower()).strip("_")[:CODE_MAX].rstrip("_")
