"""Spreads facts to the open streams of this process, filtered by what each person may see."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

import orjson

from shared.contracts.base import Envelope
from shared.contracts.commercial import PropositionModifiee
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
# The kind of records a fact is about: who reaches some of them only is told of those alone.
GENRES = {"demandes": "demande", "commercial": "devis", "billing": "facture", "maintenance": "contrat"}
FILE_MAX = 500


@dataclass(frozen=True, slots=True)
class Annonce:
    """A message for a browser. `si_atteinte`: only if its person reaches the demande it is about (none: nobody)."""

    corps: bytes
    demande_id: UUID | None = None
    si_atteinte: bool = False


FIN = Annonce(b"")


@dataclass(eq=False, slots=True)
class Flux:
    """One open stream. `deborde` tells the browser to read its page again; an empty message ends it."""

    actor: Actor
    file: asyncio.Queue[Annonce] = field(default_factory=lambda: asyncio.Queue(FILE_MAX))
    deborde: bool = False

    def offrir(self, message: Annonce) -> None:
        """Queue a message; a browser too slow to follow is told to reload instead."""
        try:
            self.file.put_nowait(message)
        except asyncio.QueueFull:
            self.deborde = True

    def clore(self) -> None:
        """End it after what is queued; a full queue gives up its oldest message."""
        if self.file.full():
            self.file.get_nowait()
        self.file.put_nowait(FIN)


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

    def clore(self) -> None:
        """This process stops: browsers will open their stream again elsewhere, or when it is back."""
        for flux in self._flux:
            flux.clore()

    async def recevoir(self, envelope: Envelope) -> None:
        """A fact was announced: offer it to everyone who may know."""
        if not self._flux:
            return
        if envelope.type == NotificationCreee.type:
            self._dire_a(envelope)
            return
        emetteur = envelope.type.partition(".")[0]
        permission, genre = PERMISSIONS.get(emetteur, "administration"), GENRES.get(emetteur, "")
        corps = orjson.dumps(_resume(envelope), default=str)  # identifiers come in the type of the driver
        demande_id = UUID(str(envelope.correlation_id)) if envelope.correlation_id else None
        libre, reduite = Annonce(corps), Annonce(corps, demande_id, si_atteinte=True)
        for flux in self._flux:
            if flux.actor.may(permission):
                flux.offrir(libre if flux.actor.reduit_a(genre) is None else reduite)

    def _dire_a(self, envelope: Envelope) -> None:
        """A notification is for one person."""
        destinataire = UUID(str(envelope.payload["destinataire_id"]))
        message = Annonce(orjson.dumps(_resume(envelope), default=str))
        for flux in self._flux:
            if flux.actor.id == destinataire:
                flux.offrir(message)


def _resume(envelope: Envelope) -> dict[str, Any]:
    """What a page needs to know which part of it is stale. Only facts that hold no cost say more."""
    dit = envelope.type.startswith("demandes.") or envelope.type == PropositionModifiee.type
    detail = envelope.payload if dit else {}
    return {
        "id": envelope.id,
        "type": envelope.type,
        "cle": envelope.key,
        "demande_id": envelope.correlation_id,
        "tiers_id": _tiers(envelope.payload),
        "acteur_id": envelope.acteur_id,
        "acteur": envelope.acteur_nom,
        "le": envelope.occurred_at,
        "detail": detail,
    }


def _tiers(payload: Mapping[str, Any]) -> Any:
    """The contact a fact is about, client or fournisseur, said by itself or in what it carries; its page is stale too."""
    for porteur in (payload, *(v for v in payload.values() if isinstance(v, Mapping))):
        if trouve := porteur.get("tiers_id") or porteur.get("fournisseur_id"):
            return trouve
    return None
