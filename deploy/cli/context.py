"""What every subcommand reads first: the settings, or a clear refusal."""

import typer
from pydantic import ValidationError

from shared.settings import Settings


def read_settings() -> Settings:
    """The settings of this process; exit code 2 and one line per problem when they cannot be accepted."""
    try:
        return Settings()
    except ValidationError as error:
        for problem in error.errors():
            typer.secho(f"Réglage refusé : {problem['msg']}", fg="red", err=True)
        raise typer.Exit(2) from error
