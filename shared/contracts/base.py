"""What every fact is, and the envelope it travels in."""

from datetime import datetime
from decimal import Decimal
from functools import cached_property
from typing import Annotated, Any, ClassVar
from uuid import UUID

from pydantic import BaseModel, ConfigDict

FACTS: dict[str, type["Fact"]] = {}

COUT = "cout"
# What we pay, or what lets one guess it: it leaves the house only for who may see costs.
Cout = Annotated[Decimal, COUT]


class Part(BaseModel):
    """A piece of a fact. Frozen; fields a listener does not know are ignored."""

    model_config = ConfigDict(frozen=True, extra="ignore")


class Fact(Part):
    """Something that became true in one service, told to the others.

    `type` names emitter, fact and version ("commercial.devis_valide.v1"); `key_field` names the field
    holding the id of the aggregate: facts of one key are delivered in order.
    """

    type: ClassVar[str]
    key_field: ClassVar[str]

    def __init_subclass__(cls, *, type: str | None = None, key: str | None = None, **kwargs: Any) -> None:
        super().__init_subclass__(**kwargs)
        if type is None or key is None:
            raise TypeError(f"{cls.__name__} must say type= and key=")
        if type in FACTS:
            raise TypeError(f"{type} is announced twice")
        cls.type, cls.key_field = type, key
        FACTS[type] = cls

    @property
    def key(self) -> UUID:
        """The id of the aggregate this fact is about."""
        value: UUID = getattr(self, self.key_field)
        return value


class Envelope(Part):
    """A fact on its way: who, when, why, and its place in the emitter's order.

    `seq` grows with every fact of an emitter, so also per key: a projection that remembers it ignores
    older facts.
    """

    id: UUID
    seq: int
    type: str
    key: UUID
    correlation_id: UUID | None = None
    causation_id: UUID | None = None
    acteur_id: UUID | None = None
    acteur_nom: str
    occurred_at: datetime
    payload: dict[str, Any]

    @cached_property
    def fact(self) -> Fact:
        """The payload as its contract, read once for every handler of a process; KeyError when the type is unknown here."""
        return FACTS[self.type].model_validate(self.payload)
