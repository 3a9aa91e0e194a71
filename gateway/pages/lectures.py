"""Codes read by the scan field: they come together, each is answered in its turn."""

from collections.abc import Awaitable, Callable
from typing import Any

from fastapi import Request

from gateway.errors import Refus

Json = dict[str, Any]
AU_PLUS = 100
CODE_MAX = 200


async def repondre(request: Request, lire: Callable[[str, str], Awaitable[Json]]) -> Json:
    """What `lire(code, cle)` says of each; a service that stops answering leaves the rest to be sent again."""
    reponses: list[Json] = []
    for lecture in (await request.json())["lectures"][:AU_PLUS]:
        code, cle = str(lecture["code"])[:CODE_MAX].strip(), str(lecture["cle"])
        try:
            reponses.append({"cle": cle, "lecture": await lire(code, cle)})
        except Refus:
            if not reponses:
                raise
            break
    return {"lectures": reponses}
