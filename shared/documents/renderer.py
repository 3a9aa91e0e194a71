"""The door to paper: `await renderer.pdf(...)`. Composes the page here, prints it in a warm process.

Why a process: printing is pure Python and takes 0.1 s a page, which would freeze every other request.
Why warm: starting one costs 1.5 s. The same page gives the same bytes, so a PDF can be recognised by its hash.
"""

import asyncio
import hashlib
import json
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from types import TracebackType

from shared.documents.errors import DocumentTropLong, ImpressionImpossible
from shared.documents.gabarit import Page, composer

RACINE = Path(__file__).parents[2]
ENVIRONNEMENT_UTILE = ("PATH", "HOME", "LANG", "LC_ALL", "FONTCONFIG_PATH", "FONTCONFIG_FILE", "XDG_CACHE_HOME")


class _Ouvrier:
    """One printing process and its two pipes."""

    def __init__(self, processus: asyncio.subprocess.Process) -> None:
        self._processus = processus
        self.imprimes = 0

    @classmethod
    async def demarrer(cls) -> "_Ouvrier":
        env = {nom: os.environ[nom] for nom in ENVIRONNEMENT_UTILE if nom in os.environ}
        processus = await asyncio.create_subprocess_exec(
            sys.executable,
            "-m",
            "shared.documents.ouvrier",
            stdin=asyncio.subprocess.PIPE,
            stdout=asyncio.subprocess.PIPE,
            cwd=RACINE,
            env=env,
        )
        return cls(processus)

    async def demander(self, requete: bytes) -> bytes:
        """Send a request and wait for its answer; ConnectionError or IncompleteReadError if the process died."""
        entree, sortie = self._processus.stdin, self._processus.stdout
        if entree is None or sortie is None:
            raise ConnectionError
        entree.write(len(requete).to_bytes(4, "big") + requete)
        await entree.drain()
        longueur = int.from_bytes(await sortie.readexactly(4), "big")
        self.imprimes += 1
        return await sortie.readexactly(longueur)

    async def arreter(self) -> None:
        """End the process now, and wait for it."""
        if self._processus.returncode is None:
            self._processus.kill()
        if self._processus.stdin is not None:
            self._processus.stdin.close()
        await self._processus.wait()


class Renderer:
    """A small pool of printing processes, started at the first document and replaced after `recyclage` of them."""

    def __init__(self, processus: int = 1, *, recyclage: int = 500, delai: float = 60) -> None:
        self._places = asyncio.Semaphore(processus)
        self._libres: list[_Ouvrier] = []
        self._recyclage, self._delai = recyclage, delai
        self._ferme = False

    async def pdf(
        self,
        *,
        template: str,
        donnees: Mapping[str, object],
        dossier: Path | str,
        formulaire: bool = False,
        facturx: bytes | None = None,
    ) -> bytes:
        """The PDF of `template` (a file of `dossier`) filled with `donnees`.

        Fillable if `formulaire`; a PDF/A-3b holding the structured invoice if `facturx` (its XML, in UTF-8).

        Raises CaracteresNonImprimables, DocumentTropLong or ImpressionImpossible.
        """
        page = await asyncio.to_thread(composer, template, donnees, Path(dossier))
        return await self.imprimer(page, formulaire=formulaire, facturx=facturx)

    async def imprimer(self, page: Page, *, formulaire: bool = False, facturx: bytes | None = None) -> bytes:
        """The PDF of a page already composed (label sheets come this way)."""
        requete = json.dumps(
            {
                "html": page.html,
                "styles": page.styles,
                "formulaire": formulaire,
                "facturx": facturx.decode() if facturx else "",
                "identifiant": hashlib.sha256(page.html.encode()).hexdigest()[:32],
            }
        ).encode()
        async with self._places:
            try:
                reponse = await asyncio.wait_for(self._avec_reprise(requete), self._delai)
            except TimeoutError:
                raise DocumentTropLong(delai=int(self._delai)) from None
        if reponse[:1] != b"P":
            raise ImpressionImpossible(raison=reponse[1:].decode())
        return reponse[1:]

    async def _avec_reprise(self, requete: bytes) -> bytes:
        """A process may have been killed while idle: the document is then given once to a new one."""
        for _essai in range(2):
            try:
                return await self._imprimer(requete)
            except (ConnectionError, asyncio.IncompleteReadError):
                continue
        raise ImpressionImpossible(raison="le processus d’impression s’est arrêté")

    async def _imprimer(self, requete: bytes) -> bytes:
        ouvrier = self._libres.pop() if self._libres else await _Ouvrier.demarrer()
        try:
            reponse = await ouvrier.demander(requete)
        except BaseException:
            await ouvrier.arreter()
            raise
        if self._ferme or ouvrier.imprimes >= self._recyclage:
            await ouvrier.arreter()
        else:
            self._libres.append(ouvrier)
        return reponse

    async def fermer(self) -> None:
        """Stop the processes, those at work after their document; call it when the service stops."""
        self._ferme = True
        while self._libres:
            await self._libres.pop().arreter()

    async def __aenter__(self) -> "Renderer":
        return self

    async def __aexit__(
        self, genre: type[BaseException] | None, erreur: BaseException | None, trace: TracebackType | None
    ) -> None:
        await self.fermer()
