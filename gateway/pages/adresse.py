"""What the address of a page may say of a record: its identifier, or nothing, even with the field written and left empty."""

from typing import Annotated
from uuid import UUID

from pydantic import BeforeValidator

Designe = Annotated[UUID | None, BeforeValidator(lambda lu: lu or None)]
