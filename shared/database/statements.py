"""Statements of a hot path, built once when their module is read: building one costs as much as sending it.

Those told `once` are sent by the driver itself. A session would read again, at each sending, what the statement is made
of, and what its rows are: four times what asyncpg asks (docs/decisions/0051).
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any, TypeVar
from weakref import WeakKeyDictionary

import asyncpg
from sqlalchemy import ColumnElement, Executable, Select, any_, bindparam
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.engine import Dialect, IteratorResult, Result
from sqlalchemy.engine.result import SimpleResultMetaData
from sqlalchemy.orm import InstrumentedAttribute

S = TypeVar("S", bound=Executable)
Values = Mapping[str, Any]


def among(column: InstrumentedAttribute[Any], name: str) -> ColumnElement[bool]:
    """`column` is one of the list given as `name` when the statement is sent: one text whatever its length."""
    return column == any_(bindparam(name, type_=ARRAY(column.type)))


def once(statement: S) -> S:
    """`statement`, a constant of its module, sent from now on by the driver whenever it is executed.

    It reads or writes columns, never whole objects: those are the session's.
    """
    if isinstance(statement, Select) and any(d["expr"] is d.get("entity") for d in statement.column_descriptions):
        raise TypeError("once() is for columns: only a session makes objects")
    _TEXTS[statement] = {}
    return statement


class Text:
    """What the driver sends for a statement given these names, how each value goes, and how each column is read."""

    def __init__(self, statement: Any, names: Sequence[str], dialect: Dialect) -> None:
        compiled: Any = statement.compile(
            dialect=dialect, column_keys=list(names), compile_kwargs={"render_postcompile": True}
        )
        if getattr(compiled, "insert_prefetch", ()) or getattr(compiled, "update_prefetch", ()):
            raise TypeError(f"once(): name every column that has a default: {compiled}")
        self.sql = str(compiled)
        binds = [compiled.binds[name] for name in compiled.positiontup or ()]
        self._given = [(bind.key, bind.value, _writer(bind.type, dialect)) for bind in binds]
        self._types = [column.type for column in statement.exported_columns]
        self._dialect = dialect
        self._readers: list[tuple[int, Callable[[Any], Any]]] | None = None
        self._keys = SimpleResultMetaData(())

    def values(self, given: Values) -> list[Any]:
        """The arguments of the driver, in their places."""
        return [
            value if write is None else write(value)
            for key, default, write in self._given
            for value in (given.get(key, default),)
        ]

    async def fetch(self, driver: asyncpg.Connection, given: Values) -> Result[Any]:
        """Its rows."""
        if self._readers is None:
            await self._learn(driver)
        rows = await driver.fetch(self.sql, *self.values(given))
        return IteratorResult(self._keys, iter(self._read(rows)))

    async def _learn(self, driver: asyncpg.Connection) -> None:
        """The server says once what each column is."""
        attributes = (await driver.prepare(self.sql)).get_attributes()
        read = [
            (rank, reader)
            for rank, (kind, attribute) in enumerate(zip(self._types, attributes, strict=True))
            if (reader := kind.dialect_impl(self._dialect).result_processor(self._dialect, attribute.type.oid))
        ]
        self._keys, self._readers = SimpleResultMetaData([a.name for a in attributes]), read

    def _read(self, rows: Sequence[Any]) -> Sequence[Any]:
        if not self._readers:
            return rows
        lists = [list(row) for row in rows]
        for row in lists:
            for rank, reader in self._readers:
                row[rank] = reader(row[rank])
        return lists


def _writer(kind: Any, dialect: Dialect) -> Callable[[Any], Any] | None:
    writer: Callable[[Any], Any] | None = kind.dialect_impl(dialect).bind_processor(dialect)
    return writer


def text_of(statement: Executable, given: Values, dialect: Dialect) -> Text | None:
    """How the driver sends `statement` with these values; None when the session does it."""
    texts = _TEXTS.get(statement)
    if texts is None:
        return None
    names = tuple(given)
    text = texts.get(names)
    if text is None:
        text = texts[names] = Text(statement, names, dialect)
    return text


_TEXTS: WeakKeyDictionary[Executable, dict[tuple[str, ...], Text]] = WeakKeyDictionary()
