"""The safe of secret configuration values, and what an object takes over from its twin. Pure; the key comes from settings."""

import base64
import hashlib
from collections.abc import Iterable

from cryptography.fernet import Fernet, InvalidToken, MultiFernet

from services.inventory.errors import SecretAbsent
from services.inventory.type_produit.rules import Champ
from shared.settings import Settings

CONTEXTE = b"amanela.inventory.configuration.v1"


class Coffre:
    """Encrypts with the first secret, decrypts with any: secrets separated by commas allow a change of key."""

    def __init__(self, secrets: str) -> None:
        cles = [hashlib.blake2b(s.strip().encode(), key=CONTEXTE, digest_size=32).digest() for s in secrets.split(",")]
        self._fernet = MultiFernet([Fernet(base64.urlsafe_b64encode(cle)) for cle in cles])

    def chiffrer(self, clair: str) -> str:
        """The encrypted form kept in the database."""
        return self._fernet.encrypt(clair.encode()).decode()

    def ouvrir(self, chiffre: str) -> str:
        """The value in clear; SecretAbsent when no key of ours opens it."""
        try:
            return self._fernet.decrypt(chiffre.encode()).decode()
        except InvalidToken as error:
            raise SecretAbsent from error


def coffre_des_reglages(settings: Settings) -> Coffre:
    """The safe of an installation."""
    return Coffre(settings.encryption_secret.get_secret_value() or settings.session_secret.get_secret_value())


def a_reprendre(formulaire: Iterable[Champ], remplis: Iterable[str], chez_le_jumeau: Iterable[str]) -> list[str]:
    """The keys of what an object still lacks, that its twin holds and that twins share; nothing filled is replaced."""
    deja, la = set(remplis), set(chez_le_jumeau)
    return [champ.cle for champ in formulaire if champ.se_recopie and champ.cle in la - deja]
