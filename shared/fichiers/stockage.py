"""Where bytes are kept. `Stockage` is the contract; `StockageLocal` keeps it in a folder of the machine, `StockageS3` elsewhere."""

import asyncio
import hashlib
import os
import re
import shutil
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from pathlib import Path
from typing import IO, Protocol

from shared.fichiers.errors import FichierAltere, FichierIntrouvable
from shared.fichiers.noms import nom_propre
from shared.fichiers.reception import MEBI, Fichier, recevoir
from shared.fichiers.types import ACCEPTES

TAILLE_MAXIMALE = 25 * MEBI
EMPREINTE = re.compile(r"[0-9a-f]{64}")


class Stockage(Protocol):
    """Keeps bytes under their sha256. Storing the same content twice gives the same file."""

    async def poser(
        self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "", *, maximum: int | None = None
    ) -> Fichier:
        """Store `contenu`, of `maximum` bytes when the usual limit does not suit.

        FichierTropGros, FichierVide, TypeRefuse or ContenuTrompeur.
        """
        ...

    async def lire(self, sha256: str) -> bytes:
        """The bytes; FichierIntrouvable, or FichierAltere when they no longer match their hash."""
        ...

    async def ouvrir(self, sha256: str) -> IO[bytes]:
        """The file to read piece by piece, already checked against its hash; whoever asks closes it. Raises as `lire`."""
        ...

    async def existe(self, sha256: str) -> bool:
        """Whether the content is there."""
        ...

    async def remettre(self, sha256: str, contenu: IO[bytes]) -> None:
        """Put back what a backup kept, whatever its type or size; FichierAltere when its hash is not the one told."""
        ...

    async def effacer(self, sha256: str) -> None:
        """Keep that content no more; whoever asks has made sure that nothing names it. Nothing happens when it is not there."""
        ...

    def lister(self) -> AsyncIterator[str]:
        """The hash of every content kept, in no order."""
        ...


def rang(sha256: str) -> str:
    """Where a content is filed, two levels deep; FichierIntrouvable when that is no hash."""
    if not EMPREINTE.fullmatch(sha256):
        raise FichierIntrouvable()
    return f"{sha256[:2]}/{sha256[2:4]}/{sha256}"


def empreinte(fichier: IO[bytes]) -> str:
    """The sha256 of a file, read from its beginning and left there."""
    fichier.seek(0)
    somme = hashlib.sha256()
    while morceau := fichier.read(MEBI):
        somme.update(morceau)
    fichier.seek(0)
    return somme.hexdigest()


class StockageLocal:
    """Files in a folder, two levels deep by hash. Written beside, synced, then renamed: never half a file."""

    def __init__(
        self, dossier: Path, *, taille_maximale: int = TAILLE_MAXIMALE, types_acceptes: frozenset[str] = ACCEPTES
    ) -> None:
        self._dossier, self._taille_maximale, self._types = dossier, taille_maximale, types_acceptes

    async def poser(
        self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "", *, maximum: int | None = None
    ) -> Fichier:
        """Store `contenu`, bytes or a stream read piece by piece."""
        nom, limite = nom_propre(nom), maximum or self._taille_maximale
        with await asyncio.to_thread(self._brouillon) as brouillon:
            chemin = Path(brouillon.name)
            try:
                fichier = await recevoir(contenu, nom, type, brouillon, limite, self._types)
                await asyncio.to_thread(self._publier, brouillon, chemin, self._chemin(fichier.sha256))
                return fichier
            finally:
                await asyncio.to_thread(chemin.unlink, missing_ok=True)

    async def lire(self, sha256: str) -> bytes:
        """The bytes of a file, checked against its hash."""
        try:
            contenu = await asyncio.to_thread(self._chemin(sha256).read_bytes)
        except FileNotFoundError:
            raise FichierIntrouvable() from None
        if hashlib.sha256(contenu).hexdigest() != sha256:
            raise FichierAltere()
        return contenu

    async def ouvrir(self, sha256: str) -> IO[bytes]:
        """The file, checked against its hash, at its beginning."""
        try:
            fichier = await asyncio.to_thread(self._chemin(sha256).open, "rb")
        except FileNotFoundError:
            raise FichierIntrouvable() from None
        if await asyncio.to_thread(empreinte, fichier) != sha256:
            fichier.close()
            raise FichierAltere()
        return fichier

    async def existe(self, sha256: str) -> bool:
        """Whether the file is there."""
        return await asyncio.to_thread(self._chemin(sha256).is_file)

    async def remettre(self, sha256: str, contenu: IO[bytes]) -> None:
        """Copy `contenu` under its hash, once it is sure that it is the same."""
        with await asyncio.to_thread(self._brouillon) as brouillon:
            chemin = Path(brouillon.name)
            try:
                await asyncio.to_thread(shutil.copyfileobj, contenu, brouillon, MEBI)
                if await asyncio.to_thread(empreinte, brouillon) != sha256:
                    raise FichierAltere()
                await asyncio.to_thread(self._publier, brouillon, chemin, self._chemin(sha256))
            finally:
                await asyncio.to_thread(chemin.unlink, missing_ok=True)

    async def effacer(self, sha256: str) -> None:
        """Remove the file."""
        await asyncio.to_thread(self._chemin(sha256).unlink, missing_ok=True)

    async def lister(self) -> AsyncIterator[str]:
        """The names of the files; those being written are in a folder of their own."""
        for chemin in await asyncio.to_thread(sorted, self._dossier.glob("??/??/*")):
            yield chemin.name

    def _chemin(self, sha256: str) -> Path:
        return self._dossier / rang(sha256)

    def _brouillon(self) -> IO[bytes]:
        attente = self._dossier / "en_cours"
        attente.mkdir(parents=True, exist_ok=True)
        return tempfile.NamedTemporaryFile(dir=attente, delete=False)

    @staticmethod
    def _publier(brouillon: IO[bytes], chemin: Path, definitif: Path) -> None:
        """Make the file durable, then visible in one step."""
        brouillon.flush()
        os.fsync(brouillon.fileno())
        definitif.parent.mkdir(parents=True, exist_ok=True)
        chemin.chmod(0o440)
        chemin.replace(definitif)
        dossier = os.open(definitif.parent, os.O_RDONLY)
        try:
            os.fsync(dossier)
        finally:
            os.close(dossier)
