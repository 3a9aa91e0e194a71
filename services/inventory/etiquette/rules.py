"""What a label code looks like. Pure."""

import secrets

ALPHABET = "23456789ABCDEFGHJKMNPQRSTUVWXYZ"  # no 0, 1, I, L, O: they are read for one another
LONGUEUR = 10


def nouveau_code() -> str:
    """An opaque code: 31^10 of them, so that nobody finds a neighbour's object by guessing."""
    return "".join(secrets.choice(ALPHABET) for _ in range(LONGUEUR))


def adresse(public_url: str, code: str) -> str:
    """What the QR encodes: an address the phone's own camera opens."""
    return f"{public_url.rstrip('/')}/e/{code}"


def lisible(code: str) -> str:
    """The code as printed, in two groups that people read aloud."""
    return f"{code[:5]} {code[5:]}"
