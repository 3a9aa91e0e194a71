"""The reach of an actor among records, added to every statement of their session: no query says it, none can forget it.

A service says in `etendues.py` whose its records are. For an actor whose reach is narrowed, SQLAlchemy adds that clause
wherever the table is read, locked, counted or changed; a record out of reach is then one that does not exist. Statements
of an actor who reaches everything are left as they are (docs/decisions/0044).
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute, ORMExecuteState, Session, with_loader_criteria

from shared.kernel.actor import Actor
from shared.kernel.etendue import Qui
from shared.kernel.refusals import NotFound

HORS_ETENDUE = {"hors_etendue": True}  # execution options of what must see every row: chains, keys, coverage


class HorsEtendue(NotFound):
    """Cet enregistrement n’existe pas, ou n’est pas de ceux que votre rôle vous montre."""


Source = Any  # a model, or the columns of its table
AQui = Callable[[Source, Qui], ColumnElement[bool]]


@dataclass(frozen=True, slots=True)
class Regle:
    """Whose the rows of `modele` are; the rows whose column is in `suivent` (its key elsewhere) go with them."""

    genre: str
    modele: type[Any]
    a_qui: AQui
    suivent: tuple[InstrumentedAttribute[Any], ...] = ()

    @property
    def cle(self) -> InstrumentedAttribute[Any]:
        """Its key."""
        cle: InstrumentedAttribute[Any] = getattr(self.modele, self.modele.__mapper__.primary_key[0].key)
        return cle

    def atteints(self, qui: Qui) -> Select[Any]:
        """The keys of the rows reached."""
        colonnes = self.modele.__table__.c
        return select(colonnes[self.cle.key]).where(self.a_qui(colonnes, qui))


Regles = Sequence[Regle]


def options(actor: Actor, regles: Regles, session: Session) -> Iterator[Any]:
    """What to add to a statement. What the transaction already holds stays in reach until it ends: whoever hands a
    record over still reads the answer.
    """
    for regle in regles:
        qui = actor.reduit_a(regle.genre)
        if qui is None:
            continue
        tenus = _tenus(session, regle)
        siens = (regle.cle, regle.a_qui(regle.modele, qui))
        for cle, clause in (siens, *((suit, suit.in_(regle.atteints(qui))) for suit in regle.suivent)):
            atteints = or_(clause, cle.in_(tenus)) if tenus else clause
            yield with_loader_criteria(cle.class_, atteints, include_aliases=True)


def reduire(state: ORMExecuteState, actor: Actor | None, regles: Regles) -> None:
    """Narrow a statement about to be executed."""
    if actor is None or not actor.etendues or not regles or state.is_column_load or state.is_relationship_load:
        return
    if state.execution_options.get("hors_etendue") or state.is_insert:
        return
    ajoutees = list(options(actor, regles, state.session))
    statement: Any = state.statement
    if ajoutees and hasattr(statement, "options"):  # a statement written as text says its own reach, by reduit_a
        state.statement = statement.options(*ajoutees)


def reduit_a(session: AsyncSession, genre: str) -> Qui | None:
    """Whose records of a kind this session reaches, for a statement written as text; None when all of them."""
    actor: Actor | None = getattr(session.sync_session, "acteur", None)
    return actor.reduit_a(genre) if actor else None


async def verifier(session: AsyncSession, actor: Actor, regles: Regles, cles: Mapping[str, Any]) -> None:
    """Refuse what an address names ({"demande_id": …}) when it is out of reach: whatever its route reads then."""
    for regle in regles:
        cle = cles.get(f"{regle.modele.__tablename__}_id")
        if isinstance(cle, str) and actor.reduit_a(regle.genre) is not None:
            try:
                atteint = await session.get(regle.modele, UUID(cle))
            except ValueError:
                continue  # not a key: the route says so better
            if atteint is None:
                raise HorsEtendue


def _tenus(session: Session, regle: Regle) -> list[UUID]:
    connus = (*session.identity_map.values(), *session.new)
    return [getattr(objet, regle.cle.key) for objet in connus if isinstance(objet, regle.modele)]
