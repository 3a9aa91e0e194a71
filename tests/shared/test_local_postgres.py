"""The private PostgreSQL: made once, stopped, started again, adopted after a crash."""

from pathlib import Path

import asyncpg

from shared.local_postgres import LocalPostgres
from shared.testing.postgres import plain


async def answer(server: LocalPostgres, question: str) -> object:
    connection = await asyncpg.connect(plain(server.url))
    try:
        return await connection.fetchval(question)
    finally:
        await connection.close()


async def test_data_survive_a_stop_and_a_second_owner(server_folder: Path) -> None:
    server = LocalPostgres(server_folder / "postgres")
    assert not server.is_running
    server.start()
    try:
        await answer(server, "create table note as select 'gardée' as texte")
        LocalPostgres(server_folder / "postgres").start()  # a killed process left it running
        assert await answer(server, "select texte from note") == "gardée"
        server.stop()
        server.stop()
        assert not server.is_running
        server.start()
        assert await answer(server, "select texte from note") == "gardée"
        assert await answer(server, "show listen_addresses") == ""
    finally:
        server.remove()
    assert not (server_folder / "postgres").exists()


async def test_a_first_start_that_was_interrupted_begins_again(server_folder: Path) -> None:
    folder = server_folder / "postgres"
    (folder / "base").mkdir(parents=True)
    (folder / "postgresql.conf").write_text("half written")
    server = LocalPostgres(folder)
    server.start()
    try:
        assert await answer(server, "select 1") == 1
    finally:
        server.remove()


async def test_a_long_folder_name_is_no_obstacle(server_folder: Path) -> None:
    server = LocalPostgres(server_folder / ("dossier-au-nom-interminable-" * 4) / "postgres")
    server.start()
    try:
        assert await answer(server, "select 1") == 1
    finally:
        server.remove()
