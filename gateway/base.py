"""The declarative base of the gateway: accounts, sessions, tokens."""

from sqlalchemy.orm import DeclarativeBase

from shared.database.base import ServiceBase


class Base(ServiceBase, DeclarativeBase):
    """Tables of the gateway."""
