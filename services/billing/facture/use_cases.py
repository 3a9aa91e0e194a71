"""What accounts can cause to invoices: issue, send, settle, correct."""

from uuid import UUID

from services.billing.affaire_client import repository as affaires
from services.billing.copies import queries as copies
from services.billing.errors import AdresseManquante, AvoirImpossible, CanalIncoherent, CourrielManquant
from services.billing.facture import repository, rules
from services.billing.facture.documents import contenu
from services.billing.facture.models import EnvoiFacture, Facture, Reglement
from services.billing.facture.schemas import EnvoiManuel, SaisieReglement
from shared.contracts.billing import EnvoiFactureDemande
from shared.contracts.contacts import FicheTiers
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO

LIBELLES_CANAL = {"chorus": "Chorus Pro", "papier": "courrier", "mail": "e-mail"}


async def emettre(tx: Transaction, affaire_client_id: UUID) -> Facture:
    """The affaire client becomes an invoice: number, frozen content, chain, in one transaction."""
    affaire = await affaires.get_for_update(tx, affaire_client_id)
    affaire.facturer()
    client = await copies.fiche_tiers(tx, affaire.tiers_id)
    if client is None or client.adresse is None or not client.adresse.ville:
        raise AdresseManquante(nom=affaire.tiers_nom)
    le = jour_paris(tx.now)
    facture = Facture(
        nature="facture",
        affaire_client_id=affaire.id,
        tiers_id=affaire.tiers_id,
        tiers_nom=client.nom,
        canal="chorus" if client.est_public else client.canal_envoi,
        emise_le=le,
        echeance=rules.echeance(le, client.delai_paiement_jours),
        total_ht=affaire.total_ht,
        total_tva=affaire.total_tva,
        total_ttc=affaire.total_ttc,
        solde_ttc=affaire.total_ttc,
        contenu=contenu.de_facture(affaire, await copies.societe(tx), client, le),
        demande_id=affaire.demande_id,
        affaire_id=affaire.affaire_id,
        contrat_id=affaire.contrat_id,
        periode=affaire.periode,
    )
    return await _enchainer(tx, facture)


async def crediter(tx: Transaction, facture_id: UUID, motif: str) -> Facture:
    """An avoir for the whole invoice: nothing issued is ever deleted."""
    origine = await repository.get_for_update(tx, facture_id)
    if origine.nature != "facture" or await repository.total_credite(tx, facture_id):
        raise AvoirImpossible(numero=origine.numero)
    le = jour_paris(tx.now)
    avoir = Facture(
        nature="avoir",
        affaire_client_id=origine.affaire_client_id,
        facture_origine_id=origine.id,
        tiers_id=origine.tiers_id,
        tiers_nom=origine.tiers_nom,
        canal=origine.canal,
        emise_le=le,
        echeance=le,
        total_ht=-origine.total_ht,
        total_tva=-origine.total_tva,
        total_ttc=-origine.total_ttc,
        solde_ttc=ZERO,
        contenu=contenu.d_avoir(origine.contenu, origine.numero, origine.emise_le, le, motif),
        demande_id=origine.demande_id,
        affaire_id=origine.affaire_id,
        contrat_id=origine.contrat_id,
    )
    if origine.solde_ttc > ZERO:
        # The debt disappears with the credit; what was already paid stays on the avoir, to give back or to impute.
        origine.solde_ttc, avoir.solde_ttc = ZERO, origine.solde_ttc - origine.total_ttc
        origine.etat = rules.etat_apres_reglement(origine.etat, origine.solde_ttc)
    return await _enchainer(tx, avoir)


async def demander_envoi(tx: Transaction, facture_id: UUID, destinataires: list[str]) -> EnvoiFacture:
    """Ask for the invoice to be mailed; the job does it outside the request."""
    facture = await repository.get_for_update(tx, facture_id)
    if facture.canal != "mail" and not destinataires:
        raise CanalIncoherent(canal=LIBELLES_CANAL[facture.canal])
    client = await copies.fiche_tiers(tx, facture.tiers_id)
    a = destinataires or _courriels(client)
    if not a:
        raise CourrielManquant(nom=facture.tiers_nom)
    envoi = EnvoiFacture(
        facture_id=facture.id,
        canal="mail",
        destinataires=a,
        demande_par=tx.actor.nom,
        demande_le=tx.now,
        etat="demande",
    )
    tx.add(envoi)
    tx.publish(EnvoiFactureDemande(facture_id=facture.id, envoi_id=envoi.id, demande_id=facture.demande_id))
    return envoi


async def marquer_envoyee(tx: Transaction, facture_id: UUID, saisie: EnvoiManuel) -> Facture:
    """Deposited on Chorus Pro or posted by hand: staff say so, with the reference of the deposit."""
    facture = await repository.get_for_update(tx, facture_id)
    envoi = EnvoiFacture(
        facture_id=facture.id,
        canal=saisie.canal,
        destinataires=[saisie.reference] if saisie.reference else [],
        demande_par=tx.actor.nom,
        demande_le=tx.now,
        etat="envoye",
        fait_le=tx.now,
    )
    tx.add(envoi)
    tx.publish(facture.envoyer(saisie.canal, tuple(envoi.destinataires)))
    return facture


async def encaisser(tx: Transaction, facture_id: UUID, saisie: SaisieReglement) -> Facture:
    """Record a payment, whole or partial."""
    facture = await repository.get_for_update(tx, facture_id)
    noter_reglement(tx, facture, saisie)
    return facture


def noter_reglement(
    tx: Transaction, facture: Facture, saisie: SaisieReglement, *, operation_id: UUID | None = None
) -> None:
    """Settle a locked invoice, by hand or from an operation of the bank statement."""
    tx.publish(facture.regler(saisie.montant_ttc))
    reglement = Reglement(facture_id=facture.id, **saisie.model_dump(), saisi_par=tx.actor.nom)
    reglement.operation_id = operation_id
    tx.add(reglement)


async def _enchainer(tx: Transaction, facture: Facture) -> Facture:
    """Number it and link it to the previous one; both counters stay locked until this transaction ends."""
    annee, prefixe = facture.emise_le.year, "AV" if facture.nature == "avoir" else "FC"
    facture.numero = f"{prefixe}-{annee}-{await next_number(tx, f'{prefixe}-{annee}'):05d}"
    facture.rang = await next_number(tx, "chaine-factures")
    facture.empreinte_precedente = await repository.dernier_maillon(tx, facture.rang)
    facture.empreinte = rules.empreinte(
        facture.empreinte_precedente,
        {"numero": facture.numero, "emise_le": facture.emise_le, "total_ttc": facture.total_ttc, **facture.contenu},
    )
    tx.add(facture)
    tx.publish(facture.emettre())
    return facture


def _courriels(client: FicheTiers | None) -> list[str]:
    adresse = (client.email_facturation or client.email) if client else None
    return [adresse] if adresse else []
