"""Migrations: the database is made, several callers wait for each other, the platform tables are there."""

import asyncio
from pathlib import Path

import pytest
from sqlalchemy.engine import make_url

from shared.database import migrations
from shared.database.database import Database
from shared.database.engine import ensure_database
from tests.shared.database.modele import rows

SOCLE = '''"""Platform tables."""

from alembic import op

from shared.database import socle

revision = "0001"
down_revision = None


def upgrade() -> None:
    socle.upgrade(op)
'''
SUITE = '''"""A table of the service."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.create_table("fiche", sa.Column("id", sa.Uuid, primary_key=True))
'''


@pytest.fixture
def versions(tmp_path: Path) -> Path:
    """The migrations of a service of these tests."""
    (tmp_path / "0001_socle.py").write_text(SOCLE)
    (tmp_path / "0002_fiche.py").write_text(SUITE)
    return tmp_path


async def test_a_missing_database_is_made_and_brought_to_its_last_migration(
    empty_database_url: str, versions: Path
) -> None:
    url = make_url(empty_database_url)
    await asyncio.gather(*(migrations.upgrade("essai", url, versions=versions) for _ in range(3)))
    assert not await migrations.pending("essai", url, versions=versions)
    database = Database("essai", url)
    tables = {name for (name,) in await rows(database, "SELECT tablename FROM pg_tables WHERE schemaname = 'public'")}
    platform = {"outbox", "inbox", "parked", "attempt", "audit", "idempotence", "compteur"}
    assert tables == platform | {"fiche", "alembic_version"}
    await database.close()


async def test_what_is_left_to_do_is_known(empty_database_url: str, versions: Path) -> None:
    await migrations.upgrade("essai", empty_database_url, revision="0001", versions=versions)
    assert await migrations.pending("essai", empty_database_url, versions=versions)


async def test_a_database_is_created_once(empty_database_url: str) -> None:
    await ensure_database(empty_database_url)
    await ensure_database(empty_database_url)


def test_a_service_without_package_is_an_error() -> None:
    with pytest.raises(LookupError):
        migrations.versions_of("inexistant")
