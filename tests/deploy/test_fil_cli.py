"""`amanela fil reconstruire` on a real database: what it prints, and that a wiped life is there again."""

import asyncio

import pytest
from sqlalchemy import text
from typer.testing import CliRunner

from deploy.cli.main import app
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.testing.fixtures import ServiceDatabase
from tests.builders.inventory import circuler, recu, un_atelier, une_reception

runner = CliRunner()


@pytest.fixture
async def vecu(service_database: ServiceDatabase, actor: Actor, monkeypatch: pytest.MonkeyPatch) -> Database:
    """Two telephones came in, then their lives were wiped."""
    database = await service_database("inventory")
    monkeypatch.setenv("AMANELA_DATABASE_URL_INVENTORY", database.url.render_as_string(hide_password=False))
    atelier = await un_atelier(database, actor)
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "2", ("T1", "T2"))))
    await circuler(database)
    async with database.transaction(actor) as tx:
        await tx.execute(text("DELETE FROM fil_de_vie"))
    return database


async def _titres(database: Database) -> list[str]:
    copie = Database("inventory", database.url)  # the loop of the fixtures is not this one
    try:
        async with copie.read() as session:
            return list(await session.scalars(text("SELECT titre FROM fil_de_vie")))
    finally:
        await copie.close()


def test_a_wiped_fil_is_told_again(vecu: Database) -> None:
    assert asyncio.run(_titres(vecu)) == []
    done = runner.invoke(app, ["fil", "reconstruire"])
    assert done.exit_code == 0, done.output
    assert "2 faits racontés." in done.output
    assert "Événements : 2 écrits, 0 retirés." in done.output
    assert len(asyncio.run(_titres(vecu))) == 2
    assert "Événements : 0 écrits, 0 retirés." in runner.invoke(app, ["fil", "reconstruire"]).output


def test_an_absent_database_is_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("AMANELA_DATABASE_URL_INVENTORY", "postgresql://personne@127.0.0.1:1/rien")
    refused = runner.invoke(app, ["fil", "reconstruire"])
    assert refused.exit_code == 1
    assert "base injoignable" in refused.output
