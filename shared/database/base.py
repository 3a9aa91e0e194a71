"""What the declarative base of every service starts from: constraint names and column types."""

from datetime import datetime
from decimal import Decimal
from enum import Enum as PyEnum
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import DateTime, Enum, MetaData, Numeric, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeEngine

NAMING_CONVENTION = {
    "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    "uq": "uq_%(table_name)s_%(column_0_N_name)s",
    "ck": "ck_%(table_name)s_%(constraint_name)s",
    "fk": "fk_%(table_name)s_%(column_0_N_name)s",
    "pk": "pk_%(table_name)s",
}


def _values(enum: type[PyEnum]) -> list[str]:
    return [str(member.value) for member in enum]


def enum_texte(enum: type[PyEnum]) -> Enum:
    """`enum` stored as its text values, without a PostgreSQL type to migrate."""
    return Enum(enum, native_enum=False, values_callable=_values, length=60, validate_strings=True)


class ServiceBase:
    """Conventions of every service: `class Base(ServiceBase, DeclarativeBase)`."""

    metadata: ClassVar[MetaData]
    type_annotation_map: ClassVar[dict[Any, TypeEngine[Any] | Any]] = {
        UUID: Uuid(),
        str: Text(),
        Decimal: Numeric(14, 2),
        datetime: DateTime(timezone=True),
        dict: JSONB(),
        dict[str, Any]: JSONB(),
        list[Any]: JSONB(),
        list[str]: JSONB(),
        list[dict[str, Any]]: JSONB(),
        PyEnum: Enum(PyEnum, native_enum=False, values_callable=_values, length=60),
    }

    def __init_subclass__(cls, **kwargs: Any) -> None:
        if ServiceBase in cls.__bases__:
            cls.metadata = MetaData(naming_convention=NAMING_CONVENTION)
        super().__init_subclass__(**kwargs)
