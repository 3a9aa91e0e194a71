"""Reading a mailbox over IMAP: what was not taken yet, then marked as taken once it is kept.

A message is marked with a keyword of ours, so that somebody who reads the mailbox by hand changes nothing; a server that accepts
no keyword gets `\\Seen`. Each call opens its own connection, in a thread: imaplib waits.
"""

import asyncio
import imaplib
import re
import ssl
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass

from shared.courriel.errors import BoiteInaccessible
from shared.courriel.expediteur import Tls

MARQUE = "$AmanelaPris"
LU = r"\Seen"
TAILLE = re.compile(rb"RFC822\.SIZE (\d+)")


@dataclass(frozen=True, slots=True, kw_only=True)
class ReglagesImap:
    """Which mailbox, and how many messages of which size at a time."""

    hote: str
    port: int
    tls: Tls
    utilisateur: str
    mot_de_passe: str
    dossier: str = "INBOX"
    delai: float = 20
    au_plus: int = 20
    taille_max: int = 30 * 1024 * 1024


@dataclass(frozen=True, slots=True)
class Message:
    """A message of the mailbox: its place there, its bytes (its headers alone when it is too big)."""

    uid: int
    contenu: bytes
    est_entier: bool = True


class Boite:
    """A distant mailbox. Raises BoiteInaccessible when it does not answer or refuses the password."""

    def __init__(self, reglages: ReglagesImap) -> None:
        self._reglages = reglages

    async def lire(self) -> list[Message]:
        """The oldest messages not taken yet."""
        return await asyncio.to_thread(self._lire)

    async def marquer(self, uids: Sequence[int]) -> None:
        """These are kept: they will not be read again."""
        if uids:
            await asyncio.to_thread(self._marquer, uids)

    def _lire(self) -> list[Message]:
        with self._ouverte() as (boite, marque):
            cherche = "UNSEEN" if marque == LU else f"UNKEYWORD {marque}"
            _, trouves = boite.uid("SEARCH", cherche)
            uids = [int(uid) for uid in (trouves[0] or b"").split()][: self._reglages.au_plus]
            return [message for uid in uids if (message := self._un(boite, uid)) is not None]

    def _un(self, boite: imaplib.IMAP4, uid: int) -> Message | None:
        _, reponse = boite.uid("FETCH", str(uid), "(RFC822.SIZE)")
        taille = TAILLE.search(b"".join(r for r in reponse if isinstance(r, bytes)))
        entier = taille is not None and int(taille[1]) <= self._reglages.taille_max
        _, reponse = boite.uid("FETCH", str(uid), "(BODY.PEEK[])" if entier else "(BODY.PEEK[HEADER])")
        contenus = [r[1] for r in reponse if isinstance(r, tuple)]
        return Message(uid, contenus[0], entier) if contenus else None  # nothing: somebody deleted it meanwhile

    def _marquer(self, uids: Sequence[int]) -> None:
        with self._ouverte() as (boite, marque):
            boite.uid("STORE", ",".join(map(str, uids)), "+FLAGS.SILENT", f"({marque})")

    @contextmanager
    def _ouverte(self) -> Iterator[tuple[imaplib.IMAP4, str]]:
        try:
            boite = self._connecter()
            try:
                boite.login(self._reglages.utilisateur, self._reglages.mot_de_passe)
                statut, details = boite.select(f'"{self._reglages.dossier}"')
                if statut != "OK":
                    raise BoiteInaccessible(raison=_clair(details))
                _, permis = boite.response("PERMANENTFLAGS")
                accepte = any(b"\\*" in p or MARQUE.encode() in p for p in permis or () if isinstance(p, bytes))
                yield boite, MARQUE if accepte else LU
            finally:
                boite.shutdown() if boite.state == "LOGOUT" else boite.logout()
        except (OSError, imaplib.IMAP4.error) as erreur:
            raise BoiteInaccessible(raison=str(erreur) or type(erreur).__name__) from erreur

    def _connecter(self) -> imaplib.IMAP4:
        r = self._reglages
        if r.tls is Tls.DIRECT:
            return imaplib.IMAP4_SSL(r.hote, r.port, ssl_context=ssl.create_default_context(), timeout=r.delai)
        boite = imaplib.IMAP4(r.hote, r.port, timeout=r.delai)
        if r.tls is Tls.STARTTLS:
            boite.starttls(ssl.create_default_context())
        return boite


def _clair(details: Sequence[object]) -> str:
    return " ".join(d.decode(errors="replace") if isinstance(d, bytes) else str(d) for d in details)
