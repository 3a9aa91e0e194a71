"""The declarative base of this service: its tables and no one else's."""

from sqlalchemy.orm import DeclarativeBase

from shared.database.base import ServiceBase


class Base(ServiceBase, DeclarativeBase):
    """Tables of commercial."""
