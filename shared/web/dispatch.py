"""Finds the route of a request by the shape of its path: trying hundreds of routes in turn was a third of a request.

The routers stay included in the application for its OpenAPI, its 404 and its 405; what matches fully never gets there.
"""

from collections.abc import Iterator, Sequence

from fastapi import APIRouter, FastAPI
from fastapi.routing import APIRoute
from starlette.routing import BaseRoute, Match
from starlette.types import Receive, Scope, Send


class Dispatch(BaseRoute):
    """Routes filed by first word and number of words; their order among themselves is kept."""

    def __init__(self, routes: Sequence[APIRoute]) -> None:
        self._routes = [(route, route.path.split("/")) for route in routes]
        self._first_words = {words[1] for _, words in self._routes if not words[1].startswith("{")}
        self._longest = max((len(words) for _, words in self._routes), default=0)
        self._filed: dict[tuple[str, int], list[APIRoute]] = {}

    def matches(self, scope: Scope) -> tuple[Match, Scope]:
        """Full matches only."""
        if scope["type"] == "http" and not scope.get("root_path"):
            for route in self._candidates(scope["path"]):
                match, found = route.matches(scope)
                if match is Match.FULL:
                    return match, found
        return Match.NONE, {}

    async def handle(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand over to the route found."""
        await scope["route"].handle(scope, receive, send)

    def _candidates(self, path: str) -> list[APIRoute]:
        words = path.split("/")
        first = words[1] if len(words) > 1 and words[1] in self._first_words else ""
        key = (first, min(len(words), self._longest + 1))
        if key not in self._filed:
            self._filed[key] = [route for route, wanted in self._routes if _may_match(wanted, *key)]
        return self._filed[key]


def _may_match(wanted: list[str], first: str, length: int) -> bool:
    if not (wanted[1].startswith("{") or wanted[1] == first):
        return False
    return length >= len(wanted) if any(":path}" in word for word in wanted) else length == len(wanted)


def include(app: FastAPI, routers: Sequence[APIRouter]) -> None:
    """Include `routers`, which have neither prefix nor dependencies of their own, and file their routes."""
    app.router.routes.append(Dispatch([route for router in routers for route in _flat(router)]))
    for router in routers:
        app.include_router(router)


def _flat(router: APIRouter) -> Iterator[APIRoute]:
    for route in router.routes:
        inner = getattr(route, "original_router", None)
        if isinstance(route, APIRoute):
            yield route
        elif isinstance(inner, APIRouter):
            yield from _flat(inner)
