"""Fetching a supplier's catalogue where it is left every night: a folder of ours, or an HTTPS address."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path, PurePosixPath
from urllib.parse import urljoin, urlsplit

import httpx

from services.commercial.catalogue_fournisseur import rules
from services.commercial.errors import SourceAbsente, SourceInjoignable, SourceRefusee
from shared.fichiers.reception import Fichier
from shared.fichiers.types import CSV, XLSX
from shared.means import Means
from shared.settings import Settings
from shared.web.limits import CATALOGUE_MAX
from shared.web.sortie import AdresseInterdite, epingler

DELAI = httpx.Timeout(30.0, read=120.0)
DETOURS_MAX = 3
MORCEAU = 1024 * 1024


@dataclass(frozen=True, slots=True)
class Arrivee:
    """A file found: its name and its bytes as they come."""

    nom: str
    contenu: AsyncIterator[bytes]


async def relever(means: Means, source: str) -> Fichier:
    """The file of `source`, kept; SourceAbsente, SourceInjoignable, SourceRefusee, or what the storage refuses."""
    ouvrir = _sur_internet if rules.est_adresse(source) else _dans_le_dossier
    async with ouvrir(means.settings, source) as arrivee:
        genre = XLSX if arrivee.nom.lower().endswith(".xlsx") else CSV
        return await means.stockage.poser(arrivee.contenu, arrivee.nom, genre, maximum=CATALOGUE_MAX)


@asynccontextmanager
async def _dans_le_dossier(settings: Settings, source: str) -> AsyncIterator[Arrivee]:
    """The latest file of the folder whose name is like `source`."""
    dossier = settings.catalogues_folder
    if dossier is None:
        raise SourceAbsente(source=source)
    chemin = await asyncio.to_thread(_dernier, dossier, source)
    if chemin is None:
        raise SourceAbsente(source=source)
    with await asyncio.to_thread(chemin.open, "rb") as fichier:

        async def lire() -> AsyncIterator[bytes]:
            while morceau := await asyncio.to_thread(fichier.read, MORCEAU):
                yield morceau

        yield Arrivee(chemin.name, lire())


def _dernier(dossier: Path, motif: str) -> Path | None:
    racine = dossier.resolve()
    try:
        trouves = [c for c in racine.glob(motif) if c.is_file() and c.resolve().is_relative_to(racine)]
    except ValueError:  # no pattern at all, such as tarif**.csv
        return None
    return max(trouves, key=lambda chemin: chemin.stat().st_mtime, default=None)


@asynccontextmanager
async def _sur_internet(settings: Settings, source: str) -> AsyncIterator[Arrivee]:
    """The file of an address; redirections are followed to public HTTPS addresses only: staff do not read our network."""
    adresse = source
    try:
        async with httpx.AsyncClient(timeout=DELAI, follow_redirects=False) as client:
            for _ in range(DETOURS_MAX + 1):
                cible = await epingler(adresse, prive=settings.catalogues_private)
                async with client.stream("GET", **cible) as reponse:
                    if reponse.has_redirect_location:
                        adresse = urljoin(adresse, reponse.headers["location"])
                        continue
                    if reponse.status_code != httpx.codes.OK:
                        raise SourceRefusee(statut=reponse.status_code)
                    nom = PurePosixPath(urlsplit(adresse).path).name or "catalogue.csv"
                    yield Arrivee(nom, reponse.aiter_bytes(MORCEAU))
                    return
    except (httpx.HTTPError, httpx.InvalidURL, AdresseInterdite, UnicodeError, OSError) as erreur:
        raise SourceInjoignable from erreur
    raise SourceInjoignable
