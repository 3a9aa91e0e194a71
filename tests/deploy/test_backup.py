"""`amanela backup`, `restore`, `export`: an installation comes back whole, elsewhere or at another day, or leaves as tables."""

import asyncio
import csv
import io
import os
import sys
import tarfile
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import text

from deploy.backup.archive import back_up, put_back
from deploy.backup.errors import BackupFailed
from deploy.backup.instant import one_instant
from deploy.platform import open_platform
from deploy.processes import rabbit
from deploy.topology import PARTS
from services.contacts.tiers import use_cases
from services.contacts.tiers.schemas import SaisieTiers
from shared.bus.relay import Relay
from shared.database.database import Database
from shared.fichiers.stockage import StockageLocal
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.settings import Mode, Settings
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.fixtures import ServiceDatabase, folder_for_servers
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import SECRET, Equipe
from tests.journeys.systeme import Systeme, embarque

pytestmark = pytest.mark.timeout(400)
A_PDF = b"%PDF-1.7\n%\xe2\xe3\nun plan"
Bases = Mapping[str, Database]


async def amanela(*arguments: str | Path, **variables: str) -> tuple[int, str]:
    """The command, in a process of its own: its exit code and all it printed."""
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "deploy.cli", *map(str, arguments), env=os.environ | variables,
        stdout=asyncio.subprocess.PIPE, stderr=asyncio.subprocess.STDOUT,
    )  # fmt: skip
    said, _ = await process.communicate()
    return process.returncode or 0, " ".join(said.decode().split())


async def test_a_living_installation_comes_back_elsewhere_with_its_files_and_its_accounts() -> None:
    with folder_for_servers() as folder:
        here, elsewhere, night = folder / "ici", folder / "ailleurs", folder / "nuit.tar"
        here.mkdir()
        elsewhere.mkdir()
        async with embarque(here) as systeme:
            town, plan = await _a_town_and_its_plan(systeme)
            code, said = await amanela("backup", night, "--folder", here / "donnees")
            assert code == 0, said
            await _join(systeme, town, "apres.pdf", A_PDF + b" suivant")
            refused, why = await amanela("restore", night, "--folder", here / "donnees", "--replace")
            assert (refused, why[:35]) == (1, "Amanela tourne sur ce dossier : arr")
            code, said = await amanela("export", folder / "tout", "--folder", here / "donnees")
            assert code == 0, said
        assert night.stat().st_mode & 0o077 == 0
        code, said = await amanela("restore", night, "--folder", elsewhere / "donnees")
        assert code == 0, said
        async with embarque(elsewhere) as systeme:
            gens = Equipe(systeme)
            claire = await gens.entrer("claire", SECRET)
            (seen,) = (await claire.lire(f"/contacts/tiers/{town}/fichiers"))["elements"]
            assert (seen["nom"], await claire.fichier(f"/contacts/tiers/{town}/fichiers/{seen['id']}/contenu")) == (
                plan,
                A_PDF,
            )
            await claire.client.aclose()
        _is_readable(folder / "tout", town)


async def _a_town_and_its_plan(systeme: Systeme) -> tuple[str, str]:
    gens = Equipe(systeme)
    await gens.embaucher()
    town = await gens.claire.creer(
        "/contacts/tiers", {"nom": "Mairie de Saint-Étienne", "roles": ["client"], "adresses": [ANNECY]}
    )
    await _join(systeme, town["id"], "plan.pdf", A_PDF)
    await gens.partir()
    return str(town["id"]), "plan.pdf"


async def _join(systeme: Systeme, town: str, name: str, content: bytes) -> None:
    claire = await Equipe(systeme).entrer("claire", SECRET)
    address = f"/api/contacts/tiers/{town}/fichiers/{new_id()}"
    answer = await claire.client.put(
        address, params={"nom": name}, content=content, headers={"Content-Type": "application/pdf"}
    )
    assert answer.status_code == 200, answer.text
    await claire.client.aclose()


def _is_readable(folder: Path, town: str) -> None:
    """Tables that a spreadsheet opens, files that open by a double click, and nothing that lets anybody in."""
    tiers = _rows(folder / "contacts" / "tiers.csv")
    assert [row["nom"] for row in tiers if row["id"] == town] == ["Mairie de Saint-Étienne"]
    assert [path.read_bytes() for path in (folder / "fichiers").glob("*.pdf")].count(A_PDF) == 1
    assert any(town in str(row) for row in _rows(folder / "contacts" / "audit.csv"))
    accounts = _rows(folder / "gateway" / "compte.csv")
    assert {"admin", "claire"} <= {row["identifiant"] for row in accounts}
    assert not {"mot_de_passe", "totp_secret"} & set(accounts[0])
    assert not list(folder.rglob("session.csv")) + list(folder.rglob("outbox.csv")) + list(folder.rglob("copie_*.csv"))
    assert "séparateur point-virgule" in (folder / "LISEZ-MOI.txt").read_text(encoding="utf-8")


def _rows(table: Path) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(table.read_text(encoding="utf-8-sig")), delimiter=";"))


@pytest.fixture
async def bases(service_database: ServiceDatabase) -> Bases:
    """The eight databases, empty."""
    return {part.name: await service_database(part.name) for part in PARTS}


@pytest.fixture
def settings(bases: Bases, tmp_path: Path, broker: Broker) -> Settings:
    """A server installation of them."""
    return Settings(
        mode=Mode.SERVER,
        database_urls={name: base.url.render_as_string(hide_password=False) for name, base in bases.items()},
        amqp_url=broker.url,
        amqp_prefix=broker.prefix,
        token_secret="t" * 40,
        session_secret="s" * 40,
        storage_folder=tmp_path / "fichiers",
        database_pool=2,
    )


@pytest.fixture
def stockage(settings: Settings) -> StockageLocal:
    """Its files."""
    return StockageLocal(settings.storage_folder)


async def test_no_view_knows_a_fact_that_another_has_not_announced(bases: Bases, settings: Settings) -> None:
    """Somebody announces in demandes: the views wait for him, and meanwhile nothing can be announced in contacts."""
    announce = text(
        "INSERT INTO outbox (id, type, key, acteur_nom, occurred_at, payload)"
        " VALUES (:id, 'demandes.essai.v1', :id, 'Camille', now(), '{}')"
    )
    fact = {"id": new_id()}
    seen: dict[str, list[UUID]] = {}

    async def look() -> None:
        async with one_instant(settings) as views:
            for view in views:
                seen[view.part.name] = [row[0] for row in await view.connection.fetch("SELECT id FROM outbox")]

    async with bases["demandes"].engine.connect() as busy:
        await busy.execute(announce, fact)
        looking = asyncio.create_task(look())
        waiting = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'outbox'::regclass"
        await eventually(lambda: _first(bases["demandes"], waiting))
        held = "SELECT count(*) FROM pg_locks WHERE granted AND mode = 'ShareLock' AND relation = 'outbox'::regclass"
        assert await eventually(lambda: _first(bases["contacts"], held)) == 1
        assert not seen
        await busy.commit()
        await looking
    assert seen == {part.name: [fact["id"]] if part.name == "demandes" else [] for part in PARTS}
    assert await _first(bases["contacts"], held) == 0


async def test_back_to_another_day_what_was_on_its_way_leaves_again_and_later_messages_are_gone(
    bases: Bases, settings: Settings, stockage: StockageLocal, actor: Actor, tmp_path: Path
) -> None:
    async with bases["contacts"].transaction(actor) as tx:
        await use_cases.creer(tx, SaisieTiers(nom="Mairie de Lyon", roles=["client"]))
    await _run(bases["contacts"], "UPDATE outbox SET published_at = now()")  # sent, but nobody handled it yet
    await back_up(settings, stockage, [], tmp_path / "nuit.tar")

    async with bases["contacts"].transaction(actor) as tx:
        await use_cases.creer(tx, SaisieTiers(nom="Mairie de Nîmes", roles=["client"]))
    transport = rabbit(settings)
    assert await Relay(bases["contacts"], transport).sweep_once()
    _, facts = await put_back(settings, stockage, [], tmp_path / "nuit.tar", replace=True)
    try:
        queues = [queue.name for queue in transport.topology.queues]
        assert set((await transport.depths(queues)).values()) == {0}
    finally:
        await transport.close()
    assert facts == len(await _rows_of(bases["contacts"], "SELECT id FROM outbox WHERE published_at IS NULL")) > 0
    async with open_platform(settings.model_copy(update={"mode": Mode.EMBEDDED})) as platform:
        await platform.drain()
        assert await _rows_of(platform.database("demandes"), "SELECT nom FROM copie_tiers") == [("Mairie de Lyon",)]


async def test_nothing_is_changed_by_what_cannot_be_put_back(
    bases: Bases, settings: Settings, stockage: StockageLocal, actor: Actor, tmp_path: Path
) -> None:
    await stockage.poser(A_PDF, "plan.pdf")
    night = tmp_path / "nuit.tar"
    await back_up(settings, stockage, [], night)
    async with bases["contacts"].transaction(actor) as tx:
        await use_cases.creer(tx, SaisieTiers(nom="Mairie de Lyon", roles=["client"]))
    cut, newer, other, altered = (tmp_path / f"{nom}.tar" for nom in ("coupee", "demain", "autre", "alteree"))
    cut.write_bytes(night.read_bytes()[: night.stat().st_size // 2])
    other.write_bytes(b"autre chose")
    _rewrite(night, newer, b'"contacts": "0', b'"contacts": "9')
    _rewrite(night, altered, b"un plan", b"un faux")
    refusals = {
        cut: "incomplète",
        other: "incomplète",
        newer: "version plus récente",
        night: "contient déjà des données",
    }
    for source, why in refusals.items():
        with pytest.raises(BackupFailed, match=why):
            await put_back(settings, stockage, [], source, replace=source is not night)
    assert await _rows_of(bases["contacts"], "SELECT nom FROM tiers") == [("Mairie de Lyon",)]


def _rewrite(source: Path, target: Path, before: bytes, after: bytes) -> None:
    """The same backup, some bytes of its manifest or files changed for as many others."""
    with tarfile.open(source) as read, tarfile.open(target, "w") as written:
        for entry in read.getmembers():
            file = read.extractfile(entry)
            assert file is not None
            is_dump = entry.name.startswith("databases/")
            content = file.read() if is_dump else file.read().replace(before, after)
            written.addfile(entry, io.BytesIO(content))


async def test_a_damaged_file_is_told_and_the_rest_is_saved(
    settings: Settings, stockage: StockageLocal, tmp_path: Path
) -> None:
    whole, damaged = await stockage.poser(A_PDF, "a.pdf"), await stockage.poser(A_PDF + b"2", "b.pdf")
    path = settings.storage_folder / damaged.sha256[:2] / damaged.sha256[2:4] / damaged.sha256
    path.chmod(0o600)
    path.write_bytes(b"%PDF- abime")
    done = await back_up(settings, stockage, [], tmp_path / "nuit.tar")
    assert (done.files, done.damaged) == (1, [damaged.sha256])
    again = StockageLocal(tmp_path / "ailleurs")
    await put_back(settings, again, [], tmp_path / "nuit.tar", replace=True)
    assert [sha256 async for sha256 in again.lister()] == [whole.sha256]


async def _run(base: Database, statement: str) -> None:
    async with base.engine.begin() as connection:
        await connection.execute(text(statement))


async def _first(base: Database, query: str) -> Any:
    async with base.read() as session:
        return await session.scalar(text(query))


async def _rows_of(base: Database, query: str) -> list[tuple[Any, ...]]:
    await base.engine.dispose()  # its database was replaced
    async with base.read() as session:
        return [tuple(row) for row in await session.execute(text(query))]
