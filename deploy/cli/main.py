"""`amanela ...`: each subcommand loads only what it needs."""

import asyncio
import sys
from pathlib import Path
from typing import Annotated

import typer
import uvloop

from deploy.cli import backup, events, fil
from deploy.cli.context import read_settings
from deploy.topology import BY_NAME, PARTS, Part

app = typer.Typer(
    no_args_is_help=True, add_completion=False, help="Amanela : du premier appel à la visite d’entretien."
)
app.add_typer(events.app, name="events")
app.add_typer(fil.app, name="fil")
for command in (backup.backup, backup.restore, backup.export):
    app.command()(command)

Service = Annotated[str, typer.Argument(help="Nom d’un service, ou gateway.")]


def _part(name: str) -> Part:
    if name not in BY_NAME:
        raise typer.BadParameter(f"« {name} » n’est pas un service ; choisissez parmi {', '.join(BY_NAME)}.")
    return BY_NAME[name]


@app.command()
def demo(
    host: Annotated[str, typer.Option(help="Interface d’écoute ; 0.0.0.0 pour le réseau local.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(help="Port, ou le premier libre qui suit.")] = 8000,
    folder: Annotated[Path, typer.Option(help="Dossier des données.")] = Path(".amanela"),
    empty: Annotated[bool, typer.Option("--empty", help="Sans la société de démonstration.")] = False,
    front: Annotated[bool, typer.Option(help="Construire l’interface quand ses sources ont changé.")] = True,
) -> None:
    """Tout dans un seul processus, sans rien installer d’autre : pour essayer, ou pour un petit bureau."""
    from deploy import embedded
    from deploy.embedded_lock import Ground

    ground = Ground(folder)
    if not ground.take():
        address = ground.address_of_owner()
        typer.echo(
            f"Amanela tourne déjà : {address}" if address else "L’autre processus vient de s’arrêter ; relancez."
        )
        raise typer.Exit(0 if address else 1)
    beside = [_front] if front else []
    uvloop.run(embedded.run(ground, host=host, port=port, with_demo=not empty, beside=beside, say=typer.echo))


def _front() -> None:
    """Styles and scripts; their absence is said, pages still work."""
    from deploy.frontend import FrontendError, build

    try:
        if build():
            typer.echo("Interface construite.")
    except FrontendError as error:
        typer.secho(str(error), fg="yellow", err=True)


@app.command()
def up(
    services: Annotated[list[str] | None, typer.Argument(help="Seulement ceux-ci, sur cette machine.")] = None,
) -> None:
    """Tous les processus d’un serveur : migrations, puis HTTP et travaux de chaque service, surveillés."""
    from deploy.platform import migrate as migrate_parts
    from deploy.serving import stop_requested
    from deploy.supervisor import children, supervise
    from shared.logging import configure_logging

    settings = read_settings()
    parts = [_part(name) for name in services] if services else list(PARTS)
    configure_logging(settings, process="up")

    async def live() -> None:
        stop = stop_requested()
        await migrate_parts(parts, settings)
        await supervise(children(parts), stop)

    uvloop.run(live())


@app.command()
def serve(service: Service, port: Annotated[int | None, typer.Option(help="Autre port que le sien.")] = None) -> None:
    """Le côté HTTP d’un service."""
    from deploy import processes

    uvloop.run(processes.serve(_part(service), read_settings(), port))


@app.command()
def worker(
    service: Service, metrics_port: Annotated[int | None, typer.Option(help="Port des mesures Prometheus.")] = None
) -> None:
    """Le côté faits d’un service : envoi, réactions, travaux, reprises."""
    from deploy import processes

    uvloop.run(processes.work(_part(service), read_settings(), metrics_port))


@app.command()
def migrate(service: Annotated[str | None, typer.Argument(help="Un seul service.")] = None) -> None:
    """Crée les bases qui manquent et applique les migrations."""
    from deploy.platform import migrate as migrate_parts

    parts = PARTS if service is None else (_part(service),)
    asyncio.run(migrate_parts(parts, read_settings()))
    typer.echo(f"À jour : {', '.join(part.name for part in parts)}.")


@app.command()
def settings(
    markdown: Annotated[bool, typer.Option("--markdown", help="Page de documentation, sans les valeurs.")] = False,
) -> None:
    """Les réglages et leurs valeurs, secrets masqués."""
    from deploy.pages import settings_page, settings_values

    sys.stdout.write(settings_page() if markdown else settings_values(read_settings()))
