"""What the API takes and gives about PV de réception."""

from datetime import datetime
from typing import Annotated, Any
from uuid import UUID

from pydantic import BaseModel, Field, StringConstraints

from services.inventory.piece.schemas import ResumePiece
from services.inventory.pv_reception.rules import PHOTOS_AU_PLUS
from shared.kernel.signature import TRACE, TRACE_MAX


class SaisiePv(BaseModel):
    """Who signs for the client, the drawn signature, what is not accepted as it is, the photos the PV shows."""

    signe_par: Annotated[str, StringConstraints(strip_whitespace=True, min_length=2, max_length=120)]
    qualite: Annotated[str, StringConstraints(strip_whitespace=True, max_length=120)] = ""
    reserves: Annotated[str, StringConstraints(strip_whitespace=True, max_length=2000)] = ""
    trace: Annotated[str, StringConstraints(min_length=1, max_length=TRACE_MAX, pattern=TRACE)]
    photo_ids: Annotated[list[UUID], Field(max_length=PHOTOS_AU_PLUS)] = []


class ResumePv(ResumePiece):
    """A PV in a list. `document_sha256` is empty for the few seconds its file takes to be stored."""

    reserves: str
    signe_par: str
    qualite: str
    signe_le: datetime
    recueilli_par: str
    document_sha256: str | None


class VuePv(ResumePv):
    """What was signed, line by line."""

    contenu: list[dict[str, Any]]
    photos: list[dict[str, Any]]
