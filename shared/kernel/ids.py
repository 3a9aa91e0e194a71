"""Identifiers: UUIDv7, so that keys sort by creation and indexes stay dense."""

from uuid import UUID

import uuid_utils


def new_id() -> UUID:
    """A new time-ordered identifier."""
    return UUID(int=uuid_utils.uuid7().int)
