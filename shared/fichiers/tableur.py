"""Spreadsheets, CSV and XLSX: their rows one after the other, and back. A hostile file is refused before it is unpacked."""

import codecs
import csv
import io
import tempfile
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from datetime import date, datetime
from decimal import Decimal
from itertools import islice
from typing import IO, Any
from xml.etree.ElementTree import ParseError

from openpyxl import Workbook, load_workbook
from openpyxl.cell import WriteOnlyCell

from shared.fichiers.errors import TableurIllisible, TableurTropGros

COLONNES_MAX, CELLULE_MAX = 100, 5_000
RANGEES_MAX = 1_048_576  # those of an XLSX sheet; a row that claims to be further is counted to one by one
# Unpacked: all the parts of a workbook, and the one part that must be held in memory, the texts shared by its cells.
DEPLIE_MAX, TEXTES_MAX = 1024 * 1024 * 1024, 200 * 1024 * 1024
MORCEAU = 1024 * 1024
SEPARATEURS = ";\t,|"
Valeur = str | Decimal | date | None
MARQUE = codecs.BOM_UTF8  # without it, spreadsheets read accents as something else
FORMULES = ("=", "+", "-", "@", "\t", "\r")
PAQUET_XLSX = b"PK\x03\x04"
ILLISIBLES = (
    *(csv.Error, zipfile.BadZipFile, zlib.error, ParseError, UnicodeError),
    *(KeyError, ValueError, TypeError, IndexError, AttributeError, EOFError, OSError, NotImplementedError),
)


def rangees(fichier: IO[bytes]) -> Iterator[list[str]]:
    """Every row of the first sheet as texts, empty ones included; CSV in UTF-8, else in cp1252.

    `fichier` is read as the rows are asked for. TableurIllisible or TableurTropGros, at any row.
    """
    debut = fichier.read(4096)
    fichier.seek(0)
    if b"\x00" in debut and not debut.startswith(PAQUET_XLSX):
        raise TableurIllisible
    try:
        for rangee in _xlsx(fichier) if debut.startswith(PAQUET_XLSX) else _csv(fichier):
            yield [cellule.replace("\x00", "").strip()[:CELLULE_MAX] for cellule in rangee[:COLONNES_MAX]]
    except ILLISIBLES as erreur:
        raise TableurIllisible from erreur


def paquets(lues: Iterator[list[str]], taille: int) -> Iterator[list[list[str]]]:
    """The rows by packets of `taille`."""
    while paquet := list(islice(lues, taille)):
        yield paquet


def _csv(fichier: IO[bytes]) -> Iterator[list[str]]:
    codage = _codage(fichier)
    texte = io.TextIOWrapper(fichier, codage, errors="replace", newline="")
    try:
        premiere = texte.readline()
        separateur = max(SEPARATEURS, key=premiere.count)
        texte.seek(0)
        yield from csv.reader(texte, delimiter=separateur)
    finally:
        with suppress(ValueError):  # whoever opened the file closes it
            texte.detach()


def _codage(fichier: IO[bytes]) -> str:
    """UTF-8 when the whole file is; read once by pieces."""
    decodeur = codecs.getincrementaldecoder("utf-8")()
    try:
        while morceau := fichier.read(MORCEAU):
            decodeur.decode(morceau)
        decodeur.decode(b"", final=True)
    except UnicodeDecodeError:
        return "cp1252"
    finally:
        fichier.seek(0)
    return "utf-8-sig"


def _xlsx(fichier: IO[bytes]) -> Iterator[list[str]]:
    with zipfile.ZipFile(fichier) as archive:
        membres = archive.infolist()
        textes = sum(m.file_size for m in membres if m.filename.lower().endswith("sharedstrings.xml"))
        if sum(m.file_size for m in membres) > DEPLIE_MAX or textes > TEXTES_MAX:
            raise TableurTropGros
    classeur = load_workbook(fichier, read_only=True, data_only=True, keep_links=False)
    try:
        feuille = classeur.worksheets[0]
        feuille.reset_dimensions()  # some programs declare fewer rows than they write
        for rang, rangee in enumerate(feuille.iter_rows(values_only=True, max_col=COLONNES_MAX)):
            if rang >= RANGEES_MAX:
                raise TableurTropGros
            yield [_texte(valeur) for valeur in _sans_fin(rangee)]
    finally:
        classeur.close()


def _sans_fin(rangee: Sequence[Any]) -> Sequence[Any]:
    """Without the empty cells after the last one."""
    fin = len(rangee)
    while fin and rangee[fin - 1] is None:
        fin -= 1
    return rangee[:fin]


def _texte(valeur: Any) -> str:
    if valeur is None:
        return ""
    if isinstance(valeur, bool):
        return "oui" if valeur else "non"
    if isinstance(valeur, float):
        return f"{Decimal(str(valeur)):f}".removesuffix(".0")
    if isinstance(valeur, datetime | date):
        return valeur.isoformat()[:10]
    return str(valeur)


def ecrire_csv(rangees: Iterable[Sequence[Valeur]]) -> bytes:
    """A whole file in UTF-8 with its mark."""
    return MARQUE + lignes_csv(rangees)


def lignes_csv(rangees: Iterable[Sequence[Valeur]]) -> bytes:
    """Rows with semicolons, commas in numbers and French days: what French spreadsheets open.

    A text that looks like a formula is quoted.
    """
    sortie = io.StringIO(newline="")
    ecrivain = csv.writer(sortie, delimiter=";")
    for rangee in rangees:
        ecrivain.writerow([_texte_csv(valeur) for valeur in rangee])
    return sortie.getvalue().encode()


def _texte_csv(valeur: Valeur) -> str:
    if isinstance(valeur, str):
        return f"'{valeur}" if valeur.startswith(FORMULES) else valeur
    if isinstance(valeur, date):
        return f"{valeur:%d/%m/%Y}"
    return "" if valeur is None else f"{valeur:f}".replace(".", ",")


class Classeur:
    """An XLSX workbook of one sheet, written row by row on the disk; `titre` names the sheet."""

    def __init__(self, titre: str) -> None:
        self._classeur = Workbook(write_only=True)
        self._feuille = self._classeur.create_sheet(titre)

    def ajouter(self, rangees: Iterable[Sequence[Valeur]]) -> None:
        """Texts stay texts: none is read as a formula or a number; numbers and days are what they are."""
        for rangee in rangees:
            self._feuille.append([_cellule(self._feuille, valeur) for valeur in rangee])

    def fermer(self) -> IO[bytes]:
        """The file, at its beginning; whoever asks closes it."""
        sortie: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115  who asked closes it
        self._classeur.save(sortie)
        sortie.seek(0)
        return sortie


def ecrire_xlsx(rangees: Iterable[Sequence[Valeur]], titre: str) -> bytes:
    """A whole workbook of one sheet."""
    classeur = Classeur(titre)
    classeur.ajouter(rangees)
    with classeur.fermer() as fichier:
        return fichier.read()


def _cellule(feuille: Any, valeur: Valeur) -> Any:
    cellule = WriteOnlyCell(feuille, value=None)
    if isinstance(valeur, str):
        cellule.value = "".join(c for c in valeur if c >= " " or c in "\n\t")
        cellule.data_type = "s"
    elif valeur is not None:
        cellule.value = valeur
        cellule.number_format = "dd/mm/yyyy" if isinstance(valeur, date) else "General"
    return cellule
