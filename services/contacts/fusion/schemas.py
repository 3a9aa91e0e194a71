"""What the API takes about merges."""

from uuid import UUID

from pydantic import BaseModel


class SaisieFusion(BaseModel):
    """The double to absorb."""

    absorbe_id: UUID
