"""`amanela events`: what an operator sees of the facts, and does about those that stopped."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

import orjson
import typer
from rich.console import Console
from rich.table import Table
from sqlalchemy.exc import SQLAlchemyError

from deploy.cli.context import read_settings
from deploy.topology import BY_NAME, PARTS, Part
from shared.bus.operations import Operations
from shared.kernel.clock import PARIS, SystemClock

app = typer.Typer(no_args_is_help=True, help="Faits en attente, arrêtés ou à renvoyer.")
console = Console()
T = TypeVar("T")
AGO = re.compile(r"^(\d+)\s*(min|h|j)$")
UNITS = {"min": timedelta(minutes=1), "h": timedelta(hours=1), "j": timedelta(days=1)}

Service = Annotated[str | None, typer.Option("--service", "-s", help="Un seul service ; sinon tous.")]


def _parts(service: str | None) -> list[Part]:
    if service is not None and service not in BY_NAME:
        raise typer.BadParameter(f"« {service} » n’est pas un service ; choisissez parmi {', '.join(BY_NAME)}.")
    return [part for part in PARTS if service in (None, part.name) and part.exists()]


def _each(service: str | None, work: Callable[[Operations], Awaitable[T]]) -> dict[str, T]:
    """Do `work` on the database of each part; one that is unreachable is told and left."""
    settings = read_settings()

    async def all_of_them() -> dict[str, T]:
        found: dict[str, T] = {}
        for part in _parts(service):
            try:
                found[part.name] = await work(Operations(settings.database_of(part.name)))
            except (OSError, SQLAlchemyError) as error:
                console.print(f"[red]{part.name} : base injoignable ({error})[/red]")
        return found

    return asyncio.run(all_of_them())


def _moment(text: str) -> datetime:
    """An instant: "2026-03-17", "2026-03-17T08:30", or an age such as "90 min", "6h", "2j"."""
    if (age := AGO.match(text.strip())) is not None:
        return SystemClock().now() - int(age[1]) * UNITS[age[2]]
    try:
        read = datetime.fromisoformat(text)
    except ValueError as error:
        raise typer.BadParameter("attendu : 2026-03-17, 2026-03-17T08:30, ou un âge comme 90min, 6h, 2j") from error
    return read if read.tzinfo else read.replace(tzinfo=PARIS)


@app.command("list")
def list_(
    service: Service = None,
    state: Annotated[str | None, typer.Option(help="waiting ou parked ; sinon les deux.")] = None,
) -> None:
    """Ce qui attend, service par service, et chaque fait mis de côté avec sa raison."""
    totals = Table("service", "à envoyer", "plus ancien", "en reprise", "arrêtés", "conservés")
    for name, counts in _each(service, lambda operations: operations.counts()).items():
        oldest = _local(counts.oldest_unsent)
        totals.add_row(name, *map(str, (counts.unsent, oldest, counts.waiting, counts.parked, counts.kept)))
    console.print(totals)
    for name, rows in _each(service, lambda operations: operations.stopped(state)).items():
        for row in rows:
            when = f"prochain essai {_local(row.next_at)}" if row.next_at else "arrêté"
            console.print(f"[bold]{row.message_id}[/bold] {row.type} → {name}.{row.subscription}")
            console.print(
                f"  {row.state}, {row.attempts} essais, depuis {_local(row.first_at)}, {when}", highlight=False
            )
            console.print(f"  {row.error}", style="red", markup=False)


@app.command()
def show(message: Annotated[UUID, typer.Argument(help="Identifiant du fait.")]) -> None:
    """Un fait entier : annoncé, mis de côté, traité, dans chaque service."""
    seen = False
    for name, known in _each(None, lambda operations: operations.show(message)).items():
        if known.announced or known.stopped or known.handled:
            seen = True
            console.print(f"[bold]{name}[/bold]")
            body = {"annoncé": known.announced, "mis de côté": known.stopped, "traité": known.handled}
            console.print_json(orjson.dumps({k: v for k, v in body.items() if v}, default=str).decode())
    if not seen:
        console.print("Aucun service ne connaît ce fait.")
        raise typer.Exit(1)


@app.command()
def replay(
    message: Annotated[UUID | None, typer.Argument(help="Un seul fait ; sinon tous ceux du filtre.")] = None,
    service: Service = None,
    subscription: Annotated[str | None, typer.Option(help="Une seule réaction.")] = None,
    everything: Annotated[bool, typer.Option("--all", help="Tous les faits arrêtés.")] = False,
) -> None:
    """Rend tous leurs essais à des faits arrêtés, une fois la cause réparée."""
    if message is None and subscription is None and service is None and not everything:
        raise typer.BadParameter("dites quel fait, quelle réaction, quel service, ou --all")
    _tell(_each(service, lambda operations: operations.replay(message, subscription)), "repris")


@app.command()
def resend(
    since: Annotated[str, typer.Option(help="Depuis quand : 2026-03-17T08:30, 90min, 6h, 2j.")],
    service: Service = None,
    fact: Annotated[str | None, typer.Option("--type", help="Un seul type de fait.")] = None,
) -> None:
    """Envoie de nouveau les faits déjà envoyés : après la perte des files de RabbitMQ. Sans danger de doublon."""
    moment = _moment(since)
    _tell(_each(service, lambda operations: operations.resend(moment, fact)), "à renvoyer")


@app.command()
def trim(
    before: Annotated[str | None, typer.Option(help="Avant quand ; sinon la durée de conservation réglée.")] = None,
    service: Service = None,
) -> None:
    """Oublie les faits livrés plus anciens que la durée de conservation."""
    moment = _moment(before) if before else _moment(f"{read_settings().retention_days}j")
    for name, removed in _each(service, lambda operations: operations.trim(moment)).items():
        console.print(f"{name} : " + ", ".join(f"{count} de {table}" for table, count in removed.items()))


def _tell(counts: dict[str, int], what: str) -> None:
    for name, count in counts.items():
        console.print(f"{name} : {count} {what}")


def _local(instant: Any) -> str:
    return instant.astimezone(PARIS).strftime("%d/%m/%Y %H:%M") if isinstance(instant, datetime) else "—"
