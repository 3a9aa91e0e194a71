"""Finds the account behind a cookie or a token, remembering it a few seconds to spare the database."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from gateway.compte import rules
from gateway.compte.models import Compte, JetonApi, Session
from shared.database.database import Database

MEMOIRE = timedelta(seconds=5)
MEMOIRE_MAX = 5000


@dataclass(frozen=True, slots=True)
class Porteur:
    """An account let in, by a cookie (`est_session`) or a token narrowed to `portees`."""

    compte: Compte
    empreinte: str
    est_session: bool
    portees: tuple[str, ...] = ()


class Registre:
    """Sessions and tokens of this installation, as one gateway process knows them."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self._connus: dict[tuple[str, bool], tuple[Porteur | None, datetime]] = {}

    async def porteur(self, secret: str, *, est_session: bool) -> Porteur | None:
        """The account of a secret, or None when it is unknown, expired or closed."""
        cle = (rules.empreinte(secret), est_session)
        maintenant = self._database.clock.now()
        connu = self._connus.get(cle)
        if connu is None or connu[1] < maintenant:
            if len(self._connus) >= MEMOIRE_MAX:
                self._connus.clear()
            connu = (await self._lire(*cle, maintenant), maintenant + MEMOIRE)
            self._connus[cle] = connu
        return connu[0]

    def oublier(self) -> None:
        """Something changed: look again at the next request."""
        self._connus.clear()

    async def _lire(self, empreinte: str, est_session: bool, maintenant: datetime) -> Porteur | None:
        table: Any = Session if est_session else JetonApi
        requete = (
            select(Compte, table)
            .join(table, table.compte_id == Compte.id)
            .where(table.empreinte == empreinte, table.expire_le > maintenant, Compte.est_actif)
        )
        async with self._database.read() as session:
            ligne = (await session.execute(requete)).one_or_none()
        if ligne is None:
            return None
        portees = () if est_session else tuple(ligne[1].portees)
        return Porteur(ligne[0], empreinte, est_session, portees)
