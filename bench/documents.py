"""Printing: our warm renderer against one naive WeasyPrint call per document, in the same run.

`python -m bench.documents` prints ratios; wall-clock minima of interleaved rounds, so that a busy machine
disturbs both sides alike.
"""

import asyncio
import time
from collections.abc import Awaitable, Callable
from pathlib import Path

import psutil
import weasyprint

from shared.documents.etiquettes import Etiquette, planche
from shared.documents.gabarit import composer
from shared.documents.renderer import Renderer
from tests.shared.documents.exemples import une_facture

GABARITS = Path(__file__).parents[1] / "tests" / "shared" / "documents" / "gabarits"
TOURS = 7


def naif(lignes: int) -> bytes:
    """What a first draft does: parse the style sheet, find the fonts and print, each time."""
    page = composer("facture.html", {"papier": une_facture(lignes)}, GABARITS)
    html = page.html.replace("</head>", f"<style>{page.styles[0]}</style></head>")
    pdf: bytes = weasyprint.HTML(string=html).write_pdf()
    return pdf


async def minimum(mesures: dict[str, Callable[[], Awaitable[object]]]) -> dict[str, float]:
    """Best time of each measure, in seconds, rounds interleaved."""
    meilleurs = dict.fromkeys(mesures, float("inf"))
    for _ in range(TOURS):
        for nom, mesure in mesures.items():
            debut = time.perf_counter()
            await mesure()
            meilleurs[nom] = min(meilleurs[nom], time.perf_counter() - debut)
    return meilleurs


async def main() -> None:
    """Warm both sides, measure, print ratios."""
    etiquettes = [Etiquette(f"https://app.alpes.example/o/{n:08d}", "Caméra", f"N° {n}") for n in range(65)]
    async with Renderer() as renderer:

        async def notre(lignes: int) -> bytes:
            return await renderer.pdf(
                template="facture.html", donnees={"papier": une_facture(lignes)}, dossier=GABARITS
            )

        async def reference(lignes: int) -> bytes:
            return await asyncio.to_thread(naif, lignes)

        debut = time.perf_counter()
        await notre(5)
        froid = time.perf_counter() - debut
        naif(5)
        t = await minimum(
            {
                "notre 5": lambda: notre(5),
                "naif 5": lambda: reference(5),
                "notre 60": lambda: notre(60),
                "naif 60": lambda: reference(60),
                "planche": lambda: renderer.imprimer(planche(etiquettes, "L7651")),
            }
        )
        ouvrier = psutil.Process(renderer._libres[0]._processus.pid)
        avant = ouvrier.memory_info().rss
        for _ in range(60):
            await notre(5)
        apres = ouvrier.memory_info().rss
    print(f"1 page : {t['notre 5'] / t['naif 5']:.2f} x naive ({1 / t['notre 5']:.1f} documents/s)")
    print(f"60 lines : {t['notre 60'] / t['naif 60']:.2f} x naive")
    print(f"60 lines / 1 page : {t['notre 60'] / t['notre 5']:.1f}")
    print(f"65 QR labels / 1 page : {t['planche'] / t['notre 5']:.1f}")
    print(f"first document, process started / next : {froid / t['notre 5']:.0f}")
    print(f"memory of the process after 60 more documents : {apres / avant:.2f} x")


if __name__ == "__main__":
    asyncio.run(main())
