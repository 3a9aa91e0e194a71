"""`amanela fil`: what an operator does to the fil de vie."""

import asyncio

import typer
from rich.console import Console
from sqlalchemy.exc import SQLAlchemyError

from deploy.cli.context import read_settings
from deploy.topology import BY_NAME

app = typer.Typer(no_args_is_help=True, help="Le fil de vie des objets.")
console = Console()
SAID_EVERY = 10_000


@app.callback()
def fil() -> None:
    """Le fil de vie des objets."""


@app.command()
def reconstruire() -> None:
    """Raconte de nouveau la vie de chaque objet depuis les faits gardés, sans rien arrêter ; on peut l’interrompre."""
    try:
        asyncio.run(_rebuild())
    except KeyboardInterrupt as stop:
        console.print("Interrompu : le fil de vie est resté tel qu’il était.")
        raise typer.Exit(130) from stop
    except (OSError, SQLAlchemyError) as error:
        console.print(f"inventory : base injoignable, le fil de vie est resté tel qu’il était ({error})", style="red")
        raise typer.Exit(1) from error


async def _rebuild() -> None:
    from deploy.platform import open_database
    from services.inventory.fil import jobs
    from services.inventory.subscriptions import RECITS

    part, said = BY_NAME["inventory"], 0

    def progress(told: int) -> None:
        nonlocal said
        if told - said >= SAID_EVERY:
            said = told
            console.print(f"{_number(told)} faits racontés…")

    database = open_database(part, read_settings())
    try:
        done = await jobs.reconstruire(database, RECITS, progress)
    finally:
        await database.close()
    console.print(f"{_number(done.faits)} faits racontés.")
    console.print(
        f"Événements : {_number(done.evenements_ecrits)} écrits, {_number(done.evenements_retires)} retirés. "
        f"Liens : {_number(done.liens_ecrits)} écrits, {_number(done.liens_retires)} retirés."
    )


def _number(value: int) -> str:
    return f"{value:,}".replace(",", "\u202f")
