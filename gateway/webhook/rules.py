"""What leaves, signed how, to be tried again when. Pure computation."""

import base64
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from functools import cache
from typing import Any, get_args

import orjson
from pydantic import BaseModel
from pydantic.fields import FieldInfo
from standardwebhooks import Webhook as Signataire

from gateway.webhook.catalogue import PUBLICS
from shared.contracts.base import COUT, Part
from shared.kernel.actor import Actor

REPRISES = (
    timedelta(seconds=5),
    timedelta(minutes=1),
    timedelta(minutes=5),
    timedelta(minutes=30),
    timedelta(hours=2),
    timedelta(hours=5),
    timedelta(hours=10),
    timedelta(hours=10),
)
MORT = timedelta(days=3)  # an address that took nothing for so long is no longer written to
RECOUVREMENT = timedelta(hours=24)  # a secret that was changed still signs, beside the new one
REPONSE_MAX = 500
PARTI = 410  # "I am gone": the receiver asks not to be written to again (Standard Webhooks)


class Etat(StrEnum):
    """Where the sending of a fact is."""

    ATTENTE = "attente"
    REMIS = "remis"
    ABANDONNE = "abandonne"


@dataclass(frozen=True, slots=True)
class Reponse:
    """What an address answered; no `code` when it did not."""

    code: int | None
    texte: str
    duree_ms: int

    @property
    def est_succes(self) -> bool:
        """Whether the fact is in charge of the receiver."""
        return self.code is not None and 200 <= self.code < 300


def attente(tentatives: int) -> timedelta | None:
    """How long to wait after that many tries; None when it is given up."""
    return REPRISES[tentatives - 1] if tentatives <= len(REPRISES) else None


def lisible(actor: Actor, type_: str) -> bool:
    """Whether somebody may have a fact told: he may read all the records it is about, not some of them only."""
    if type_ not in PUBLICS:
        return False
    famille = PUBLICS[type_][0]
    return actor.may(famille.droit) and all(actor.reduit_a(genre) is None for genre in famille.genres)


def corps(type_: str, le: datetime, demande_id: object, contenu: Mapping[str, Any], *, couts: bool) -> str:
    """The message: the fact, when it was true, the demande it belongs to, and its content without what may not leave."""
    if not couts and type_ in PUBLICS:
        contenu = sans_couts(PUBLICS[type_][1].fait, contenu)
    message = {"type": type_, "timestamp": le, "demande_id": demande_id, "data": contenu}
    return orjson.dumps(message, option=orjson.OPT_UTC_Z, default=str).decode()


def entetes(identifiant: object, le: datetime, texte: str, cles: Iterable[str]) -> dict[str, str]:
    """The three headers of Standard Webhooks; one signature a secret, while it is being changed."""
    signatures = (Signataire(cle).sign(str(identifiant), le, texte) for cle in cles)
    return {
        "webhook-id": str(identifiant),
        "webhook-timestamp": str(int(le.timestamp())),
        "webhook-signature": " ".join(signatures),
    }


def nouveau_secret() -> str:
    """What the receiver checks signatures with: 256 bits, in the form its libraries read."""
    return "whsec_" + base64.b64encode(secrets.token_bytes(32)).decode()


def sans_couts(modele: type[BaseModel], valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """The content of a fact without the fields its contract marks as costs, nor those this version does not know."""
    champs = _champs(modele)
    return {nom: _elaguer(champs[nom], valeur) for nom, valeur in valeurs.items() if nom in champs}


def _elaguer(partie: type[BaseModel] | None, valeur: Any) -> Any:
    if partie is None or valeur is None:
        return valeur
    if isinstance(valeur, list):
        return [sans_couts(partie, v) for v in valeur]
    return sans_couts(partie, valeur)


@cache
def _champs(modele: type[BaseModel]) -> dict[str, type[BaseModel] | None]:
    """The fields that may leave, each with the part it holds."""
    return {nom: partie_de(info.annotation) for nom, info in modele.model_fields.items() if not est_cout(info)}


def est_cout(info: FieldInfo) -> bool:
    """Whether a contract marks a field as a cost, alone or among choices (`Cout | None`)."""
    choix = (getattr(arg, "__metadata__", ()) for arg in get_args(info.annotation))
    return COUT in info.metadata or any(COUT in marques for marques in choix)


def partie_de(annotation: Any) -> type[BaseModel] | None:
    """The part of a fact that a field holds, alone, among choices or several times."""
    if isinstance(annotation, type) and issubclass(annotation, Part):
        return annotation
    return next((p for arg in get_args(annotation) if (p := partie_de(arg)) is not None), None)
