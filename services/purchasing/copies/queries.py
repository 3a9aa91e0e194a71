"""What use cases and screens ask of the copies."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.copies.models import (
    CopieAgence,
    CopieCompte,
    CopieProduit,
    CopieSociete,
    CopieTiers,
    ReferenceChezFournisseur,
)
from shared.contracts.contacts import SocieteModifiee


async def fournisseur(session: AsyncSession, tiers_id: UUID) -> CopieTiers | None:
    """The copy of a tiers, whatever its roles."""
    return await session.get(CopieTiers, tiers_id)


async def produit(session: AsyncSession, produit_id: UUID) -> CopieProduit | None:
    """The copy of a product."""
    return await session.get(CopieProduit, produit_id)


async def reference_chez(
    session: AsyncSession, produit_id: UUID, fournisseur_id: UUID
) -> ReferenceChezFournisseur | None:
    """How that supplier names and prices that product."""
    return await session.get(ReferenceChezFournisseur, (produit_id, fournisseur_id))


async def produits_du_code(session: AsyncSession, fournisseur_id: UUID, cles: Sequence[str]) -> list[UUID]:
    """The products a code may name: barcode, our reference, or the reference of that supplier."""
    nommes = select(CopieProduit.produit_id).where(
        or_(CopieProduit.ean_cle.in_(cles), CopieProduit.reference_cle.in_(cles))
    )
    chez_lui = select(ReferenceChezFournisseur.produit_id).where(
        ReferenceChezFournisseur.fournisseur_id == fournisseur_id, ReferenceChezFournisseur.reference_cle.in_(cles)
    )
    return list(await session.scalars(nommes.union(chez_lui)))


async def agence_par_defaut(session: AsyncSession, *candidates: UUID | None) -> UUID | None:
    """The first agency named, else the only one of the company."""
    for agence_id in candidates:
        if agence_id is not None:
            return agence_id
    connues = list(await session.scalars(select(CopieAgence.agence_id).order_by(CopieAgence.code).limit(2)))
    return connues[0] if len(connues) == 1 else None


async def agence(session: AsyncSession, agence_id: UUID | None) -> CopieAgence | None:
    """The copy of an agency."""
    return await session.get(CopieAgence, agence_id) if agence_id else None


async def agences(session: AsyncSession) -> list[CopieAgence]:
    """Every agency, by code."""
    return list(await session.scalars(select(CopieAgence).order_by(CopieAgence.code)))


async def roles(session: AsyncSession, acteur_id: UUID | None) -> list[str] | None:
    """The roles of who acts; None while their account is not known here."""
    comptes = list(await session.scalars(select(CopieCompte).where(CopieCompte.acteur_id == acteur_id)))
    return [role for compte in comptes for role in compte.roles] if comptes else None


async def societe(session: AsyncSession) -> SocieteModifiee | None:
    """The company's identity, if it is known."""
    copie = (await session.scalars(select(CopieSociete).limit(1))).one_or_none()
    return SocieteModifiee.model_validate(copie.identite) if copie else None
