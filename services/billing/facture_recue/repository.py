"""Received invoices, and what they are matched with."""

from collections.abc import Collection
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, exists, or_, select
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur.models import AffaireFournisseur, LigneAchat
from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.avoir_fournisseur.models import AvoirAttendu, AvoirRecu
from services.billing.errors import FactureRecueInconnue
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.rules.rapprochement import Attendue, Recue
from shared.database.transaction import Transaction
from shared.kernel.text import normaliser_recherche

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
    """`requete` on affaires fournisseur narrowed to those that wait: one has one invoice, until it is refused or put back."""
    deja = exists().where(
        FactureRecue.achat_id == AffaireFournisseur.id,
        FactureRecue.etat == EtatRecue.RAPPROCHEE,
        FactureRecue.est_avoir.is_(False),
    )
    return (
        requete.where(
            AffaireFournisseur.fournisseur_id.in_(fournisseurs),
            AffaireFournisseur.etat != EtatAchat.CONTROLEE,
            ~deja,
        )
        .order_by(AffaireFournisseur.id)
        .limit(AU_PLUS)
    )


async def facturees(tx: Transaction, fournisseurs: Collection[UUID]) -> list[AffaireFournisseur]:
    """The affaires of these suppliers whose invoice is read and not credited whole, the newest first."""
    requete = facturee(select(AffaireFournisseur), fournisseurs)
    return list(await tx.scalars(requete.options(selectinload(AffaireFournisseur.lignes))))


def facturee(requete: Select[Any], fournisseurs: Collection[UUID]) -> Select[Any]:
    """`requete` on affaires fournisseur narrowed to those a credit note may correct."""
    reste_ht = AffaireFournisseur.total_facture_ht - AffaireFournisseur.total_credite_ht
    return (
        requete.where(AffaireFournisseur.fournisseur_id.in_(fournisseurs), reste_ht > 0)
        .order_by(AffaireFournisseur.id.desc())
        .limit(AU_PLUS)
    )


async def factures_numerotees(tx: Transaction, fournisseurs: Collection[UUID], numero: str) -> list[AffaireFournisseur]:
    """Those of them whose invoice has this number; written otherwise, it is only looked for among the latest ones."""
    siennes = select(AffaireFournisseur).where(
        AffaireFournisseur.fournisseur_id.in_(fournisseurs),
        AffaireFournisseur.total_facture_ht.is_not(None),
        AffaireFournisseur.facture_fournisseur != "",
    )
    if exactes := list(await tx.scalars(siennes.where(AffaireFournisseur.facture_fournisseur == numero))):
        return exactes
    lues = await tx.scalars(siennes.order_by(AffaireFournisseur.id.desc()).limit(AU_PLUS))
    cle = normaliser_recherche(numero)
    return [achat for achat in lues if normaliser_recherche(achat.facture_fournisseur) == cle]


async def avoirs_attendus(tx: Transaction, fournisseurs: Collection[UUID]) -> list[AvoirAttendu]:
    """The credits these suppliers still owe after returns, the oldest first."""
    return list(await tx.scalars(attendu(select(AvoirAttendu), fournisseurs)))


def attendu(requete: Select[Any], fournisseurs: Collection[UUID]) -> Select[Any]:
    """`requete` on awaited credits narrowed to those something is still awaited of."""
    siens = requete.where(AvoirAttendu.fournisseur_id.in_(fournisseurs), AvoirAttendu.reste_ht > 0)
    return siens.order_by(AvoirAttendu.id).limit(AU_PLUS)


async def avoirs_annonces(
    tx: Transaction, fournisseurs: Collection[UUID], numero: str, montant_ht: Decimal
) -> list[AvoirAttendu]:
    """Those of them announced under this number, and that take this amount."""
    cle = normaliser_recherche(numero)
    attendus = await avoirs_attendus(tx, fournisseurs)
    return [a for a in attendus if normaliser_recherche(a.annonce_numero) == cle and a.reste_ht >= montant_ht]


async def retour_credite(tx: Transaction, fournisseurs: Collection[UUID], numero: str) -> str | None:
    """The return that accounts already recorded this credit note on."""
    requete = (
        select(AvoirAttendu.retour_numero)
        .join(AvoirRecu, AvoirRecu.attendu_id == AvoirAttendu.id)
        .where(AvoirAttendu.fournisseur_id.in_(fournisseurs), AvoirRecu.numero == numero)
    )
    retour: str | None = await tx.scalar(requete.limit(1))
    return retour


async def en_souffrance(tx: Transaction, fournisseur_id: UUID, cles: Collection[str]) -> list[FactureRecue]:
    """What was received of this supplier, known or only named by its keys, that still waits: invoices, then credits; locked."""
    siennes = or_(FactureRecue.fournisseur_id == fournisseur_id, FactureRecue.vendeur.in_(cles))
    requete = select(FactureRecue).where(FactureRecue.etat == EtatRecue.A_RAPPROCHER, siennes)
    return list(
        await tx.scalars(requete.order_by(FactureRecue.est_avoir, FactureRecue.id).limit(AU_PLUS).with_for_update())
    )


def commandes(lignes: Collection[LigneAchat]) -> frozenset[str]:
    """The commandes these received lines were ordered on."""
    return frozenset(ligne.commande_numero for ligne in lignes if ligne.commande_numero)


def attendue(achat: AffaireFournisseur) -> Attendue:
    """An affaire fournisseur, with its lines, as the rules of the match see it."""
    return Attendue(achat.id, achat.facture_fournisseur, commandes(achat.lignes), tuple(recues(achat)))


def recues(achat: AffaireFournisseur) -> list[Recue]:
    """Its lines as received."""
    return [
        Recue(x.id, x.reference, x.designation, x.quantite, x.prix_ht, x.reference_fournisseur) for x in achat.lignes
    ]
