"""Loads, locks and adds whole tiers."""

from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, column, func, or_, select, table
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import selectinload

from services.contacts.errors import TiersHorsEtendue, TiersInconnu
from services.contacts.tiers.models import Tiers
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

COLLABORATEUR = table("collaborateur", column("id", Uuid), column("agence_id", Uuid)).c  # that aggregate knows this one
ENTIER = (selectinload(Tiers.adresses), selectinload(Tiers.interlocuteurs), selectinload(Tiers.sites))


def modifiables(actor: Actor) -> ColumnElement[bool] | None:
    """Everybody reads the directory; changing and exporting it stay within reach (docs/decisions/0044).

    Those of their commercials, of a commercial of their agencies, and those nobody follows; None: all of them.
    """
    qui = actor.reduit_a("tiers")
    if qui is None:
        return None
    clauses = [Tiers.commercial_ids.contains([qui.personne]), func.cardinality(Tiers.commercial_ids) == 0]
    if qui.agences:
        gens = select(COLLABORATEUR.id).where(COLLABORATEUR.agence_id.in_(qui.agences)).scalar_subquery()
        clauses.append(Tiers.commercial_ids.overlap(func.array(gens, type_=ARRAY(Uuid))))
    return or_(*clauses)


async def get_for_update(tx: Transaction, tiers_id: UUID) -> Tiers:
    """The tiers, locked until the transaction ends; refuses who may read it only."""
    requete = select(Tiers).where(Tiers.id == tiers_id).options(*ENTIER).with_for_update(of=Tiers)
    tiers = (await tx.session.scalars(requete)).one_or_none()
    if tiers is None:
        raise TiersInconnu
    siens = modifiables(tx.actor)
    if siens is not None and await tx.scalar(select(Tiers.id).where(Tiers.id == tiers_id, siens)) is None:
        raise TiersHorsEtendue(nom=tiers.nom)
    return tiers


async def par_siret(tx: Transaction, siret: str) -> Tiers | None:
    """The tiers holding a SIRET, if any."""
    return (await tx.session.scalars(select(Tiers).where(Tiers.siret == siret))).one_or_none()
