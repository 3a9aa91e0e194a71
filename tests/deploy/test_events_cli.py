"""`amanela events` on a real database: what it prints, what it refuses."""

from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import pytest
from typer.testing import CliRunner

from deploy.cli.main import app
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceDatabase

runner = CliRunner()


@pytest.fixture
async def contacts(service_database: ServiceDatabase, monkeypatch: pytest.MonkeyPatch) -> Database:
    database = await service_database("contacts")
    address = database.url.render_as_string(hide_password=False)
    monkeypatch.setenv("AMANELA_DATABASE_URL_CONTACTS", address)
    return database


@pytest.fixture
async def announced(contacts: Database, actor: Actor) -> UUID:
    """A fact of contacts waiting to be sent."""
    from sqlalchemy import text

    message, now = new_id(), datetime(2026, 3, 17, 8, 30, tzinfo=UTC)
    insert = text(
        "insert into outbox (id, type, key, acteur_nom, occurred_at, payload)"
        " values (:id, 'contacts.essai.v1', :id, 'Camille', :now, '{\"nom\": \"Alpha\"}')"
    )
    async with contacts.transaction(actor) as tx:
        await tx.execute(insert, {"id": message, "now": now})
    return message


def test_a_fact_is_listed_then_shown(announced: UUID) -> None:
    listed = runner.invoke(app, ["events", "list", "--service", "contacts"])
    assert listed.exit_code == 0, listed.output
    assert "17/03/2026 09:30" in listed.output
    shown = runner.invoke(app, ["events", "list", "--service", "nulle-part"])
    assert shown.exit_code == 2
    assert "pas un service" in shown.output.replace("\n", " ")


def test_replay_wants_to_know_what(contacts: Database, tmp_path: Path) -> None:
    assert runner.invoke(app, ["events", "replay"]).exit_code == 2
    replayed = runner.invoke(app, ["events", "replay", "--service", "contacts"])
    assert "contacts : 0 repris" in replayed.output


def test_resend_and_trim_say_how_many(announced: UUID) -> None:
    resent = runner.invoke(app, ["events", "resend", "--since", "2j", "--service", "contacts"])
    assert "contacts : 0 à renvoyer" in resent.output
    trimmed = runner.invoke(app, ["events", "trim", "--service", "contacts"])
    assert "0 de outbox" in trimmed.output
    assert runner.invoke(app, ["events", "resend", "--since", "hier"]).exit_code == 2
