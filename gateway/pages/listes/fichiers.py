"""A whole filtered list as a file: read page after page from its service, sent as it is read."""

import asyncio
from collections.abc import AsyncIterator
from typing import IO, Any

from gateway.pages.listes.definition import Colonne, Json, Liste
from gateway.session.dependances import Utilisateur
from shared.fichiers.tableur import MARQUE, Classeur, Valeur, lignes_csv

PAR_PAGE = 200
LIGNES_MAX = 50_000
MORCEAU = 256 * 1024
TRONQUE = f"Fichier limité à {LIGNES_MAX:_} lignes : affinez les filtres pour avoir la suite.".replace("_", " ")


async def pages(user: Utilisateur, liste: Liste, filtres: Json, colonnes: list[Colonne]) -> AsyncIterator[list[Any]]:
    """The rows, one packet for each page of the service; its refusals and absences are raised."""
    curseur, nombre = None, 0
    while True:
        params = {**filtres, "limite": PAR_PAGE, "curseur": curseur}
        page = await user.services.get(liste.service, liste.chemin, params)
        yield [[_valeur(colonne, ligne) for colonne in colonnes] for ligne in page["elements"]]
        nombre, curseur = nombre + len(page["elements"]), page["curseur_suivant"]
        if curseur is None:
            return
        if nombre >= LIGNES_MAX:
            yield [[TRONQUE]]
            return


async def csv(titres: list[Valeur], premiere: list[Any], suite: AsyncIterator[list[Any]]) -> AsyncIterator[bytes]:
    """The file, sent as it is read: a service that stops breaks the transfer rather than shorten it in silence."""
    yield MARQUE + lignes_csv([titres, *premiere])
    async for rangees in suite:
        yield lignes_csv(rangees)


async def xlsx(
    titre: str, titres: list[Valeur], premiere: list[Any], suite: AsyncIterator[list[Any]]
) -> AsyncIterator[bytes]:
    """The workbook, written on the disk as rows are read, sent once whole."""
    classeur = Classeur(titre[:31])
    await asyncio.to_thread(classeur.ajouter, [titres, *premiere])
    async for rangees in suite:
        await asyncio.to_thread(classeur.ajouter, rangees)
    fichier: IO[bytes] = await asyncio.to_thread(classeur.fermer)
    with fichier:
        while morceau := await asyncio.to_thread(fichier.read, MORCEAU):
            yield morceau


def _valeur(colonne: Colonne, ligne: Json) -> Valeur:
    return colonne.valeur(ligne) if colonne.valeur is not None else None
