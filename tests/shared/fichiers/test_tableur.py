"""Spreadsheets are read row by row, whatever wrote them; a hostile or broken one is refused in French."""

import csv
import io
import tracemalloc
import zipfile
from pathlib import Path

import pytest
from openpyxl import Workbook

from shared.fichiers import tableur
from shared.fichiers.errors import TableurIllisible, TableurTropGros

MEBI = 1024 * 1024


def lire(contenu: bytes) -> list[list[str]]:
    return list(tableur.rangees(io.BytesIO(contenu)))


@pytest.mark.parametrize("codage", ["utf-8", "utf-8-sig", "cp1252"])
@pytest.mark.parametrize("separateur", [";", ",", "\t", "|"])
def test_a_csv_is_read_whatever_its_encoding_and_separator(codage: str, separateur: str) -> None:
    texte = separateur.join(["Désignation", "Prix"]) + "\r\n" + separateur.join(['"Caméra\ndôme"', "12"]) + "\r\n"
    assert lire(texte.encode(codage)) == [["Désignation", "Prix"], ["Caméra\ndôme", "12"]]


def test_an_accent_far_in_the_file_decides_its_encoding() -> None:
    debut = "a;b\n" * 400_000
    assert lire((debut + "é;b\n").encode("cp1252"))[-1] == ["é", "b"]
    assert lire((debut + "é;b\n").encode())[-1] == ["é", "b"]


def test_a_workbook_gives_texts_whatever_its_cells_hold() -> None:
    classeur = Workbook()
    for rangee in (["Nom", "Plafond", "Public"], ["Éric", 1000.5, True], [None, None, None], ["Zoé", 12.0, False]):
        classeur.active.append(rangee)
    sortie = io.BytesIO()
    classeur.save(sortie)
    attendu = [["Nom", "Plafond", "Public"], ["Éric", "1000.5", "oui"], [], ["Zoé", "12", "non"]]
    assert lire(sortie.getvalue()) == attendu


def test_what_is_written_is_read_back() -> None:
    rangees = [["Code", "Nom"], ["=1+1", "« Éric »"], ["", "x"]]
    assert lire(tableur.ecrire_xlsx(rangees, "Feuille")) == rangees
    assert lire(tableur.ecrire_csv(rangees))[1] == ["'=1+1", "« Éric »"]


@pytest.mark.parametrize(
    "contenu",
    [
        b"PK\x03\x04" + b"?" * 500,
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\x00" * 500,
        b'a;b\n"' + b"x" * 200_000,
        b"\x00\x01\x02",
    ],
)
def test_what_is_no_spreadsheet_is_refused(contenu: bytes) -> None:
    with pytest.raises(TableurIllisible):
        lire(contenu)


def test_a_truncated_workbook_is_refused() -> None:
    classeur = tableur.ecrire_xlsx([[str(n), "x" * 50] for n in range(2_000)], "Feuille")
    with zipfile.ZipFile(io.BytesIO(classeur)) as archive:
        parties = {nom: archive.read(nom) for nom in archive.namelist()}
    feuille = next(nom for nom in parties if "worksheets/" in nom)
    parties[feuille] = parties[feuille][: len(parties[feuille]) // 2]
    sortie = io.BytesIO()
    with zipfile.ZipFile(sortie, "w") as archive:
        for nom, partie in parties.items():
            archive.writestr(nom, partie)
    with pytest.raises(TableurIllisible):
        lire(sortie.getvalue())


def test_a_bomb_is_refused_before_it_is_unpacked() -> None:
    sortie = io.BytesIO()
    archive = zipfile.ZipFile(sortie, "w", zipfile.ZIP_DEFLATED)
    with archive, archive.open("xl/sharedStrings.xml", "w", force_zip64=True) as partie:
        for _ in range(201):
            partie.write(b"\x00" * MEBI)
    assert len(sortie.getvalue()) < MEBI
    tracemalloc.start()
    try:
        with pytest.raises(TableurTropGros):
            lire(sortie.getvalue())
        assert tracemalloc.get_traced_memory()[1] < 5 * MEBI
    finally:
        tracemalloc.stop()


def test_a_large_csv_is_never_held_whole(tmp_path: Path) -> None:
    chemin = tmp_path / "tarif.csv"
    with chemin.open("w") as fichier:
        fichier.writelines(f"REF-{n};Caméra {n};{n}\n" for n in range(400_000))
    taille = chemin.stat().st_size
    tracemalloc.start()
    try:
        with chemin.open("rb") as ouvert:
            assert sum(1 for _ in tableur.rangees(ouvert)) == 400_000
        assert tracemalloc.get_traced_memory()[1] < min(taille / 2, 4 * MEBI)
    finally:
        tracemalloc.stop()


def test_a_null_character_far_in_a_csv_reaches_no_database() -> None:
    assert lire(b"a;b\n" * 2_000 + b"c\x00d;e\n")[-1] == ["cd", "e"]


def retouche(classeur: Workbook, *remplacements: tuple[bytes, bytes]) -> bytes:
    """The file of a workbook whose sheet was written by something else."""
    sortie, autre = io.BytesIO(), io.BytesIO()
    classeur.save(sortie)
    with zipfile.ZipFile(sortie) as lu, zipfile.ZipFile(autre, "w") as ecrit:
        for nom in lu.namelist():
            contenu = lu.read(nom)
            for avant, apres in remplacements if nom.endswith("sheet1.xml") else ():
                assert avant in contenu
                contenu = contenu.replace(avant, apres)
            ecrit.writestr(nom, contenu)
    return autre.getvalue()


def test_a_row_said_to_be_very_far_is_not_waited_for() -> None:
    """A few bytes may claim a row number that would be counted to one by one."""
    classeur = Workbook()
    classeur.active["A2"] = "a"
    loin = retouche(
        classeur, (b'ref="A2:A2"', b'ref="A1:A3000000"'), (b'r="2"', b'r="3000000"'), (b'"A2"', b'"A3000000"')
    )
    with pytest.raises(TableurTropGros):
        lire(loin)


def test_a_sheet_that_says_less_rows_than_it_has_is_read_whole() -> None:
    classeur = Workbook()
    for rangee in (["Code", "Prix"], ["A", "10"], ["B", "20"]):
        classeur.active.append(rangee)
    assert lire(retouche(classeur, (b'ref="A1:B3"', b'ref="A1"'))) == [["Code", "Prix"], ["A", "10"], ["B", "20"]]


@pytest.mark.parametrize("debut", ["=", "+", "-", "@", "\t", "\r"])
def test_nothing_typed_becomes_a_formula(debut: str) -> None:
    (cellule,) = next(csv.reader(io.StringIO(tableur.ecrire_csv([[f"{debut}1+1"]]).decode("utf-8-sig"), newline="")))
    assert cellule.startswith("'")
