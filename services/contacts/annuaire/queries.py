"""The directory, asked while a contact is being typed."""

import asyncio

import httpx

from services.contacts.annuaire.rules import Etablissement, lire
from services.contacts.errors import AnnuaireInjoignable

DELAI = 4.0
RENDUS = 8


async def chercher(adresse: str, texte: str) -> list[Etablissement]:
    """The companies of a SIRET, a SIREN or a name; AnnuaireInjoignable when the directory does not answer in time."""
    chiffres = "".join(texte.split())
    cherche = chiffres if chiffres.isdigit() else " ".join(texte.split())
    if not adresse:
        raise AnnuaireInjoignable()
    params = {"q": cherche, "page": "1", "per_page": str(RENDUS)}
    try:
        async with asyncio.timeout(DELAI), httpx.AsyncClient(timeout=DELAI) as client:
            reponse = await client.get(f"{adresse.rstrip('/')}/search", params=params)
            reponse.raise_for_status()
            return lire(reponse.json(), cherche, RENDUS)
    except (httpx.HTTPError, httpx.InvalidURL, TimeoutError, ValueError) as erreur:
        raise AnnuaireInjoignable() from erreur
