"""How many statements something sends: a cost that no other process on the machine changes."""

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from sqlalchemy import event

from shared.database.database import Database
from shared.database.transaction import WRITE_AUDIT_ROWS, WRITE_PLATFORM_ROWS

AROUND = frozenset({"COMMIT;", "ROLLBACK;", ";", WRITE_AUDIT_ROWS, WRITE_PLATFORM_ROWS})
LEARNING = ("typeinfo_tree", "set_config('jit'")  # the driver asks what a type is, once per connection


@contextmanager
def sent(database: Database) -> Iterator[list[str]]:
    """The statements sent meanwhile over the pool of `database`, without what surrounds any transaction.

    In their sequence, but for those of the driver, told when the loop turns.
    """
    seen: list[str] = []
    listened: list[Any] = []
    engine = database.engine.sync_engine

    def by_session(*told: Any) -> None:
        _connection, _cursor, statement, _values, _context, many = told
        if not many:  # the driver tells those itself
            seen.append(statement)

    def by_driver(record: Any) -> None:
        around = record.query in AROUND or record.query.startswith("BEGIN")
        around = around or any(sign in record.query for sign in LEARNING)
        if not around:
            seen.append(record.query)

    def listen(connection: Any, *_rest: object) -> None:
        connection.driver_connection.add_query_logger(by_driver)
        listened.append(connection.driver_connection)

    event.listen(engine, "before_cursor_execute", by_session)
    event.listen(engine.pool, "checkout", listen)
    try:
        yield seen
    finally:
        event.remove(engine, "before_cursor_execute", by_session)
        event.remove(engine.pool, "checkout", listen)
        for driver in listened:
            driver.remove_query_logger(by_driver)
