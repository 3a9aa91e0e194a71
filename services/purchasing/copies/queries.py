"""What use cases and screens ask of the copies."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.copies.models import (
    CopieAgence,
    CopieCompte,
    CopieNature,
    CopieProduit,
    CopieSociete,
    CopieTiers,
    ReferenceChezFournisseur,
)
from shared.contracts.contacts import SocieteModifiee
from shared.database.statements import among, once

# The code of the main nature, inside another statement: between the two facts of a change, the last one heard speaks.
PRINCIPALE: ScalarSelect[str] = (
    select(CopieNature.code)
    .where(CopieNature.est_principale)
    .order_by(CopieNature.seq.desc())
    .limit(1)
    .scalar_subquery()
)
NATURE_PRINCIPALE = once(select(PRINCIPALE))
CHEZ_LUI = ReferenceChezFournisseur.fournisseur_id == bindparam("fournisseur_id")
DU_CODE = once(
    select(CopieProduit.produit_id, literal(value=True).label("est_sien"))
    .where(or_(among(CopieProduit.ean_cle, "cles"), among(CopieProduit.reference_cle, "cles")))
    .union(
        select(ReferenceChezFournisseur.produit_id, CHEZ_LUI).where(
            among(ReferenceChezFournisseur.reference_cle, "cles")
        )
    )
)

NOMS_CHEZ = once(
    select(ReferenceChezFournisseur.produit_id, ReferenceChezFournisseur.reference).where(
        ReferenceChezFournisseur.fournisseur_id == bindparam("fournisseur_id"),
        among(ReferenceChezFournisseur.produit_id, "ids"),
    )
)


async def nature_principale(session: AsyncSession) -> str:
    """The code of the main nature of the company."""
    return str(await session.scalar(NATURE_PRINCIPALE))


async def fournisseur(session: AsyncSession, tiers_id: UUID) -> CopieTiers | None:
    """The copy of a tiers, whatever its roles."""
    return await session.get(CopieTiers, tiers_id)


async def produit(session: AsyncSession, produit_id: UUID) -> CopieProduit | None:
    """The copy of a product."""
    return await session.get(CopieProduit, produit_id)


async def produits(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, CopieProduit]:
    """The copies of these products."""
    trouves = await session.scalars(select(CopieProduit).where(CopieProduit.produit_id.in_(ids)))
    return {produit.produit_id: produit for produit in trouves}


async def reference_chez(
    session: AsyncSession, produit_id: UUID, fournisseur_id: UUID
) -> ReferenceChezFournisseur | None:
    """How that supplier names and prices that product."""
    return await session.get(ReferenceChezFournisseur, (produit_id, fournisseur_id))


async def noms_chez(session: AsyncSession, fournisseur_id: UUID, produit_ids: Sequence[UUID]) -> dict[UUID, str]:
    """The references of these products in the catalogue of that supplier."""
    lignes = await session.execute(NOMS_CHEZ, {"fournisseur_id": fournisseur_id, "ids": list(produit_ids)})
    return {ligne[0]: ligne[1] for ligne in lignes}


async def produits_du_code(session: AsyncSession, fournisseur_id: UUID, cles: Sequence[str]) -> list[UUID]:
    """The products a code may name: barcode, our reference, or the reference of that supplier; else that of another one."""
    lues = (await session.execute(DU_CODE, {"fournisseur_id": fournisseur_id, "cles": list(cles)})).all()
    siens = [lue.produit_id for lue in lues if lue.est_sien]
    return siens or list(dict.fromkeys(lue.produit_id for lue in lues))


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
