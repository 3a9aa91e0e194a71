"""A real IMAP server, dovecot, on a free port with one mailbox; messages are delivered by APPEND, as any client does."""

import imaplib
import os
import pwd
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from shared.testing.rabbit import free_port

MOT_DE_PASSE = "boite-d-essai"
PRET_EN = 30.0
CONFIGURATION = """
protocols = imap
base_dir = {dossier}/run
state_dir = {dossier}/etat
log_path = {dossier}/journal
ssl = no
disable_plaintext_auth = no
listen = 127.0.0.1
mail_location = maildir:{dossier}/courrier/%u
default_internal_user = {interne}
default_login_user = {connexion}
default_internal_group = {groupe}
first_valid_uid = 1
passdb {{
  driver = static
  args = password={mot_de_passe}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={dossier}/courrier
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = 0
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """Where it listens, and whose mailbox this is: any name has one, empty at first."""

    port: int
    utilisateur: str = "personne"

    def deposer(self, message: bytes) -> None:
        """A message arrives."""
        with self.ouverte() as boite:
            assert boite.append("INBOX", "", None, message)[0] == "OK"

    def compter(self, recherche: str) -> int:
        """How many messages answer an IMAP search."""
        with self.ouverte() as boite:
            boite.select("INBOX", readonly=True)
            return len(boite.uid("SEARCH", recherche)[1][0].split())

    @contextmanager
    def ouverte(self) -> Iterator[imaplib.IMAP4]:
        """A connection of somebody else than us."""
        boite = imaplib.IMAP4("127.0.0.1", self.port, timeout=20)
        boite.login(self.utilisateur, MOT_DE_PASSE)
        try:
            yield boite
        finally:
            boite.logout()


def programme() -> str | None:
    """Where dovecot is, or None."""
    return shutil.which("dovecot") or next(iter(map(str, Path("/usr/sbin").glob("dovecot"))), None)


@contextmanager
def servir(dossier: Path) -> Iterator[Dovecot]:
    """The server, stopped and forgotten at the end."""
    port, racine = free_port(), os.getuid() == 0
    moi = pwd.getpwnam("nobody") if racine else pwd.getpwuid(os.getuid())
    interne, connexion = ("dovecot", "dovenull") if racine else (moi.pw_name, moi.pw_name)
    groupe = subprocess.run(["id", "-gn", interne], capture_output=True, text=True, check=True).stdout.strip()
    (dossier / "courrier").mkdir()
    dossier.chmod(0o755)
    shutil.chown(dossier / "courrier", moi.pw_uid, moi.pw_gid)
    configuration = dossier / "dovecot.conf"
    configuration.write_text(
        CONFIGURATION.format(
            dossier=dossier,
            interne=interne,
            connexion=connexion,
            groupe=groupe,
            mot_de_passe=MOT_DE_PASSE,
            uid=moi.pw_uid,
            gid=moi.pw_gid,
            port=port,
        )
    )
    chemin = programme()
    assert chemin is not None
    processus = subprocess.Popen(
        [chemin, "-F", "-c", str(configuration)], stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    serveur = Dovecot(port)
    try:
        _attendre(serveur, processus, dossier / "journal")
        yield serveur
    finally:
        processus.terminate()
        processus.wait(20)


def _attendre(serveur: Dovecot, processus: subprocess.Popen[bytes], journal: Path) -> None:
    fin = time.monotonic() + PRET_EN
    while True:
        try:
            with serveur.ouverte():
                return
        except (OSError, imaplib.IMAP4.error) as erreur:
            if processus.poll() is not None or time.monotonic() > fin:
                dit = journal.read_text() if journal.exists() else ""
                raise RuntimeError(f"dovecot did not start: {erreur}\n{dit}") from erreur
            time.sleep(0.05)
