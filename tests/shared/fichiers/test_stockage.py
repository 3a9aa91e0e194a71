"""Stored once, whole, unchanged; refused in French otherwise."""

import hashlib
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from shared.fichiers.errors import (
    ContenuTrompeur,
    FichierAltere,
    FichierIntrouvable,
    FichierTropGros,
    FichierVide,
    TypeRefuse,
)
from shared.fichiers.stockage import MEBI, Fichier, StockageLocal
from shared.fichiers.types import CSV, DOCX, PDF, PNG

UN_PDF = b"%PDF-1.7\n%\xe2\xe3\n"


@pytest.fixture
def stockage(tmp_path: Path) -> StockageLocal:
    return StockageLocal(tmp_path)


def fichiers(dossier: Path) -> list[Path]:
    return [chemin for chemin in dossier.rglob("*") if chemin.is_file()]


async def test_pose_puis_lu(stockage: StockageLocal, tmp_path: Path) -> None:
    fichier = await stockage.poser(UN_PDF, "Devis signé.pdf", "application/pdf")
    empreinte = hashlib.sha256(UN_PDF).hexdigest()
    assert fichier == Fichier(empreinte, len(UN_PDF), PDF, "Devis signé.pdf")
    assert await stockage.lire(empreinte) == UN_PDF
    assert await stockage.existe(empreinte)
    assert fichiers(tmp_path) == [tmp_path / empreinte[:2] / empreinte[2:4] / empreinte]


async def test_meme_contenu_une_seule_fois(stockage: StockageLocal, tmp_path: Path) -> None:
    premier, second = await stockage.poser(UN_PDF, "a.pdf"), await stockage.poser(UN_PDF, "b.pdf")
    assert premier.sha256 == second.sha256
    assert len(fichiers(tmp_path)) == 1


async def test_flux_lu_par_morceaux(stockage: StockageLocal) -> None:
    async def flux() -> AsyncIterator[bytes]:
        yield b"%P"
        for _ in range(300):
            yield b"DF-" * 1000

    fichier = await stockage.poser(flux(), "scan.pdf", "application/pdf")
    assert fichier.taille == 900_002
    assert await stockage.lire(fichier.sha256) == b"%P" + b"DF-" * 300_000


async def test_flux_interrompu_ne_laisse_rien(stockage: StockageLocal, tmp_path: Path) -> None:
    async def coupe() -> AsyncIterator[bytes]:
        yield UN_PDF
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await stockage.poser(coupe(), "scan.pdf")
    assert fichiers(tmp_path) == []


async def test_trop_gros_refuse_sans_tout_lire(tmp_path: Path) -> None:
    lus = 0

    async def sans_fin() -> AsyncIterator[bytes]:
        nonlocal lus
        while True:
            lus += MEBI
            yield b"%PDF-" + bytes(MEBI)

    with pytest.raises(FichierTropGros, match="2 Mo"):
        await StockageLocal(tmp_path, taille_maximale=2 * MEBI).poser(sans_fin(), "x.pdf")
    assert lus <= 3 * MEBI
    assert fichiers(tmp_path) == []


@pytest.mark.parametrize(
    ("contenu", "declare", "refus"),
    [
        (b"", "application/pdf", FichierVide),
        (b"<html><script>", "text/html", TypeRefuse),
        (b"<html><script>", "application/pdf", ContenuTrompeur),
        (b"<svg xmlns='x'/>", "image/svg+xml", TypeRefuse),
        (b"\x89PNG\r\n\x1a\n", "image/jpeg", ContenuTrompeur),
        (b"MZ\x90\x00\x03", "application/pdf", ContenuTrompeur),
        (b"MZ\x90\x00\x03", "", TypeRefuse),
        (b"PK\x03\x04", "application/zip", TypeRefuse),
        (b"PK\x03\x04", "application/pdf", ContenuTrompeur),
    ],
)
async def test_contenus_refuses(
    stockage: StockageLocal, tmp_path: Path, contenu: bytes, declare: str, refus: type[Exception]
) -> None:
    with pytest.raises(refus, match="« x »"):
        await stockage.poser(contenu, "x", declare)
    assert fichiers(tmp_path) == []


@pytest.mark.parametrize(
    ("contenu", "declare", "retenu"),
    [
        (UN_PDF, "application/octet-stream", PDF),
        (b"\x89PNG\r\n\x1a\n", "", PNG),
        (b"a;b\n1;2\n", "text/csv; charset=utf-8", CSV),
        (b"PK\x03\x04", DOCX, DOCX),
    ],
)
async def test_type_retenu(stockage: StockageLocal, contenu: bytes, declare: str, retenu: str) -> None:
    assert (await stockage.poser(contenu, "x", declare)).type == retenu


@pytest.mark.parametrize("empreinte", ["0" * 64, "../../etc/passwd", "", "Z" * 64])
async def test_empreinte_inconnue(stockage: StockageLocal, empreinte: str) -> None:
    with pytest.raises(FichierIntrouvable):
        await stockage.lire(empreinte)


async def test_contenu_altere_jamais_rendu(stockage: StockageLocal, tmp_path: Path) -> None:
    fichier = await stockage.poser(UN_PDF, "a.pdf")
    (chemin,) = fichiers(tmp_path)
    chemin.chmod(0o600)
    chemin.write_bytes(UN_PDF + b"x")
    with pytest.raises(FichierAltere):
        await stockage.lire(fichier.sha256)
