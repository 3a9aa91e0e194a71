"""Where bytes are kept. `Stockage` is the contract; `StockageLocal` keeps it in a folder of the machine."""

import asyncio
import hashlib
import os
import re
import tempfile
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

from shared.fichiers.errors import (
    ContenuTrompeur,
    FichierAltere,
    FichierIntrouvable,
    FichierTropGros,
    FichierVide,
    TypeRefuse,
)
from shared.fichiers.noms import nom_propre
from shared.fichiers.types import ACCEPTES, LIBELLES, OCTETS_LUS, reconnaitre, retenir

MEBI = 1024 * 1024
EMPREINTE = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class Fichier:
    """A stored file: sha256 in hexadecimal, size in bytes, recognised type, cleaned name."""

    sha256: str
    taille: int
    type: str
    nom: str


class Stockage(Protocol):
    """Keeps bytes under their sha256. Storing the same content twice gives the same file."""

    async def poser(self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "") -> Fichier:
        """Store `contenu`; FichierTropGros, FichierVide, TypeRefuse or ContenuTrompeur."""
        ...

    async def lire(self, sha256: str) -> bytes:
        """The bytes; FichierIntrouvable, or FichierAltere when they no longer match their hash."""
        ...

    async def existe(self, sha256: str) -> bool:
        """Whether the content is there."""
        ...


class StockageLocal:
    """Files in a folder, two levels deep by hash. Written beside, synced, then renamed: never half a file."""

    def __init__(
        self, dossier: Path, *, taille_maximale: int = 25 * MEBI, types_acceptes: frozenset[str] = ACCEPTES
    ) -> None:
        self._dossier, self._taille_maximale, self._types = dossier, taille_maximale, types_acceptes

    async def poser(self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "") -> Fichier:
        """Store `contenu`, bytes or a stream read piece by piece."""
        nom = nom_propre(nom)
        with await asyncio.to_thread(self._brouillon) as brouillon:
            chemin = Path(brouillon.name)
            try:
                return await self._recevoir(contenu, nom, type, brouillon, chemin)
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

    async def existe(self, sha256: str) -> bool:
        """Whether the file is there."""
        return await asyncio.to_thread(self._chemin(sha256).is_file)

    async def _recevoir(
        self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str, brouillon: IO[bytes], chemin: Path
    ) -> Fichier:
        empreinte, taille, debut = hashlib.sha256(), 0, b""
        async for morceau in _morceaux(contenu):
            taille += len(morceau)
            if taille > self._taille_maximale:
                raise FichierTropGros(nom=nom, limite=f"{self._taille_maximale / MEBI:g} Mo")
            debut = debut if len(debut) >= OCTETS_LUS else (debut + morceau)[:OCTETS_LUS]
            empreinte.update(morceau)
            await asyncio.to_thread(brouillon.write, morceau)
        if not taille:
            raise FichierVide(nom=nom)
        fichier = Fichier(empreinte.hexdigest(), taille, self._type(debut, nom, type), nom)
        await asyncio.to_thread(self._publier, brouillon, chemin, self._chemin(fichier.sha256))
        return fichier

    def _type(self, debut: bytes, nom: str, declare: str) -> str:
        reconnu = reconnaitre(debut)
        retenu = retenir(declare, reconnu)
        if retenu is None:
            raise ContenuTrompeur(nom=nom, declare=LIBELLES.get(declare, declare))
        if retenu not in self._types:
            raise TypeRefuse(nom=nom, types=", ".join(sorted(LIBELLES.get(t, t) for t in self._types)))
        return retenu

    def _chemin(self, sha256: str) -> Path:
        if not EMPREINTE.fullmatch(sha256):
            raise FichierIntrouvable()
        return self._dossier / sha256[:2] / sha256[2:4] / sha256

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


async def _morceaux(contenu: bytes | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(contenu, bytes):
        yield contenu
        return
    async for morceau in contenu:
        yield morceau
