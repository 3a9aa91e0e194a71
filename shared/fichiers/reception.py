"""Bytes that arrive: weighed, hashed and recognised piece by piece, wherever they will be kept."""

import asyncio
import hashlib
from collections.abc import AsyncIterable, AsyncIterator
from dataclasses import dataclass
from typing import IO

from shared.fichiers.errors import ContenuTrompeur, FichierTropGros, FichierVide, TypeRefuse
from shared.fichiers.noms import est_executable
from shared.fichiers.types import LIBELLES, OCTETS_LUS, nommer, reconnaitre, retenir

MEBI = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Fichier:
    """A stored file: sha256 in hexadecimal, size in bytes, recognised type, cleaned name."""

    sha256: str
    taille: int
    type: str
    nom: str


async def recevoir(
    contenu: bytes | AsyncIterable[bytes],
    nom: str,
    declare: str,
    brouillon: IO[bytes],
    limite: int,
    acceptes: frozenset[str],
) -> Fichier:
    """Write `contenu`, of at most `limite` bytes, to `brouillon`.

    FichierTropGros, FichierVide, ContenuTrompeur, or TypeRefuse when its type is not among `acceptes`, or when opening it would run it.
    """
    empreinte, taille, debut = hashlib.sha256(), 0, b""
    async for morceau in _morceaux(contenu):
        taille += len(morceau)
        if taille > limite:
            raise FichierTropGros(nom=nom, limite=f"{limite / MEBI:g} Mo")
        debut = debut if len(debut) >= OCTETS_LUS else (debut + morceau)[:OCTETS_LUS]
        empreinte.update(morceau)
        await asyncio.to_thread(brouillon.write, morceau)
    if not taille:
        raise FichierVide(nom=nom)
    return Fichier(empreinte.hexdigest(), taille, _type(debut, nom, declare, acceptes), nom)


def _type(debut: bytes, nom: str, declare: str, acceptes: frozenset[str]) -> str:
    retenu = retenir(declare, reconnaitre(debut))
    if retenu is None:
        raise ContenuTrompeur(nom=nom, declare=LIBELLES.get(declare, declare))
    if retenu not in acceptes or est_executable(nom):
        raise TypeRefuse(nom=nom, types=nommer(acceptes))
    return retenu


async def _morceaux(contenu: bytes | AsyncIterable[bytes]) -> AsyncIterator[bytes]:
    if isinstance(contenu, bytes):
        yield contenu
        return
    async for morceau in contenu:
        yield morceau
