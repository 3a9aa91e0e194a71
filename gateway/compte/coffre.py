"""The safe the gateway keeps secrets in that it must read again: second factors, secrets of webhooks. Pure computation."""

import base64
import hashlib

from cryptography.fernet import Fernet, MultiFernet

from shared.settings import Settings

CONTEXTE = b"amanela.gateway.totp.v1"  # what was encrypted under its first name stays readable


def chiffrer(settings: Settings, secret: str) -> str:
    """The form of a secret kept in the database."""
    return _coffre(settings).encrypt(secret.encode()).decode()


def ouvrir(settings: Settings, chiffre: str) -> str:
    """The secret in clear."""
    return _coffre(settings).decrypt(chiffre.encode()).decode()


def _coffre(settings: Settings) -> MultiFernet:
    """The first key encrypts, any decrypts: secrets separated by commas allow a change of key."""
    brut = settings.encryption_secret.get_secret_value() or settings.session_secret.get_secret_value()
    cles = [hashlib.blake2b(s.strip().encode(), key=CONTEXTE, digest_size=32).digest() for s in brut.split(",")]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(cle)) for cle in cles])
