"""What facts and accounts can cause to an affaire fournisseur."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import selectinload

from services.billing.affaire_fournisseur.models import AffaireFournisseur, EtatAchat, LigneAchat
from services.billing.affaire_fournisseur.schemas import Controle
from services.billing.copies import queries as copies
from services.billing.errors import AffaireFournisseurInconnue
from services.billing.facture.rules import echeance
from shared.contracts.purchasing import ReceptionValidee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import total_ligne_ht

DELAI_LEGAL_JOURS = 30


async def depuis_reception(tx: Transaction, fait: ReceptionValidee) -> None:
    """Goods came in: their supplier invoice is expected, faithful to the reception. Once per reception."""
    if await tx.scalar(select(AffaireFournisseur.id).where(AffaireFournisseur.reception_id == fait.reception_id)):
        return
    annee, jointe = jour_paris(tx.now).year, fait.facture_jointe
    achat = AffaireFournisseur(
        numero=f"AF-{annee}-{await next_number(tx, f'AF-{annee}'):05d}",
        reception_id=fait.reception_id,
        reception_numero=fait.numero,
        fournisseur_id=fait.fournisseur_id,
        fournisseur_nom=fait.fournisseur_nom,
        facture_fournisseur=fait.facture_fournisseur,
        date_facture=fait.date_facture,
        echeance=await _echeance(tx, fait.fournisseur_id, fait.date_facture or jour_paris(fait.recu_le)),
        facture_sha256=jointe.sha256 if jointe else None,
        facture_nom=jointe.nom if jointe else None,
        facture_type=jointe.type if jointe else None,
        frais_ht=fait.frais_ht,
        total_ht=fait.total_ht,
        lignes=[
            LigneAchat(
                position=rang,
                produit_id=ligne.produit_id,
                reference=ligne.reference,
                designation=ligne.designation,
                commande_numero=ligne.commande_numero,
                quantite=ligne.quantite,
                prix_ht=ligne.prix_ht,
                total_ht=total_ligne_ht(ligne.quantite, ligne.prix_ht),
            )
            for rang, ligne in enumerate(fait.lignes)
        ],
    )
    tx.add(achat)
    tx.publish(achat.creer())


async def controler(tx: Transaction, achat_id: UUID, saisie: Controle) -> AffaireFournisseur:
    """Accounts checked the supplier's invoice against it."""
    requete = (
        select(AffaireFournisseur)
        .where(AffaireFournisseur.id == achat_id)
        .options(selectinload(AffaireFournisseur.lignes))
        .with_for_update(of=AffaireFournisseur)
    )
    achat: AffaireFournisseur | None = (await tx.scalars(requete)).one_or_none()
    if achat is None:
        raise AffaireFournisseurInconnue
    achat.facture_fournisseur, achat.date_facture = saisie.facture_fournisseur, saisie.date_facture
    if saisie.date_facture is not None:
        achat.echeance = await _echeance(tx, achat.fournisseur_id, saisie.date_facture)
    achat.etat = EtatAchat.CONTROLEE
    return achat


async def _echeance(tx: Transaction, fournisseur_id: UUID, datee_du: date) -> date:
    """When the supplier must be paid: its own delay, thirty days when contacts never told it (C. com. L441-10)."""
    fournisseur = await copies.fiche_tiers(tx, fournisseur_id)
    return echeance(datee_du, fournisseur.delai_paiement_jours if fournisseur else DELAI_LEGAL_JOURS)
