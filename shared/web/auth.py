"""Who is asking: the short-lived token the gateway signs, read back in every service."""

from datetime import datetime, timedelta
from typing import Annotated, Any, TypeVar
from uuid import UUID

import jwt
from fastapi import Depends, Request

from shared.kernel.actor import Actor
from shared.kernel.clock import Clock
from shared.kernel.refusals import PermissionManquante, Refusal

ALGORITHME = "HS256"
DUREE = timedelta(seconds=60)
RESIGNE_APRES = timedelta(seconds=15)  # the same person asks several times a minute: signing each time buys nothing
RETENUS_MAX = 2000
K = TypeVar("K")
V = TypeVar("V")


class NonAuthentifie(Refusal):
    """Votre session n’est pas reconnue ou a expiré ; reconnectez-vous."""


class Jetons:
    """Signs and reads the internal tokens, with the secret every process shares."""

    def __init__(self, secret: str, clock: Clock) -> None:
        self._secret = secret
        self._clock = clock
        self._signes: dict[Actor, tuple[str, datetime]] = {}
        self._lus: dict[str, tuple[Actor, float]] = {}

    def signer(self, actor: Actor) -> str:
        """A token that speaks for `actor` during a minute at most, three quarters of it at least."""
        maintenant = self._clock.now()
        jeton, signe_le = self._signes.get(actor, ("", maintenant))
        if not jeton or not timedelta() <= maintenant - signe_le < RESIGNE_APRES:
            jeton = self._signer(actor, maintenant)
            _retenir(self._signes, actor, (jeton, maintenant))
        return jeton

    def lire(self, jeton: str) -> Actor:
        """The actor a token speaks for; refuses a forged or expired one."""
        connu = self._lus.get(jeton)
        if connu is None:
            connu = self._lire(jeton)
            _retenir(self._lus, jeton, connu)
        if connu[1] < self._clock.now().timestamp():
            raise NonAuthentifie
        return connu[0]

    def _signer(self, actor: Actor, maintenant: datetime) -> str:
        payload: dict[str, Any] = {
            "sub": str(actor.id) if actor.id else "",
            "nom": actor.nom,
            "perm": sorted(actor.permissions),
            "ag": str(actor.agence_id) if actor.agence_id else "",
            "ori": actor.origine,
            "exp": maintenant + DUREE,
        }
        if actor.etendues:
            payload["et"] = dict(actor.etendues)
            payload["ags"] = sorted(map(str, actor.autres_agences))
        return jwt.encode(payload, self._secret, ALGORITHME)

    def _lire(self, jeton: str) -> tuple[Actor, float]:
        try:
            payload = jwt.decode(jeton, self._secret, [ALGORITHME], options={"verify_exp": False, "require": ["exp"]})
        except jwt.InvalidTokenError as error:
            raise NonAuthentifie from error
        actor = Actor(
            nom=payload["nom"],
            id=UUID(payload["sub"]) if payload["sub"] else None,
            permissions=frozenset(payload["perm"]),
            agence_id=UUID(payload["ag"]) if payload["ag"] else None,
            origine=payload["ori"],
            etendues=frozenset(payload.get("et", {}).items()),
            autres_agences=frozenset(map(UUID, payload.get("ags", ()))),
        )
        return actor, float(payload["exp"])


def _retenir(memoire: dict[K, V], cle: K, valeur: V) -> None:
    if len(memoire) >= RETENUS_MAX:
        memoire.clear()
    memoire[cle] = valeur


def lire_acteur(request: Request) -> Actor:
    """The author of the request, from its bearer token."""
    scheme, _, jeton = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not jeton:
        raise NonAuthentifie
    jetons: Jetons = request.app.state.jetons
    return jetons.lire(jeton)


async def current_actor(request: Request) -> Actor:
    """The same, as a dependency."""
    return lire_acteur(request)


CurrentActor = Annotated[Actor, Depends(current_actor)]


def may(permission: str) -> Any:
    """A dependency: the actor, who must hold `permission`. Use as `Annotated[Actor, may("devis.valider")]`."""

    async def verifier(actor: CurrentActor) -> Actor:
        if not actor.may(permission):
            raise PermissionManquante(permission=permission)
        return actor

    return Depends(verifier)
