"""Tables searched by the beginnings of words: one column, one index, one condition."""

from typing import Any

from sqlalchemy import ColumnElement, Computed, func
from sqlalchemy.dialects.postgresql import TSVECTOR
from sqlalchemy.orm import Mapped, mapped_column

from shared.kernel.search import requete_recherche


class Cherchable:
    """A table whose `recherche_texte` is searched. Add `Index("ix_<table>_recherche", "recherche", postgresql_using="gin")`."""

    recherche_texte: Mapped[str] = mapped_column(default="", info={"audit": False}, sort_order=90)
    recherche: Mapped[Any] = mapped_column(
        TSVECTOR,
        Computed("to_tsvector('simple', recherche_texte)", persisted=True),
        info={"audit": False},
        deferred=True,
        sort_order=91,
    )


def correspond(table: type[Cherchable], saisie: str | None) -> ColumnElement[bool] | None:
    """The condition of a list on what was typed; None when there is nothing to search."""
    texte = requete_recherche(saisie)
    return table.recherche.op("@@")(func.to_tsquery("simple", texte)) if texte else None
