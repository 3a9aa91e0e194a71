"""Stored once, whole, unchanged; refused in French otherwise."""

import hashlib
from collections.abc import AsyncIterable, AsyncIterator, Callable
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path

import pytest

from shared.fichiers.errors import (
    ContenuTrompeur,
    FichierAltere,
    FichierIntrouvable,
    FichierTropGros,
    FichierVide,
    StockageInjoignable,
    TypeRefuse,
)
from shared.fichiers.reception import MEBI, Fichier
from shared.fichiers.s3 import ReglagesS3, StockageS3
from shared.fichiers.stockage import Stockage, StockageLocal, rang
from shared.fichiers.types import CSV, DOCX, PDF, PNG
from tests.shared.fichiers.conftest import Magasin

UN_PDF = b"%PDF-1.7\n%\xe2\xe3\n"


@dataclass(frozen=True, slots=True)
class Banc:
    """A store under test, and what is really in it."""

    ouvrir: Callable[..., Stockage]
    noms: Callable[[], list[str]]
    abimer: Callable[[bytes], None]

    async def poser(self, contenu: bytes | AsyncIterable[bytes], nom: str, type: str = "") -> Fichier:
        return await self.ouvrir().poser(contenu, nom, type)

    async def lire(self, sha256: str) -> bytes:
        return await self.ouvrir().lire(sha256)


@pytest.fixture(params=["dossier", "s3"])
def banc(request: pytest.FixtureRequest, tmp_path: Path) -> Banc:
    """The same for both."""
    if request.param == "s3":
        magasin: Magasin = request.getfixturevalue("magasin")
        return Banc(partial(StockageS3, magasin.reglages), magasin.noms, magasin.abimer)

    def noms() -> list[str]:
        return [str(chemin.relative_to(tmp_path)) for chemin in tmp_path.rglob("*") if chemin.is_file()]

    def abimer(contenu: bytes) -> None:
        (nom,) = noms()
        (tmp_path / nom).chmod(0o600)
        (tmp_path / nom).write_bytes(contenu)

    return Banc(partial(StockageLocal, tmp_path), noms, abimer)


async def test_pose_puis_lu(banc: Banc) -> None:
    fichier = await banc.poser(UN_PDF, "Devis signé.pdf", "application/pdf")
    empreinte = hashlib.sha256(UN_PDF).hexdigest()
    assert fichier == Fichier(empreinte, len(UN_PDF), PDF, "Devis signé.pdf")
    assert await banc.lire(empreinte) == UN_PDF
    assert await banc.ouvrir().existe(empreinte)
    assert banc.noms() == [f"{empreinte[:2]}/{empreinte[2:4]}/{empreinte}"]


async def test_meme_contenu_une_seule_fois(banc: Banc) -> None:
    premier, second = await banc.poser(UN_PDF, "a.pdf"), await banc.poser(UN_PDF, "b.pdf")
    assert premier.sha256 == second.sha256
    assert len(banc.noms()) == 1


async def test_flux_lu_par_morceaux(banc: Banc) -> None:
    async def flux() -> AsyncIterator[bytes]:
        yield b"%P"
        for _ in range(300):
            yield b"DF-" * 1000

    fichier = await banc.poser(flux(), "scan.pdf", "application/pdf")
    assert fichier.taille == 900_002
    assert await banc.lire(fichier.sha256) == b"%P" + b"DF-" * 300_000


async def test_flux_interrompu_ne_laisse_rien(banc: Banc) -> None:
    async def coupe() -> AsyncIterator[bytes]:
        yield UN_PDF
        raise ConnectionError

    with pytest.raises(ConnectionError):
        await banc.poser(coupe(), "scan.pdf")
    assert banc.noms() == []


async def test_trop_gros_refuse_sans_tout_lire(banc: Banc) -> None:
    lus = 0

    async def sans_fin() -> AsyncIterator[bytes]:
        nonlocal lus
        while True:
            lus += MEBI
            yield b"%PDF-" + bytes(MEBI)

    with pytest.raises(FichierTropGros, match="2 Mo"):
        await banc.ouvrir(taille_maximale=2 * MEBI).poser(sans_fin(), "x.pdf")
    assert lus <= 3 * MEBI
    assert banc.noms() == []


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
async def test_contenus_refuses(banc: Banc, contenu: bytes, declare: str, refus: type[Exception]) -> None:
    with pytest.raises(refus, match="« x »"):
        await banc.poser(contenu, "x", declare)
    assert banc.noms() == []


@pytest.mark.parametrize("nom", ["facture.pdf.bat", "devis.JS", "photo.jpg.lnk", "a.exe"])
async def test_ce_qu_un_ordinateur_executerait_est_refuse_meme_en_texte(banc: Banc, nom: str) -> None:
    with pytest.raises(TypeRefuse, match=nom):
        await banc.poser(b"echo bonjour", nom, "text/plain")
    assert banc.noms() == []


@pytest.mark.parametrize(
    ("contenu", "declare", "retenu"),
    [
        (UN_PDF, "application/octet-stream", PDF),
        (b"\x89PNG\r\n\x1a\n", "", PNG),
        (b"a;b\n1;2\n", "text/csv; charset=utf-8", CSV),
        (b"PK\x03\x04", DOCX, DOCX),
    ],
)
async def test_type_retenu(banc: Banc, contenu: bytes, declare: str, retenu: str) -> None:
    assert (await banc.poser(contenu, "x", declare)).type == retenu


@pytest.mark.parametrize("empreinte", ["0" * 64, "../../etc/passwd", "", "Z" * 64])
async def test_empreinte_inconnue(banc: Banc, empreinte: str) -> None:
    with pytest.raises(FichierIntrouvable):
        await banc.lire(empreinte)


async def test_contenu_altere_jamais_rendu(banc: Banc) -> None:
    fichier = await banc.poser(UN_PDF, "a.pdf")
    banc.abimer(UN_PDF + b"x")
    for lire in (banc.lire, banc.ouvrir().ouvrir):
        with pytest.raises(FichierAltere):
            await lire(fichier.sha256)


async def test_repose_repare(banc: Banc) -> None:
    fichier = await banc.poser(UN_PDF, "a.pdf")
    banc.abimer(UN_PDF + b"x")
    await banc.poser(UN_PDF, "a.pdf")
    assert await banc.lire(fichier.sha256) == UN_PDF


async def test_gros_fichier_en_plusieurs_envois_region_demandee_au_magasin(magasin: Magasin) -> None:
    sans_region = StockageS3(replace(magasin.reglages, region=""))
    contenu = UN_PDF + bytes(12 * MEBI)
    fichier = await sans_region.poser(contenu, "plans.pdf", "application/pdf")
    assert await sans_region.lire(fichier.sha256) == contenu
    assert magasin.noms() == [rang(fichier.sha256)]


async def test_ouvert_se_lit_par_morceaux(banc: Banc) -> None:
    fichier = await banc.poser(UN_PDF * 200_000, "gros.pdf", "application/pdf")
    with await banc.ouvrir().ouvrir(fichier.sha256) as ouvert:
        assert ouvert.read(5) == b"%PDF-"
        ouvert.seek(-2, 2)
        assert ouvert.read() == UN_PDF[-2:]


async def test_magasin_injoignable_n_est_pas_un_refus() -> None:
    absent = StockageS3(ReglagesS3("127.0.0.1:9", "fichiers", "cle", "secret", "us-east-1", tls=False))
    for essai in (absent.poser(UN_PDF, "a.pdf"), absent.lire("0" * 64), absent.existe("0" * 64)):
        with pytest.raises(StockageInjoignable):
            await essai


async def test_un_compartiment_absent_n_est_pas_un_fichier_absent(magasin: Magasin) -> None:
    ailleurs = StockageS3(replace(magasin.reglages, compartiment="inconnu"))
    with pytest.raises(StockageInjoignable):
        await ailleurs.poser(UN_PDF, "a.pdf")


async def test_an_erased_content_is_no_longer_there(banc: Banc) -> None:
    pose = await banc.poser(UN_PDF, "zoe.pdf")
    garde = await banc.poser(b"a;b\n1;2\n", "tarif.csv", CSV)
    for _ in range(2):
        await banc.ouvrir().effacer(pose.sha256)
    assert not await banc.ouvrir().existe(pose.sha256)
    with pytest.raises(FichierIntrouvable):
        await banc.lire(pose.sha256)
    assert await banc.lire(garde.sha256) == b"a;b\n1;2\n"
