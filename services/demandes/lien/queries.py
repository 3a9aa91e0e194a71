"""The objects of a demande, straight from SQL to schemas."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Subquery, func, select
from sqlalchemy.dialects.postgresql import ARRAY, aggregate_order_by
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.lien.models import Lien
from services.demandes.lien.rules import ETATS
from services.demandes.lien.schemas import VueLien
from shared.database.statements import among
from shared.kernel.actor import Actor

LIENS_MAX = 500


def _montants() -> Subquery:
    """What `demande_ids` are worth: their signed propositions, else the last one sent; null without any (euros HT)."""
    signes: Any = func.sum(Lien.montant).filter(Lien.etat == "valide")
    recents = aggregate_order_by(Lien.montant, Lien.le.desc())
    envoyes: Any = func.array_agg(recents, type_=ARRAY(Lien.montant.type)).filter(
        Lien.etat == "envoye", Lien.montant.is_not(None)
    )
    return (
        select(Lien.demande_id, func.coalesce(signes, envoyes[1]).label("montant"))
        .where(among(Lien.demande_id, "demande_ids"), Lien.objet_type == "proposition")
        .group_by(Lien.demande_id)
        .subquery()
    )


MONTANTS = _montants()


async def de_la_demande(session: AsyncSession, demande_id: UUID, actor: Actor) -> list[VueLien]:
    """In the order of their first fact; purchase amounts only for who may see costs."""
    requete = select(Lien).where(Lien.demande_id == demande_id).order_by(Lien.cree_le, Lien.objet_id).limit(LIENS_MAX)
    couts = actor.may("couts.voir")
    return [_vue(lien, couts) for lien in await session.scalars(requete)]


def _vue(lien: Lien, couts: bool) -> VueLien:
    return VueLien(
        service=lien.service,
        objet_type=lien.objet_type,
        objet_id=lien.objet_id,
        numero=lien.numero,
        libelle=lien.libelle,
        montant=lien.montant if couts or not lien.est_cout else None,
        etat=lien.etat,
        etat_libelle=ETATS.get(lien.etat, lien.etat),
        cree_le=lien.cree_le,
        le=lien.le,
    )


async def facture_depuis(session: AsyncSession, demande_id: UUID, le: datetime) -> str | None:
    """The number of an invoice of the demande (no deposit, no credit note) issued since `le`."""
    facturees = (Lien.demande_id == demande_id, Lien.objet_type == "facture", Lien.libelle == "Facture")
    requete = select(Lien.numero).where(*facturees, Lien.cree_le >= le).order_by(Lien.cree_le).limit(1)
    numero: str | None = await session.scalar(requete)
    return numero
