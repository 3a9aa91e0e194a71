"""What accounts can cause to invoices: issue, send, settle, correct."""

from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from services.billing.acompte import use_cases as acomptes
from services.billing.affaire_client import repository as affaires
from services.billing.affaire_client.models import AffaireClient
from services.billing.copies import queries as copies
from services.billing.errors import (
    AdresseManquante,
    AffaireClientInconnue,
    AvoirImpossible,
    CanalIncoherent,
    CourrielManquant,
)
from services.billing.facture import repository, rules
from services.billing.facture.documents import contenu
from services.billing.facture.models import EnvoiFacture, Facture, Reglement
from services.billing.facture.schemas import EnvoiManuel, SaisieReglement
from shared.contracts.billing import EnvoiFactureDemande
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.database.numbering import reserve_numbers
from shared.database.transaction import Transaction
from shared.documents import identites
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO
from shared.kernel.refusals import Refusal

LIBELLES_CANAL = {"chorus": "Chorus Pro", "papier": "courrier", "mail": "e-mail"}


async def emettre(tx: Transaction, affaire_client_id: UUID) -> Facture:
    """The affaire client becomes an invoice: number, frozen content, chain, in one transaction."""
    issue = (await emettre_ensemble(tx, [affaire_client_id]))[affaire_client_id]
    if isinstance(issue, Refusal):
        raise issue
    return issue


async def emettre_ensemble(tx: Transaction, affaire_client_ids: Sequence[UUID]) -> dict[UUID, Facture | Refusal]:
    """The same for many, numbers and links taken at once: each gets its invoice, or the refusal that concerns it alone."""
    issues: dict[UUID, Facture | Refusal] = {}
    connues = await affaires.plusieurs_for_update(tx, affaire_client_ids)
    clients = await copies.fiches_tiers(tx, _concernes(connues.values()))
    emetteur, le = await copies.societe(tx), jour_paris(tx.now)
    for id_ in affaire_client_ids:
        try:
            issues[id_] = _facture(connues.get(id_), clients, emetteur, le)
        except Refusal as refus:
            issues[id_] = refus
    factures = [issue for issue in issues.values() if isinstance(issue, Facture)]
    await _enchainer(tx, factures)
    for facture in factures:
        acomptes.suivre_emission(connues[facture.affaire_client_id], connues.values(), facture.numero, le)
    return issues


def _concernes(connues: Iterable[AffaireClient]) -> Iterable[UUID]:
    """The clients, and whoever receives an invoice in the place of one."""
    for affaire in connues:
        yield affaire.tiers_id
        if affaire.tiers_secondaire_id:
            yield affaire.tiers_secondaire_id


def _adressee(affaire: AffaireClient, clients: Mapping[UUID, FicheTiers]) -> FicheTiers:
    """Whoever receives the invoice, where a letter would reach them (AdresseManquante)."""
    client = clients.get(affaire.tiers_id)
    if client is None:
        raise AdresseManquante(nom=affaire.tiers_nom)
    secondaire = clients.get(affaire.tiers_secondaire_id) if affaire.tiers_secondaire_id else None
    adressee = identites.adressee(affaire.adressage, client, secondaire)
    for fiche in (client, adressee):
        if not identites.a_une_adresse(fiche):
            raise AdresseManquante(nom=fiche.nom)
    return adressee


def _facture(
    affaire: AffaireClient | None, clients: Mapping[UUID, FicheTiers], emetteur: SocieteModifiee, le: date
) -> Facture:
    if affaire is None:
        raise AffaireClientInconnue
    affaire.verifier_facturable()
    adressee, client = _adressee(affaire, clients), clients[affaire.tiers_id]
    return Facture(
        nature="acompte" if affaire.est_acompte else "facture",
        affaire_client_id=affaire.id,
        tiers_id=affaire.tiers_id,
        tiers_nom=client.nom,
        canal="chorus" if client.est_public else client.canal_envoi,
        emise_le=le,
        echeance=le if affaire.est_acompte else rules.echeance(le, client.delai_paiement_jours),
        total_ht=affaire.total_ht,
        total_tva=affaire.total_tva,
        total_ttc=affaire.total_ttc,
        solde_ttc=affaire.total_ttc,
        contenu=contenu.de_facture(affaire, emetteur, client, adressee, le),
        demande_id=affaire.demande_id,
        affaire_id=affaire.affaire_id,
        contrat_id=affaire.contrat_id,
        periode=affaire.periode,
    )


async def crediter(tx: Transaction, facture_id: UUID, motif: str) -> Facture:
    """An avoir for the whole invoice: nothing issued is ever deleted."""
    origine = await repository.get_for_update(tx, facture_id)
    if origine.nature == "avoir" or await repository.total_credite(tx, facture_id):
        raise AvoirImpossible(numero=origine.numero)
    await acomptes.rendre(tx, origine.affaire_client_id, origine.numero)
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
    await _enchainer(tx, [avoir])
    return avoir


async def demander_envoi(tx: Transaction, facture_id: UUID, destinataires: list[str]) -> EnvoiFacture:
    """Ask for the invoice to be mailed; the job does it outside the request."""
    facture = await repository.get_for_update(tx, facture_id)
    if facture.canal != "mail" and not destinataires:
        raise CanalIncoherent(canal=LIBELLES_CANAL[facture.canal])
    client = await copies.fiche_tiers(tx, facture.adressee_a)
    a = destinataires or _courriels(client)
    if not a:
        raise CourrielManquant(nom=client.nom if client else facture.tiers_nom)
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


async def _enchainer(tx: Transaction, factures: Sequence[Facture]) -> None:
    """Number documents of one nature and day, link each to the previous one; the counters stay locked until the end."""
    if not factures:
        return
    serie = f"{'AV' if factures[0].nature == 'avoir' else 'FC'}-{factures[0].emise_le.year}"
    numeros = await reserve_numbers(tx, serie, len(factures))
    rangs = await reserve_numbers(tx, "chaine-factures", len(factures))
    maillon = await repository.dernier_maillon(tx, rangs.start)
    for facture, numero, rang in zip(factures, numeros, rangs, strict=True):
        facture.numero, facture.rang, facture.empreinte_precedente = f"{serie}-{numero:05d}", rang, maillon
        dit = {"numero": facture.numero, "emise_le": facture.emise_le, "total_ttc": facture.total_ttc}
        facture.empreinte = maillon = rules.empreinte(maillon, {**dit, **facture.contenu})
        tx.add(facture)
        tx.publish(facture.emettre())


def _courriels(client: FicheTiers | None) -> list[str]:
    adresse = (client.email_facturation or client.email) if client else None
    return [adresse] if adresse else []
