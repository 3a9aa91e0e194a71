"""What facts and accounts can cause to an affaire fournisseur."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.billing.affaire_fournisseur import repository
from services.billing.affaire_fournisseur.models import AffaireFournisseur, LigneAchat
from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.affaire_fournisseur.schemas import Controle
from services.billing.copies import queries as copies
from services.billing.errors import LigneAchatInconnue
from services.billing.facture.rules import echeance
from shared.contracts.purchasing import FichierJoint, ReceptionValidee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO, total_ligne_ht

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
        total_credite_ht=ZERO,
        tolerance_quantite_pct=fait.tolerance.quantite_pct,
        tolerance_prix_pct=fait.tolerance.prix_pct,
        etat=EtatAchat.A_CONTROLER,
        facture_annoncee=fait.facture_fournisseur,
        revision=0,
        lignes=[
            LigneAchat(
                position=rang,
                ligne_recue_id=ligne.ligne_id,
                produit_id=ligne.produit_id,
                reference=ligne.reference,
                reference_fournisseur=ligne.reference_fournisseur,
                designation=ligne.designation,
                commande_numero=ligne.commande_numero,
                quantite=ligne.quantite,
                prix_ht=ligne.prix_ht,
                total_ht=total_ligne_ht(ligne.quantite, ligne.prix_ht),
                prix_commande_ht=ligne.prix_commande_ht,
                est_hors_tolerance=ligne.est_hors_tolerance,
            )
            for rang, ligne in enumerate(fait.lignes)
        ],
    )
    tx.add(achat)
    tx.publish(achat.creer())
    if ecarts := achat.ecarts():
        tx.publish(achat.bloquer(ecarts))


async def controler(
    tx: Transaction, achat_id: UUID, saisie: Controle, jointe: FichierJoint | None = None
) -> AffaireFournisseur:
    """The supplier's invoice was read, by accounts or from its file: what it says beyond the order and the reception
    puts it on hold.
    """
    achat = await repository.get_for_update(tx, achat_id)
    achat.facture_fournisseur, achat.date_facture = saisie.facture_fournisseur, saisie.date_facture
    if jointe is not None:
        achat.facture_sha256, achat.facture_nom, achat.facture_type = jointe.sha256, jointe.nom, jointe.type
    if saisie.echeance is not None:
        achat.echeance = saisie.echeance
    elif saisie.date_facture is not None:
        achat.echeance = await _echeance(tx, achat.fournisseur_id, saisie.date_facture)
    connues = {ligne.id for ligne in achat.lignes}
    if inconnues := [lue for lue in saisie.lignes if lue.ligne_id not in connues]:
        raise LigneAchatInconnue(numero=achat.numero, nombre=len(inconnues))
    achat.lire_facture({lue.ligne_id: (lue.quantite, lue.prix_ht) for lue in saisie.lignes}, saisie.frais_ht)
    if ecarts := achat.ecarts():
        tx.publish(achat.bloquer(ecarts))
    else:
        achat.controler()
        _chiffrer(tx, achat)
    return achat


async def retirer_facture(tx: Transaction, achat_id: UUID, *, numero: str | None = None) -> None:
    """Its invoice is refused, or is of something else: it is judged as when the goods came, and waits for another.

    `numero`: only while that is its invoice.
    """
    achat = await repository.get_for_update(tx, achat_id)
    if numero is not None and achat.facture_fournisseur != numero:
        return
    achat.retirer_facture()
    _chiffrer(tx, achat)
    if ecarts := achat.ecarts():
        tx.publish(achat.bloquer(ecarts))


async def crediter(tx: Transaction, achat_id: UUID, numero: str, montant_ht: Decimal) -> None:
    """A credit note of its supplier came: it may lift the hold. AvoirRecuTropGrand."""
    achat = await repository.get_for_update(tx, achat_id)
    achat.crediter(numero, montant_ht)
    if achat.etat is EtatAchat.BLOQUEE:
        if ecarts := achat.ecarts():
            achat.motif_blocage = "\n".join(ecarts)
        else:
            achat.controler()
    _chiffrer(tx, achat)


async def decrediter(tx: Transaction, achat_id: UUID, montant_ht: Decimal) -> None:
    """That credit note is refused: what it took back is claimed again, and may hold the invoice."""
    achat = await repository.get_for_update(tx, achat_id)
    achat.total_credite_ht -= montant_ht
    ecarts = achat.ecarts()
    if ecarts and not achat.liberee_par:
        tx.publish(achat.bloquer(ecarts))
    _chiffrer(tx, achat)


async def liberer(tx: Transaction, achat_id: UUID, motif: str) -> AffaireFournisseur:
    """Somebody allowed lets an invoice on hold through, and says why."""
    achat = await repository.get_for_update(tx, achat_id)
    tx.publish(achat.liberer(motif=motif, par=tx.actor.nom, le=tx.now))
    _chiffrer(tx, achat)
    return achat


def _chiffrer(tx: Transaction, achat: AffaireFournisseur) -> None:
    """Tell what the goods cost from now on, when it is not what was told."""
    if (fait := achat.chiffrer(par=tx.actor.nom, le=tx.now)) is not None:
        tx.publish(fait)


async def _echeance(tx: Transaction, fournisseur_id: UUID, datee_du: date) -> date:
    """When the supplier must be paid: its own delay, thirty days when contacts never told it (C. com. L441-10)."""
    fournisseur = await copies.fiche_tiers(tx, fournisseur_id)
    return echeance(datee_du, fournisseur.delai_paiement_jours if fournisseur else DELAI_LEGAL_JOURS)
