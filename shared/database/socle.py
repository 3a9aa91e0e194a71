"""The first migration of every service: the platform tables."""

from typing import Any

from alembic.operations import Operations

from shared.database.platform import metadata


def upgrade(op: Operations | Any) -> None:
    """Create the platform tables: `0001_socle` of each service calls it with alembic's `op`."""
    metadata.create_all(op.get_bind())


def downgrade(op: Operations | Any) -> None:
    """Drop the platform tables."""
    metadata.drop_all(op.get_bind())
    op.execute("DROP FUNCTION IF EXISTS outbox_notify()")
