"""Spreads facts to the open streams of this process, filtered by what each person may see."""

import asyncio
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from shared.contracts.base import Envelope
from shared.contracts.gateway import NotificationCreee
from shared.kernel.actor import Actor

# The emitter's name decides who may know that something happened; contents stay in the services.
PERMISSIONS = {
    "contacts": "tiers.lire",
    "demandes": "demande.lire",
    "commercial": "devis.lire",
    "purchasing": "achat.lire",
    "inventory": "feuille.lire",
    "billing": "facture.lire",
    "maintenance": "parc.lire",
    "gateway": "administration",
}
FILE_MAX = 500


@dataclass(eq=False, slots=True)
class Flux:
    """One open stream. `deborde` tells the browser to read its page again."""

    actor: Actor
    file: asyncio.Queue[bytes] = field(default_factory=lambda: asyncio.Queue(FILE_MAX))
    deborde: bool = False

    def offrir(self, message: bytes) -> None:
        """Queue a message; a browser too slow to follow is told to reload instead."""
        try:
            self.file.put_nowait(message)
        except asyncio.QueueFull:
            self.deborde = True


class Hub:
    """Every stream of this process."""

    def __init__(self) -> None:
        self._flux: set[Flux] = set()

    def ouvrir(self, actor: Actor) -> Flux:
        """A new stream for `actor`."""
        flux = Flux(actor)
        self._flux.add(flux)
        return flux

    def fermer(self, flux: Flux) -> None:
        """The browser left."""
        self._flux.discard(flux)

    async def recevoir(self, envelope: Envelope) -> None:
        """A fact was announced: offer it to everyone who may know."""
        if not self._flux:
            return
        if envelope.type == NotificationCreee.type:
            self._dire_a(envelope)
            return
        permission = PERMISSIONS.get(envelope.type.partition(".")[0], "administration")
        message = orjson.dumps(_resume(envelope), default=str)  # identifiers come in the type of the driver
        for flux in self._flux:
            if flux.actor.may(permission):
                flux.offrir(message)

    def _dire_a(self, envelope: Envelope) -> None:
        """A notification is for one person."""
        destinataire = UUID(str(envelope.payload["destinataire_id"]))
        message = orjson.dumps(_resume(envelope), default=str)
        for flux in self._flux:
            if flux.actor.id == destinataire:
                flux.offrir(message)


def _resume(envelope: Envelope) -> dict[str, Any]:
    """What a page needs to know which part of it is stale. Only facts of demandes, which hold no cost, say more."""
    detail = envelope.payload if envelope.type.startswith("demandes.") else {}
    return {
        "id": envelope.id,
        "type": envelope.type,
        "cle": envelope.key,
        "demande_id": envelope.correlation_id,
        "acteur_id": envelope.acteur_id,
        "acteur": envelope.acteur_nom,
        "le": envelope.occurred_at,
        "detail": detail,
    }
