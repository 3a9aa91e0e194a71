"""`amanela backup`, `restore`, `export`: what an operator puts aside, puts back, or takes away."""

import asyncio
from collections.abc import Awaitable, Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Annotated, TypeVar

import asyncpg
import typer

from deploy.backup.errors import BackupFailed
from deploy.cli.context import read_settings
from shared.fichiers.errors import StockageInjoignable
from shared.fichiers.stockage import Stockage
from shared.kernel.clock import PARIS
from shared.settings import Settings

SEAL, SECRETS = "cachet.pem", "secrets.json"
T = TypeVar("T")
Folder = Annotated[
    Path | None,
    typer.Option(help="Dossier d’une installation en un seul processus ; sinon les réglages de l’environnement."),
]


@dataclass(frozen=True, slots=True)
class Installation:
    """What is saved or filled. `secrets` holds the keys of an installation in one process."""

    settings: Settings
    stockage: Stockage
    secrets: Path | None

    @property
    def keys(self) -> list[Path]:
        """The files without which the rest cannot be read or signed."""
        seal = self.settings.storage_folder / SEAL
        return [seal] if self.secrets is None else [seal, self.secrets]


def backup(target: Annotated[Path, typer.Argument(help="Fichier à écrire, en .tar.")], folder: Folder = None) -> None:
    """Met tout dans un fichier (bases, pièces jointes, clés), à un même instant, sans rien arrêter."""
    from deploy.backup import archive

    with _installation(folder, alone=False) as here:
        done = _run(lambda: archive.back_up(here.settings, here.stockage, here.keys, target.resolve()))
    size = target.stat().st_size / 1_000_000
    typer.echo(
        f"Sauvegarde écrite : {target} ({size:.1f} Mo, {done.files} fichiers). Gardez-la en lieu sûr : elle dit tout."
    )
    if done.damaged:
        typer.secho(f"Illisibles, donc absents : {', '.join(done.damaged)}", fg="red", err=True)
        raise typer.Exit(1)


def restore(
    source: Annotated[Path, typer.Argument(help="Fichier écrit par `amanela backup`.")],
    folder: Folder = None,
    replace: Annotated[bool, typer.Option("--replace", help="Effacer d’abord ce que contiennent les bases.")] = False,
) -> None:
    """Remet une installation dans l’état d’une sauvegarde. Arrêtez d’abord tous les processus d’Amanela."""
    from deploy.backup import archive

    with _installation(folder, alone=True) as here:
        manifest, facts = _run(
            lambda: archive.put_back(here.settings, here.stockage, here.keys, source, replace=replace)
        )
    when = datetime.fromisoformat(manifest.taken_at).astimezone(PARIS)
    typer.echo(
        f"Remis dans l’état du {when:%d/%m/%Y à %H:%M} : {len(manifest.revisions)} bases, {manifest.files} fichiers, "
        f"{facts} faits qui étaient en chemin partiront au démarrage."
    )


def export(target: Annotated[Path, typer.Argument(help="Dossier à créer.")], folder: Folder = None) -> None:
    """Écrit tout ce que la société a saisi en tables CSV, et ses fichiers : pour partir, ou pour un autre outil."""
    from deploy.backup import tables

    if target.exists():
        raise typer.BadParameter(f"{target} existe déjà ; donnez le nom d’un dossier à créer.")
    target.mkdir(parents=True, mode=0o700)
    with _installation(folder, alone=False) as here:
        rows = _run(lambda: tables.export(here.settings, here.stockage, target))
    typer.echo(f"Écrit dans {target} : {sum(rows.values())} lignes. Commencez par LISEZ-MOI.txt.")


@contextmanager
def _installation(folder: Path | None, *, alone: bool) -> Iterator[Installation]:
    """The installation of the environment, or the one of `folder`, its database started for the time it takes."""
    from shared.means import stockage

    if folder is None:
        settings = read_settings()
        yield Installation(settings, stockage(settings), None)
        return
    from deploy.embedded import embedded_settings
    from deploy.embedded_lock import Ground
    from shared.local_postgres import LocalPostgres

    ground = Ground(folder)
    postgres = LocalPostgres(ground.folder / "postgres")
    is_ours = ground.take()
    if not is_ours and alone:
        typer.secho("Amanela tourne sur ce dossier : arrêtez-la (Ctrl+C), puis recommencez.", fg="red", err=True)
        raise typer.Exit(1)
    if is_ours:
        postgres.start()
    try:
        settings = embedded_settings(ground.folder, postgres.url)
        yield Installation(settings, stockage(settings), ground.folder / SECRETS)
        if alone:
            ground.demo_state = ""
    finally:
        if is_ours:
            postgres.stop()
            ground.release()


def _run(work: Callable[[], Awaitable[T]]) -> T:
    """Do it; what went wrong is said in one sentence, with exit code 1."""

    async def run() -> T:
        return await work()

    try:
        return asyncio.run(run())
    except (BackupFailed, StockageInjoignable) as error:
        said = str(error)
    except (OSError, asyncpg.PostgresError) as error:
        said = f"Base ou dossier injoignable : {error}"
    typer.secho(said, fg="red", err=True)
    raise typer.Exit(1)
