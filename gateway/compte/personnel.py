"""What people do to their own account: password, entry page, sessions, choices to find again."""

import asyncio
import re
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Text, any_, bindparam, delete, select
from sqlalchemy.dialects.postgresql import ARRAY, insert
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import rules
from gateway.compte.models import Compte, Preference, Session
from gateway.compte.use_cases import identifier
from gateway.errors import (
    CompteInconnu,
    ConfirmationDifferente,
    IdentifiantsRefuses,
    MotDePasseActuelFaux,
    MotDePasseInchange,
    MotDePasseTropCourt,
    PageEntreeInconnue,
)
from shared.database.database import Database
from shared.database.statements import once
from shared.database.transaction import Transaction

LONGUEUR_MIN = 8
NAVIGATEURS = (("Edg", "Edge"), ("Firefox", "Firefox"), ("Chrome", "Chrome"), ("Safari", "Safari"))
PREFERENCES = once(
    select(Preference.cle, Preference.valeur).where(
        Preference.compte_id == bindparam("compte_id"), Preference.cle == any_(bindparam("cles", type_=ARRAY(Text)))
    )
)
SYSTEMES = (("Android", "Android"), ("iPhone", "iPhone"), ("iPad", "iPad"), ("Windows", "Windows"), ("Mac", "Mac"))


@dataclass(frozen=True, slots=True)
class SessionOuverte:
    """A signed-in browser, as its owner recognises it."""

    id: UUID
    empreinte: str
    appareil: str
    adresse: str
    ouverte_le: datetime


async def sessions(session: AsyncSession, compte_id: UUID) -> list[SessionOuverte]:
    """The open sessions of an account, the latest first."""
    requete = select(Session).where(Session.compte_id == compte_id).order_by(Session.ouverte_le.desc()).limit(50)
    return [
        SessionOuverte(s.id, s.empreinte, nommer_appareil(s.appareil), s.adresse, s.ouverte_le)
        for s in await session.scalars(requete)
    ]


def nommer_appareil(agent: str) -> str:
    """ "Firefox sur Windows" out of what the browser says of itself."""
    navigateur = next((nom for signe, nom in NAVIGATEURS if signe in agent), "Navigateur")
    systeme = next((nom for signe, nom in SYSTEMES if signe in agent), "Linux" if re.search("Linux|X11", agent) else "")
    return f"{navigateur} sur {systeme}" if systeme else navigateur


async def changer_mot_de_passe(
    database: Database, compte: Compte, *, actuel: str, nouveau: str, confirmation: str, garder: str
) -> None:
    """Replace the password once the present one is proven; every session but `garder` ends."""
    if len(nouveau) < LONGUEUR_MIN:
        raise MotDePasseTropCourt(minimum=LONGUEUR_MIN)
    if nouveau != confirmation:
        raise ConfirmationDifferente
    if nouveau == actuel:
        raise MotDePasseInchange
    try:
        prouve = await identifier(database, compte.identifiant, actuel)
    except IdentifiantsRefuses as refus:
        raise MotDePasseActuelFaux from refus
    hache = await asyncio.to_thread(rules.hacher, nouveau)
    async with database.transaction(compte.acteur("page")) as tx:
        sien = await _compte(tx, prouve.id)
        sien.mot_de_passe, sien.est_provisoire = hache, False
        await tx.execute(delete(Session).where(Session.compte_id == prouve.id, Session.empreinte != garder))


async def choisir_entree(tx: Transaction, compte_id: UUID, url: str, permises: Collection[str]) -> None:
    """Where signing in leads."""
    if url not in permises:
        raise PageEntreeInconnue
    (await _compte(tx, compte_id)).page_entree = url


async def preference(session: AsyncSession, compte_id: UUID, cle: str) -> str | None:
    """What the account chose, if it did."""
    return (await preferences(session, compte_id, [cle])).get(cle)


async def preferences(session: AsyncSession, compte_id: UUID, cles: Collection[str]) -> dict[str, str]:
    """What the account chose of these, in one statement; what it never chose is absent."""
    choix = await session.execute(PREFERENCES, {"compte_id": compte_id, "cles": list(cles)})
    return {choisi.cle: choisi.valeur for choisi in choix}


async def retenir(tx: Transaction, compte_id: UUID, cle: str, valeur: str) -> None:
    """Remember a choice; the last one wins."""
    choix = insert(Preference).values(compte_id=compte_id, cle=cle, valeur=valeur)
    await tx.execute(choix.on_conflict_do_update(index_elements=["compte_id", "cle"], set_={"valeur": valeur}))


async def fermer_les_autres(tx: Transaction, compte_id: UUID, garder: str) -> None:
    """Sign out everywhere but here."""
    await tx.execute(delete(Session).where(Session.compte_id == compte_id, Session.empreinte != garder))


async def fermer(tx: Transaction, compte_id: UUID, session_id: UUID) -> None:
    """End one of the account's own sessions; an unknown one is already closed."""
    await tx.execute(delete(Session).where(Session.id == session_id, Session.compte_id == compte_id))


async def _compte(tx: Transaction, compte_id: UUID) -> Compte:
    compte: Compte | None = await tx.get(Compte, compte_id, with_for_update=True)
    if compte is None:
        raise CompteInconnu
    return compte
