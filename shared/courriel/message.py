"""A mail as the services write it, checked before it can reach a server."""

import re
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import EmailPolicy
from email.utils import format_datetime, formataddr, getaddresses
from typing import Any
from uuid import UUID, uuid5

from shared.courriel.errors import AdresseInvalide, EnteteInterdit, PiecesTropLourdes, SansDestinataire
from shared.fichiers.noms import nom_propre

POIDS_MAXIMAL = 15 * 1024 * 1024
ADRESSE = re.compile(
    r"[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.)+[A-Za-z][A-Za-z0-9-]{0,61}[A-Za-z0-9]"
)
ESPACE_MESSAGES = UUID("8f0b1c7e-5d0a-4f3a-9a53-3f6f2d8b7c11")
ADRESSES = ("from", "to", "cc", "reply-to")


class _Pliage(EmailPolicy):
    """Headers as they travel. That of the standard library (3.11) may lose the space between two accented words: an
    object « caméras dôme » arrived as « camérasdôme », and a name likewise.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        """One header; those that are ASCII, or structured, as the library folds them."""
        if str(value).isascii():
            return super().fold_binary(name, value)
        if name.lower() == "subject":
            ecrit = Header(str(value), "utf-8", header_name=name).encode(linesep=self.linesep)
        elif name.lower() in ADRESSES:
            ecrit = f",{self.linesep} ".join(formataddr((a.display_name, a.addr_spec)) for a in value.addresses)
        else:
            return super().fold_binary(name, value)
        return f"{name}: {ecrit}{self.linesep}".encode("ascii")


SMTP = _Pliage(linesep="\r\n")


@dataclass(frozen=True, slots=True)
class Piece:
    """An attached file."""

    nom: str
    contenu: bytes
    type: str = "application/pdf"


@dataclass(frozen=True, slots=True, kw_only=True)
class Courriel:
    """A message. Addresses are bare (`a@b.fr`) or named (`Zoé <a@b.fr>`); `message_id` comes from `message_id()`."""

    de: str
    a: tuple[str, ...]
    sujet: str
    texte: str
    message_id: str
    html: str = ""
    pieces: tuple[Piece, ...] = ()
    copie: tuple[str, ...] = ()
    repondre_a: str = ""
    le: datetime | None = None

    def __post_init__(self) -> None:
        """AdresseInvalide, EnteteInterdit, SansDestinataire or PiecesTropLourdes."""
        if not self.a:
            raise SansDestinataire()
        _une_ligne("sujet", self.sujet)
        _une_ligne("identifiant", self.message_id)
        for ecrite in (self.de, *self.a, *self.copie, *([self.repondre_a] if self.repondre_a else [])):
            adresse_nue(ecrite)
        if sum(len(piece.contenu) for piece in self.pieces) > POIDS_MAXIMAL:
            raise PiecesTropLourdes(limite="15 Mo")

    @property
    def destinataires(self) -> tuple[str, ...]:
        """The bare addresses of everyone who receives it, once each."""
        return tuple(dict.fromkeys(adresse_nue(ecrite) for ecrite in (*self.a, *self.copie)))

    def en_mime(self) -> EmailMessage:
        """The message as it travels: text, HTML if any, attachments."""
        message = EmailMessage(policy=SMTP)
        message["From"] = _entete(self.de)
        message["To"] = ", ".join(map(_entete, self.a))
        if self.copie:
            message["Cc"] = ", ".join(map(_entete, self.copie))
        if self.repondre_a:
            message["Reply-To"] = _entete(self.repondre_a)
        message["Subject"] = self.sujet
        message["Message-ID"] = self.message_id
        if self.le is not None:
            message["Date"] = format_datetime(self.le)
        message.set_content(self.texte)
        if self.html:
            message.add_alternative(self.html, subtype="html")
        for piece in self.pieces:
            genre, _, sous_genre = piece.type.partition("/")
            message.add_attachment(piece.contenu, maintype=genre, subtype=sous_genre, filename=nom_propre(piece.nom))
        return message


def message_id(cause: UUID, domaine: str, destinataire: str = "") -> str:
    """The Message-ID of what `cause` (a fact, a document) makes us send: the same at each attempt."""
    return f"<{courriel_id(cause, destinataire)}@{domaine}>"


def courriel_id(cause: UUID, destinataire: str = "") -> UUID:
    """What its Message-ID begins with: the name under which a mail server sends it back."""
    return uuid5(ESPACE_MESSAGES, f"{cause}:{destinataire.lower()}")


def adresse_nue(ecrite: str) -> str:
    """The address inside `ecrite`, its domain in ASCII; AdresseInvalide or EnteteInterdit."""
    return _partager(ecrite)[1]


def _partager(ecrite: str) -> tuple[str, str]:
    _une_ligne("adresse", ecrite)
    lues = getaddresses([ecrite])
    if len(lues) != 1 or lues[0][1] not in ecrite:
        raise AdresseInvalide(adresse=ecrite)
    nom, adresse = lues[0]
    local, arobase, domaine = adresse.rpartition("@")
    try:
        ascii_ = f"{local}{arobase}{domaine.encode('idna').decode().lower()}"
    except UnicodeError:
        raise AdresseInvalide(adresse=ecrite) from None
    if not ADRESSE.fullmatch(ascii_) or ".." in ascii_ or local.startswith(".") or local.endswith("."):
        raise AdresseInvalide(adresse=ecrite)
    return nom, ascii_


def _entete(ecrite: str) -> str:
    return formataddr(_partager(ecrite))


def _une_ligne(champ: str, valeur: str) -> None:
    """Header injection starts with a line break."""
    if any(unicodedata.category(c) in ("Cc", "Zl", "Zp") for c in valeur):
        raise EnteteInterdit(champ=champ)
