"""Everything a company typed, as tables that any spreadsheet opens, and its files: nobody is held here.

Left out: what another service already gives (copies), what only the machine needs (the bus, sessions), and every secret.
"""

import asyncio
import mimetypes
import shutil
from importlib import import_module
from pathlib import Path

from sqlalchemy import Table

from deploy.backup.instant import View, one_instant
from deploy.topology import GATEWAY, Part
from shared.database.platform import audit
from shared.fichiers.stockage import Stockage
from shared.fichiers.types import AFFICHABLES, OCTETS_LUS, reconnaitre
from shared.kernel.clock import PARIS, SystemClock
from shared.settings import Settings

COPIES = "copie_"
OF_THE_GATEWAY = ("compte", "role")
BOM = b"\xef\xbb\xbf"  # without it, Excel reads accents as something else
READ_ME = """Amanela : tout ce que votre société y a saisi, au {date}.

Un dossier par service, un fichier CSV par table : UTF-8, séparateur point-virgule, première ligne de titres, dates en
temps universel (UTC), montants avec un point. La colonne « id » nomme une ligne ; « tiers_id », « demande_id » et les
autres colonnes en « _id » disent à quelle ligne d’une autre table elle tient, y compris d’un autre service. « audit »
garde chaque modification : qui, quand, avant, après.

Le dossier « fichiers » contient les documents et pièces jointes ({files}) ; leur nom est l’empreinte que citent les
colonnes en « sha256 », à côté de leur nom d’origine.

Ne sont pas ici : les mots de passe, les jetons et les clés. Les valeurs secrètes des configurations restent chiffrées.
"""


async def export(settings: Settings, stockage: Stockage, target: Path) -> dict[str, int]:
    """Write every table and file under `target`, an empty folder; rows by service.

    The tables are all read at one instant, while people work.
    """
    rows: dict[str, int] = {}
    async with one_instant(settings) as views:
        for view in views:
            rows[view.part.name] = sum([await _write(view, table, target) for table in tables(view.part)])
    files = await _copy(stockage, target / "fichiers")
    date = f"{SystemClock().now().astimezone(PARIS):%d/%m/%Y %H:%M}"
    (target / "LISEZ-MOI.txt").write_text(READ_ME.format(date=date, files=files), encoding="utf-8")
    return rows


def tables(part: Part) -> list[Table]:
    """The tables of a part that hold what people typed, and its audit."""
    part.load_models()
    known: dict[str, Table] = import_module(f"{part.folder}.base").Base.metadata.tables
    kept = [
        table
        for name, table in sorted(known.items())
        if (name in OF_THE_GATEWAY if part is GATEWAY else not name.startswith(COPIES))
    ]
    return [*kept, audit]


async def _write(view: View, table: Table, target: Path) -> int:
    folder = target / view.part.name
    folder.mkdir(parents=True, exist_ok=True)
    typed = [column for column in table.columns if column.computed is None and not column.info.get("secret")]
    with (folder / f"{table.name}.csv").open("wb") as output:
        output.write(BOM)
        done = await view.connection.copy_from_table(
            table.name,
            columns=[column.name for column in typed],
            output=output,
            format="csv",
            header=True,
            delimiter=";",
        )
    return int(done.rpartition(" ")[2])


async def _copy(stockage: Stockage, folder: Path) -> int:
    await asyncio.to_thread(folder.mkdir)
    count = 0
    async for sha256 in stockage.lister():
        with await stockage.ouvrir(sha256) as content:
            name = sha256 + _extension(content.read(OCTETS_LUS))
            content.seek(0)
            with (folder / name).open("wb") as copy:
                await asyncio.to_thread(shutil.copyfileobj, content, copy)
        count += 1
    return count


def _extension(start: bytes) -> str:
    """The one that opens it by a double click, when its bytes say it without doubt."""
    kind = reconnaitre(start)
    return mimetypes.guess_extension(kind) or "" if kind in AFFICHABLES else ""
