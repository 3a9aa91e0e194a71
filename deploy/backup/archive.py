"""One tar file: a dump of each database, the keys, every kept file, and last a manifest that says it is whole."""

import asyncio
import json
import os
import shutil
import tarfile
import tempfile
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from io import BytesIO
from pathlib import Path
from typing import IO

from sqlalchemy.engine import make_url

from deploy.backup.errors import BackupFailed
from deploy.backup.facts import send_what_was_on_its_way
from deploy.backup.instant import View, one_instant
from deploy.platform import migrate, present
from deploy.topology import BY_NAME, PARTS
from shared.database.engine import connect, ensure_database
from shared.fichiers.errors import FichierAltere, FichierIntrouvable
from shared.fichiers.stockage import Stockage, empreinte
from shared.kernel.clock import SystemClock
from shared.local_postgres import program
from shared.settings import Settings

FORMAT = 1
MANIFEST = "manifest.json"
DATABASES, KEYS, FILES = "databases/", "keys/", "files/"
REVISION = "SELECT version_num FROM alembic_version"
NEWER_SETTING = b"SET transaction_timeout = 0;"
HAS_TABLES = "SELECT EXISTS (SELECT FROM pg_tables WHERE schemaname = 'public')"
NOT_WHOLE = "Cette sauvegarde est incomplète ou n’en est pas une : rien n’a été changé. Prenez-en une autre."
NEWER = "Cette sauvegarde vient d’une version plus récente d’Amanela. Installez cette version, puis recommencez."
NOT_EMPTY = (
    "La base « {name} » contient déjà des données : rien n’a été changé. Arrêtez Amanela, puis ajoutez --replace pour "
    "remplacer tout ce qu’elle contient."
)
FAILED = "{program} a échoué : {said}"


@dataclass(frozen=True, slots=True)
class Manifest:
    """What a backup holds. `revisions`: the last migration of each database. `damaged`: files that could not be read."""

    format: int
    taken_at: str
    revisions: dict[str, str]
    files: int
    damaged: list[str]


async def back_up(settings: Settings, stockage: Stockage, keys: Iterable[Path], target: Path) -> Manifest:
    """Write `target`, whole or not at all, while people work; BackupFailed.

    Files are copied after the databases: a row of theirs never names a file that is not there yet.
    """
    taken_at, revisions = SystemClock().now().isoformat(timespec="seconds"), dict[str, str]()
    draft = target.with_name(f"{target.name}.part")
    try:
        with tempfile.TemporaryDirectory(dir=target.parent) as work, tarfile.open(draft, "w") as archive:
            draft.chmod(0o600)
            async with one_instant(settings) as views:
                for view in views:
                    dump = Path(work) / f"{view.part.name}.dump"
                    await _dump(view, dump)
                    revisions[view.part.name] = await view.connection.fetchval(REVISION)
                    await asyncio.to_thread(archive.add, dump, f"{DATABASES}{dump.name}")
                    dump.unlink()
            for key in keys:
                if key.exists():
                    archive.add(key, f"{KEYS}{key.name}")
            copied, damaged = await _copy_files(stockage, archive)
            manifest = Manifest(FORMAT, taken_at, revisions, copied, damaged)
            content = json.dumps(asdict(manifest), indent=2).encode()
            _add(archive, MANIFEST, BytesIO(content), len(content))
        draft.replace(target)
    finally:
        draft.unlink(missing_ok=True)
    return manifest


async def _dump(view: View, target: Path) -> None:
    options = ("--format=custom", "--no-owner", f"--snapshot={view.snapshot}", f"--file={target}")
    await _run("pg_dump", *options, url=view.url)


async def _copy_files(stockage: Stockage, archive: tarfile.TarFile) -> tuple[int, list[str]]:
    copied, damaged = 0, list[str]()
    async for sha256 in stockage.lister():
        try:
            with await stockage.ouvrir(sha256) as content:
                size = content.seek(0, os.SEEK_END)
                content.seek(0)
                await asyncio.to_thread(_add, archive, f"{FILES}{sha256}", content, size)
                copied += 1
        except (FichierAltere, FichierIntrouvable):  # damaged on the disk, or erased since it was listed
            damaged.append(sha256)
    return copied, damaged


def _add(archive: tarfile.TarFile, name: str, content: IO[bytes], size: int) -> None:
    entry = tarfile.TarInfo(name)
    entry.size = size
    archive.addfile(entry, content)


async def put_back(
    settings: Settings, stockage: Stockage, keys: Iterable[Path], source: Path, *, replace: bool
) -> tuple[Manifest, int]:
    """Fill the databases, the store and `keys` from `source`, then bring all up to date; what it held, facts to send again.

    BackupFailed when it is not whole, newer than this program, or when there is something here and not `replace`.
    """
    with _opened(source) as archive:
        manifest = read_manifest(archive)
        filled = [part for part in present(PARTS) if not await _is_empty(settings.database_of(part.name))]
        if filled and not replace:
            raise BackupFailed(NOT_EMPTY.format(name=filled[0].database))
        for part in filled:
            await _drop(settings.database_of(part.name))
        for name in manifest.revisions:
            await _restore(archive, name, settings.database_of(name))
        for entry in _files(archive):
            with _content(archive, entry.name) as content:
                await stockage.remettre(entry.name.removeprefix(FILES), content)
        for key in keys:
            if f"{KEYS}{key.name}" in archive.getnames():
                with _content(archive, f"{KEYS}{key.name}") as content:
                    _write_key(key, content.read())
    await migrate(PARTS, settings)
    return manifest, await send_what_was_on_its_way(settings)


def _opened(source: Path) -> tarfile.TarFile:
    try:
        return tarfile.open(source, "r:")
    except (tarfile.TarError, OSError) as error:
        raise BackupFailed(NOT_WHOLE) from error


def read_manifest(archive: tarfile.TarFile) -> Manifest:
    """The manifest of a whole backup that this program understands, each file being what its name says; BackupFailed otherwise."""
    try:
        with _content(archive, MANIFEST) as content:
            manifest = Manifest(**json.load(content))
        is_whole = len(_files(archive)) == manifest.files and all(_is_intact(archive, e.name) for e in _files(archive))
    except (KeyError, ValueError, TypeError, EOFError, tarfile.TarError) as error:
        raise BackupFailed(NOT_WHOLE) from error
    if not is_whole:
        raise BackupFailed(NOT_WHOLE)
    known = all(
        name in BY_NAME and any(BY_NAME[name].versions().glob(f"{revision}_*.py"))
        for name, revision in manifest.revisions.items()
    )
    if manifest.format != FORMAT or not known:
        raise BackupFailed(NEWER)
    return manifest


def _files(archive: tarfile.TarFile) -> list[tarfile.TarInfo]:
    return [entry for entry in archive.getmembers() if entry.name.startswith(FILES)]


def _content(archive: tarfile.TarFile, name: str) -> IO[bytes]:
    """The bytes of an entry; KeyError when it is not there, or is no file."""
    content = archive.extractfile(name)
    if content is None:
        raise KeyError(name)
    return content


def _is_intact(archive: tarfile.TarFile, name: str) -> bool:
    with _content(archive, name) as content:
        return empreinte(content) == name.removeprefix(FILES)


async def _is_empty(url: str) -> bool:
    """Whether the database has no table; it is created when missing."""
    await ensure_database(url)
    connection = await connect(url)
    try:
        return not await connection.fetchval(HAS_TABLES)
    finally:
        await connection.close()


async def _drop(url: str) -> None:
    """Replace a database by an empty one."""
    target = make_url(url)
    connection = await connect(target.set(database="postgres"))
    try:
        await connection.execute(f'DROP DATABASE "{target.database}" WITH (FORCE)')
    finally:
        await connection.close()
    await ensure_database(target)


async def _restore(archive: tarfile.TarFile, name: str, url: str) -> None:
    with tempfile.TemporaryDirectory() as work:
        dump, script = Path(work) / "dump", Path(work) / "script.sql"
        with _content(archive, f"{DATABASES}{name}.dump") as content, dump.open("wb") as copy:
            await asyncio.to_thread(shutil.copyfileobj, content, copy)
        await _run("pg_restore", "--no-owner", f"--file={script}", str(dump))
        await asyncio.to_thread(_leave_out_newer_settings, script)
        options = ("--no-psqlrc", "--quiet", "--output=/dev/null", "--set=ON_ERROR_STOP=1", "--single-transaction")
        await _run("psql", *options, f"--file={script}", url=url)


def _leave_out_newer_settings(script: Path) -> None:
    """The program sets what servers before PostgreSQL 17 do not know; the value is their default anyway."""
    with script.open("r+b") as content:
        beginning = content.read(4096)
        content.seek(0)
        content.write(beginning.replace(NEWER_SETTING, b"--" + b" " * (len(NEWER_SETTING) - 2)))


def _write_key(path: Path, content: bytes) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_bytes(content)


async def _run(name: str, *arguments: str, url: str = "") -> None:
    """A program of PostgreSQL, on the database of `url`; the password travels in the environment, which others cannot read."""
    environment, address = dict(os.environ), []
    if url:
        target = make_url(url).set(drivername="postgresql")
        address = [f"--dbname={target.set(password=None).render_as_string(hide_password=False)}"]
        environment |= {"PGPASSWORD": str(target.password)} if target.password else {}
    process = await asyncio.create_subprocess_exec(
        program(name), *arguments, *address, env=environment, stderr=asyncio.subprocess.PIPE
    )
    _, said = await process.communicate()
    if process.returncode:
        raise BackupFailed(FAILED.format(program=name, said=said.decode(errors="replace").strip()))
