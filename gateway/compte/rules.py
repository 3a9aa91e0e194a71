"""Passwords and secrets: how they are made, kept and compared."""

import hashlib
import hmac
import secrets
from datetime import datetime, timedelta
from functools import lru_cache
from uuid import UUID

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

SIGNES = "abcdefghjkmnpqrstuvwxyz23456789"


@lru_cache(maxsize=1)
def _hasher() -> PasswordHasher:
    return PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)  # OWASP 2025 minimum for argon2id


@lru_cache(maxsize=1)
def _leurre() -> str:
    """Verified when the login is unknown, so that both refusals take the same time."""
    return hacher("personne ne porte ce mot de passe")


def hacher(mot_de_passe: str) -> str:
    """The argon2id hash to keep."""
    return _hasher().hash(mot_de_passe)


def verifier(hache: str | None, mot_de_passe: str) -> bool:
    """Whether the password is the one of the hash; False, as slowly, when there is no hash."""
    try:
        return _hasher().verify(hache or _leurre(), mot_de_passe) and hache is not None
    except (VerificationError, InvalidHashError):
        return False


def nouveau_secret() -> str:
    """An unguessable value for a cookie, a token or a link."""
    return secrets.token_urlsafe(32)


def mot_de_passe_provisoire() -> str:
    """A password to say on the phone: three groups of four signs that nobody takes for others, some 57 bits."""
    return "-".join("".join(secrets.choice(SIGNES) for _ in range(4)) for _ in range(3))


def empreinte(secret: str) -> str:
    """What is kept of a secret."""
    return hashlib.sha256(secret.encode()).hexdigest()


def csrf(cle: str, empreinte_session: str) -> str:
    """The anti-forgery value of a session: the same on all its pages."""
    return hmac.new(cle.encode(), empreinte_session.encode(), "sha256").hexdigest()[:32]


DUREE_BILLET = timedelta(minutes=5)


def billet(cle: str, compte_id: UUID, maintenant: datetime) -> str:
    """What proves, for five minutes, that the password was right: the code is asked next."""
    contenu = f"{compte_id}.{int((maintenant + DUREE_BILLET).timestamp())}"
    return f"{contenu}.{_signature(cle, contenu)}"


def lire_billet(cle: str, billet_: str, maintenant: datetime) -> UUID | None:
    """The account a ticket speaks for, or None when it is forged or too old."""
    contenu, _, signature = billet_.rpartition(".")
    compte_id, _, fin = contenu.partition(".")
    if not hmac.compare_digest(signature.encode(), _signature(cle, contenu).encode()):
        return None
    return UUID(compte_id) if int(fin) > maintenant.timestamp() else None


def _signature(cle: str, contenu: str) -> str:
    return hmac.new(cle.encode(), b"billet:" + contenu.encode(), "sha256").hexdigest()
