"""The parties of a document, as last told."""

from collections.abc import Iterable, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.copies.models import IDENTIFIANT, NOM, CopieSociete, CopieTiers
from services.billing.errors import SocieteNonRenseignee
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.statements import among, once
from shared.database.transaction import Transaction

SOCIETE = once(select(CopieSociete.donnees).order_by(CopieSociete.seq.desc()).limit(1))
FICHES = once(select(CopieTiers.tiers_id, CopieTiers.fiche).where(among(CopieTiers.tiers_id, "ids")))


async def fiche_tiers(tx: Transaction, tiers_id: UUID) -> FicheTiers | None:
    """The tiers, or None when contacts never told."""
    return (await fiches_tiers(tx, [tiers_id])).get(tiers_id)


async def fiches_tiers(tx: Transaction, tiers_ids: Iterable[UUID]) -> dict[UUID, FicheTiers]:
    """Those that contacts told."""
    lues = await tx.execute(FICHES, {"ids": list(set(tiers_ids))})
    return {lue.tiers_id: FicheTiers.model_validate(lue.fiche) for lue in lues}


async def fournisseurs(session: Transaction | AsyncSession, identifiants: Sequence[str], nom: str) -> list[UUID]:
    """The tiers an invoice may come from: by SIREN or VAT number, else by name when that file says neither.

    Suppliers alone when there are some among them. At most ten.
    """
    lus = select(CopieTiers.tiers_id, CopieTiers.fiche).limit(10)
    trouves = (await session.execute(lus.where(IDENTIFIANT.in_(identifiants)))).all() if identifiants else []
    if not trouves:
        par_nom = (await session.execute(lus.where(func.lower(nom) == NOM))).all()
        trouves = [t for t in par_nom if not identifiants or not any(t.fiche.get(c) for c in ("siren", "siret"))]
    declares = [t.tiers_id for t in trouves if "fournisseur" in t.fiche["roles"]]
    return declares or [t.tiers_id for t in trouves]


async def notre_siren(tx: Transaction | AsyncSession) -> str | None:
    """Ours, None while it is not told."""
    requete = select(CopieSociete.donnees["siren"].astext).order_by(CopieSociete.seq.desc())
    siren: str | None = await tx.scalar(requete.limit(1))
    return siren


async def societe(tx: Transaction | AsyncSession) -> SocieteModifiee:
    """Who we are; refuses to invoice in nobody's name."""
    donnees = await tx.scalar(SOCIETE)
    if donnees is None:
        raise SocieteNonRenseignee
    return SocieteModifiee.model_validate(donnees)
