"""The steps of a monthly run. Each can be repeated: it takes only the lines that remain, and no line stops the others."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from services.billing.affaire_client import repository as affaires
from services.billing.affaire_client import use_cases as affaires_client
from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.campagne import repository, rules
from services.billing.campagne.models import Campagne, Etape, LigneCampagne
from services.billing.copies.models import CopieContrat
from services.billing.errors import CampagneExistante
from services.billing.facture import use_cases as factures
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO
from shared.kernel.refusals import Refusal


async def ouvrir(tx: Transaction, periode: str) -> Campagne:
    """Step 1: list everything billable this month, missed periods included; nothing is created yet."""
    mois = rules.mois(periode)
    if await tx.scalar(select(Campagne.id).where(Campagne.periode == periode)):
        raise CampagneExistante(periode=periode)
    candidates = {
        rules.cle(contrat.contrat_id, due): (contrat, due)
        for contrat in await repository.contrats_actifs(tx, rules.fin_de_mois(mois))
        for due in rules.periodes_dues(
            debut=contrat.debut,
            fin=contrat.fin,
            periodicite_mois=contrat.periodicite_mois,
            est_a_echoir=contrat.est_a_echoir,
            mois_campagne=mois,
        )
    }
    deja = await repository.cles_deja_facturees(tx, candidates)
    lignes = [_ligne(cle, *valeur) for cle, valeur in candidates.items() if cle not in deja]
    campagne = Campagne(periode=periode, etape=Etape.CONTROLE, lignes=lignes)
    tx.add(campagne)
    return campagne


async def creer_affaires(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 2: one affaire client per line; a contract that fails keeps its error and the others go on."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.AFFAIRES)
    contrats = await _contrats(tx, campagne)
    for ligne in campagne.lignes:
        if ligne.affaire_client_id is None:
            await _isoler(tx, ligne, _creer_affaire, contrats[ligne.contrat_id])
    return campagne


async def emettre(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 3: issue the invoices, numbered without gap."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.FACTURES)
    for ligne in campagne.lignes:
        if ligne.affaire_client_id and ligne.facture_id is None:
            await _isoler(tx, ligne, _emettre)
    return campagne


async def envoyer(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 4: ask for the mails; the others are listed for Chorus Pro or post. Never sends twice."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.ENVOIS)
    for ligne in campagne.lignes:
        if ligne.facture_id and ligne.canal == "mail" and not ligne.est_envoyee:
            await _isoler(tx, ligne, _envoyer)
    tx.publish(campagne.terminer())
    return campagne


async def _isoler(tx: Transaction, ligne: LigneCampagne, etape: Any, *arguments: Any) -> None:
    """Do one line in a savepoint; a refusal is written on the line and undoes only that line."""
    ligne.erreur = ""
    try:
        async with tx.session.begin_nested():
            await etape(tx, ligne, *arguments)
    except Refusal as refus:
        ligne.erreur = refus.detail


async def _creer_affaire(tx: Transaction, ligne: LigneCampagne, contrat: CopieContrat) -> None:
    existante = await affaires.par_cle(tx, ligne.cle)
    if existante is not None:
        ligne.affaire_client_id = existante.id
        return
    affaire = AffaireClient(
        cle=ligne.cle,
        origine="contrat",
        tiers_id=contrat.tiers_id,
        tiers_nom=contrat.tiers_nom,
        objet=f"{contrat.objet}, {ligne.libelle_periode}",
        reference=contrat.numero,
        periode=ligne.libelle_periode,
        demande_id=None,  # the sale's demande is over: a recurring invoice must not move it
        affaire_id=contrat.affaire_id,
        contrat_id=contrat.contrat_id,
    )
    lignes = [
        LigneAffaire(
            position=rang,
            designation=brute["designation"],
            quantite=Decimal(1),
            unite="forfait",
            prix_ht=Decimal(brute["montant_ht"]),
            taux_tva=Decimal(brute["taux_tva"]),
            total_ht=Decimal(brute["montant_ht"]),
            nature="service",
        )
        for rang, brute in enumerate(contrat.lignes)
    ]
    await affaires_client.ouvrir(tx, affaire, lignes)
    ligne.affaire_client_id = affaire.id


async def _emettre(tx: Transaction, ligne: LigneCampagne) -> None:
    assert ligne.affaire_client_id is not None
    facture = await factures.emettre(tx, ligne.affaire_client_id)
    ligne.facture_id, ligne.facture_numero, ligne.canal = facture.id, facture.numero, facture.canal


async def _envoyer(tx: Transaction, ligne: LigneCampagne) -> None:
    assert ligne.facture_id is not None
    await factures.demander_envoi(tx, ligne.facture_id, [])
    ligne.est_envoyee = True


async def _contrats(tx: Transaction, campagne: Campagne) -> dict[UUID, CopieContrat]:
    ids = {ligne.contrat_id for ligne in campagne.lignes}
    lus = await tx.scalars(select(CopieContrat).where(CopieContrat.contrat_id.in_(ids)))
    return {contrat.contrat_id: contrat for contrat in lus}


def _ligne(cle: str, contrat: CopieContrat, due: rules.Periode) -> LigneCampagne:
    return LigneCampagne(
        cle=cle,
        contrat_id=contrat.contrat_id,
        contrat_numero=contrat.numero,
        tiers_nom=contrat.tiers_nom,
        libelle_periode=due.libelle(),
        montant_ht=sum((Decimal(ligne["montant_ht"]) for ligne in contrat.lignes), ZERO),
        erreur="",
        est_envoyee=False,
    )
