"""Who changed what: one row per aggregate and commit, written with the change itself."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Column, LargeBinary, event, inspect, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import flag_modified

from shared.database.columns import Aggregate
from shared.database.etendue import Regles
from shared.database.platform import audit
from shared.database.session import HeldSession
from shared.kernel.actor import Actor

_TECHNICAL = frozenset({"id", "version", "cree_le", "modifie_le"})
_COLUMNS: dict[type[Any], tuple[str, ...]] = {}


@dataclass(slots=True)
class _Trace:
    """What one transaction did to one aggregate, by its last author."""

    objet: Aggregate
    acteur: Actor
    version_lue: int
    avant: dict[str, Any] | None
    supprime: bool = False


class ServiceSession(HeldSession):
    """The session of a service: it knows its transaction, and notes changes as they are flushed."""

    acteur: Actor
    now: datetime
    traces: dict[UUID, _Trace]
    etendues: Regles = ()


@dataclass(frozen=True, slots=True)
class Modification:
    """One past change of an object, as shown to whoever would overwrite it."""

    version: int
    par_nom: str
    le: datetime
    origine: str
    avant: dict[str, Any] | None
    apres: dict[str, Any] | None


def audited_columns(cls: type[Any]) -> tuple[str, ...]:
    """Attributes of `cls` worth a trace: stored, not secret, not excluded, not technical, not binary."""
    known = _COLUMNS.get(cls)
    if known is None:
        known = _COLUMNS[cls] = _read_columns(cls)
    return known


def _read_columns(cls: type[Any]) -> tuple[str, ...]:
    return tuple(
        attribute.key
        for attribute in inspect(cls).column_attrs
        if isinstance(attribute.columns[0], Column)
        and attribute.key not in _TECHNICAL
        and not attribute.columns[0].info.get("secret")
        and attribute.columns[0].info.get("audit", True)
        and not isinstance(attribute.columns[0].type, LargeBinary)
    )


def capture(session: ServiceSession) -> None:
    """Stamp and note the pending changes of aggregates, in the name of the present actor."""
    for objet in session.new:
        if isinstance(objet, Aggregate):
            _created(session, objet)
    for objet in session.dirty:
        if isinstance(objet, Aggregate) and session.is_modified(objet):
            _changed(session, objet)
    for objet in session.deleted:
        if isinstance(objet, Aggregate):
            _deleted(session, objet)


def _created(session: ServiceSession, objet: Aggregate) -> None:
    if objet.id in session.traces:
        return
    if objet.__dict__.get("cree_le") is None:
        objet.cree_le = session.now
    if objet.__dict__.get("modifie_le") is None:
        objet.modifie_le = session.now
    session.traces[objet.id] = _Trace(objet, session.acteur, 0, None)


def _changed(session: ServiceSession, objet: Aggregate) -> None:
    before = inspect(objet, raiseerr=True).committed_state
    avant = {key: before[key] for key in audited_columns(type(objet)) if key in before}
    avant |= {nom: _children_before(objet, nom) for nom in _children(objet)}
    objet.modifie_le = session.now
    flag_modified(objet, "modifie_le")
    trace = session.traces.get(objet.id)
    if trace is None:
        session.traces[objet.id] = _Trace(objet, session.acteur, objet.version, avant)
        return
    trace.acteur = session.acteur
    if trace.avant is not None:
        trace.avant = avant | trace.avant


def _children(objet: Aggregate) -> list[str]:
    """The collections whose rows are traced with their root (`__audites__`), when they are loaded."""
    return [nom for nom in getattr(type(objet), "__audites__", ()) if nom in objet.__dict__]


def _children_before(objet: Aggregate, nom: str) -> list[dict[str, Any]]:
    history = inspect(objet, raiseerr=True).attrs[nom].history
    return [_child(row, inspect(row).committed_state) for row in (*history.unchanged, *history.deleted)]


def _child(row: Any, before: Mapping[str, Any]) -> dict[str, Any]:
    """What people read of a row: neither its keys nor its place."""
    keys = [key for key in audited_columns(type(row)) if key != "rang" and not _is_key(row, key)]
    return {key: _readable(before.get(key, row.__dict__.get(key))) for key in keys}


def _is_key(row: Any, key: str) -> bool:
    return bool(inspect(type(row)).column_attrs[key].columns[0].foreign_keys)


def _deleted(session: ServiceSession, objet: Aggregate) -> None:
    values = {key: objet.__dict__.get(key) for key in audited_columns(type(objet))}
    trace = session.traces.setdefault(objet.id, _Trace(objet, session.acteur, objet.version, {}))
    trace.avant = values | (trace.avant or {})
    trace.supprime = True


@event.listens_for(ServiceSession, "before_flush")
def _before_flush(session: ServiceSession, _context: Any, _instances: Any) -> None:
    capture(session)


def rows(session: ServiceSession) -> list[dict[str, Any]]:
    """The audit rows of the transaction, once everything is flushed."""
    return [_row(session, trace) for trace in session.traces.values()]


def _row(session: ServiceSession, trace: _Trace) -> dict[str, Any]:
    avant, apres = trace.avant, None
    values = trace.objet.__dict__
    if not trace.supprime:
        children = _children(trace.objet)
        keys = (*audited_columns(type(trace.objet)), *children) if avant is None else avant
        apres = {key: _readable(values.get(key)) for key in keys if key not in children}
        apres |= {nom: [_child(row, {}) for row in values[nom]] for nom in children if nom in keys}
    if avant is not None:
        avant = {key: _readable(value) for key, value in avant.items()}
        if apres is not None:
            avant, apres = _differences(avant, apres, _children(trace.objet))
    return {
        "objet_type": inspect(type(trace.objet)).local_table.name,
        "objet_id": trace.objet.id,
        "version": trace.objet.version,
        "par": trace.acteur.id,
        "par_nom": trace.acteur.nom,
        "le": session.now,
        "origine": trace.acteur.origine,
        "avant": avant,
        "apres": apres,
    }


def _differences(
    avant: dict[str, Any], apres: dict[str, Any], children: Sequence[str]
) -> tuple[dict[str, Any], dict[str, Any]]:
    for nom in children:  # only the rows that changed
        before, after = avant.get(nom, []), apres.get(nom, [])
        avant[nom] = [row for row in before if row not in after]
        apres[nom] = [row for row in after if row not in before]
    changed = [key for key in avant if avant[key] != apres[key]]
    return {key: avant[key] for key in changed}, {key: apres[key] for key in changed}


def _readable(value: Any) -> Any:
    """What was never loaded has no past: it reads as empty."""
    return None if type(value).__name__ == "LoaderCallableStatus" else value


def touched(session: ServiceSession) -> Iterator[tuple[UUID, int]]:
    """(id, version read) of the aggregates this transaction tried to change."""
    return ((id_, trace.version_lue) for id_, trace in session.traces.items() if trace.avant is not None)


async def since(session: AsyncSession, objet_id: UUID, version: int) -> list[Modification]:
    """What happened to `objet_id` after `version`, oldest first: the body of a 409."""
    table = audit.c
    found = await session.execute(
        select(table.version, table.par_nom, table.le, table.origine, table.avant, table.apres)
        .where(table.objet_id == objet_id, table.version > version)
        .order_by(table.id)
    )
    return [Modification(*row) for row in found]
