"""Received invoices, and what they are matched with."""

from collections.abc import Collection
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur.models import AffaireFournisseur, LigneAchat
from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.errors import FactureRecueInconnue
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.rules.etat import EtatRecue
from shared.database.transaction import Transaction

AU_PLUS = 200


async def get_for_update(tx: Transaction, recue_id: UUID, *, avec_statuts: bool = False) -> FactureRecue:
    """FactureRecueInconnue."""
    requete = select(FactureRecue).where(FactureRecue.id == recue_id).with_for_update(of=FactureRecue)
    if avec_statuts:
        requete = requete.options(selectinload(FactureRecue.statuts))
    recue: FactureRecue | None = (await tx.scalars(requete)).one_or_none()
    if recue is None:
        raise FactureRecueInconnue
    return recue


async def deja_deposee(tx: Transaction, sha256: str, vendeur: str, numero: str) -> FactureRecue | None:
    """The one with the same bytes, or the same number of the same supplier; those set aside do not count."""
    meme = or_(FactureRecue.sha256 == sha256, (FactureRecue.vendeur == vendeur) & (FactureRecue.numero == numero))
    requete = select(FactureRecue).where(meme, FactureRecue.etat != EtatRecue.ECARTEE).limit(1)
    recue: FactureRecue | None = await tx.scalar(requete)
    return recue


async def achat_controle(tx: Transaction, fournisseurs: Collection[UUID], numero: str) -> str | None:
    """The number of the affaire fournisseur that this invoice has already been checked on."""
    requete = select(AffaireFournisseur.numero).where(
        AffaireFournisseur.facture_fournisseur == numero,
        AffaireFournisseur.fournisseur_id.in_(fournisseurs),
        AffaireFournisseur.etat == EtatAchat.CONTROLEE,
    )
    controle: str | None = await tx.scalar(requete.limit(1))
    return controle


async def etat_achat(tx: Transaction, achat_id: UUID) -> EtatAchat | None:
    """Where the affaire fournisseur stands; locked, so that it stays there until the end of the transaction."""
    requete = select(AffaireFournisseur.etat).where(AffaireFournisseur.id == achat_id).with_for_update()
    etat: EtatAchat | None = await tx.scalar(requete)
    return etat


async def achats_en_attente(tx: Transaction, fournisseurs: Collection[UUID]) -> list[AffaireFournisseur]:
    """The affaires of these suppliers that no invoice has settled, the oldest first, with their lines."""
    requete = en_attente(select(AffaireFournisseur), fournisseurs)
    return list(await tx.scalars(requete.options(selectinload(AffaireFournisseur.lignes))))


def en_attente(requete: Select[Any], fournisseurs: Collection[UUID]) -> Select[Any]:
    """`requete` on affaires fournisseur narrowed to those that wait."""
    return (
        requete.where(
            AffaireFournisseur.fournisseur_id.in_(fournisseurs), AffaireFournisseur.etat != EtatAchat.CONTROLEE
        )
        .order_by(AffaireFournisseur.id)
        .limit(AU_PLUS)
    )


async def en_souffrance(tx: Transaction, fournisseur_id: UUID, cles: Collection[str]) -> list[FactureRecue]:
    """The received invoices of this supplier, known or only named by its keys, that still wait; locked."""
    siennes = or_(FactureRecue.fournisseur_id == fournisseur_id, FactureRecue.vendeur.in_(cles))
    requete = select(FactureRecue).where(FactureRecue.etat == EtatRecue.A_RAPPROCHER, siennes)
    return list(await tx.scalars(requete.order_by(FactureRecue.id).limit(AU_PLUS).with_for_update()))


def commandes(lignes: Collection[LigneAchat]) -> frozenset[str]:
    """The commandes these received lines were ordered on."""
    return frozenset(ligne.commande_numero for ligne in lignes if ligne.commande_numero)
