"""The steps of a monthly run. Each can be repeated: it takes only the lines that remain, and no line stops the others."""

from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.billing.affaire_client import use_cases as affaires_client
from services.billing.affaire_client.models import AffaireClient, LigneAffaire
from services.billing.campagne import repository, rules
from services.billing.campagne.models import Campagne, Etape, LigneCampagne
from services.billing.copies.models import CopieContrat
from services.billing.errors import CampagneExistante
from services.billing.facture import use_cases as factures
from services.billing.facture.models import Facture
from shared.database.transaction import Transaction
from shared.kernel.money import ZERO
from shared.kernel.refusals import Refusal


async def ouvrir(tx: Transaction, periode: str) -> Campagne:
    """Step 1: list everything billable this month, missed periods included; nothing is created yet."""
    mois = rules.mois(periode)
    if await tx.scalar(select(Campagne.id).where(Campagne.periode == periode)):
        raise CampagneExistante(periode=f"{mois:%m/%Y}")
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
    deja = await repository.affaires_par_cle(tx, candidates)
    lignes = [_ligne(cle, *valeur) for cle, valeur in candidates.items() if cle not in deja]
    campagne = Campagne(periode=periode, etape=Etape.CONTROLE, lignes=lignes)
    tx.add(campagne)
    return campagne


async def creer_affaires(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 2: one affaire client per line."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.AFFAIRES)
    contrats = await _contrats(tx, campagne)
    a_creer = [ligne for ligne in campagne.lignes if ligne.affaire_client_id is None]
    deja = await repository.affaires_par_cle(tx, (ligne.cle for ligne in a_creer))
    neuves = {ligne.cle: _affaire(ligne, contrats[ligne.contrat_id]) for ligne in a_creer if ligne.cle not in deja}
    if neuves:
        await affaires_client.ouvrir_ensemble(tx, list(neuves.values()))
    ouvertes = deja | {cle: affaire.id for cle, (affaire, _) in neuves.items()}
    for ligne in a_creer:
        ligne.affaire_client_id = ouvertes[ligne.cle]
    return campagne


async def emettre(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 3: issue the invoices, numbered without gap; a contract that is refused keeps its error, the others go on."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.FACTURES)
    a_emettre = {x.affaire_client_id: x for x in campagne.lignes if x.affaire_client_id and x.facture_id is None}
    for affaire_id, issue in (await factures.emettre_ensemble(tx, list(a_emettre))).items():
        ligne = a_emettre[affaire_id]
        ligne.erreur = issue.detail if isinstance(issue, Refusal) else ""
        if isinstance(issue, Facture):
            ligne.facture_id, ligne.facture_numero, ligne.canal = issue.id, issue.numero, issue.canal
    return campagne


async def envoyer(tx: Transaction, campagne_id: UUID) -> Campagne:
    """Step 4: ask for the mails; the others are listed for Chorus Pro or post. Never sends twice."""
    campagne = await repository.get_for_update(tx, campagne_id)
    campagne.atteindre(Etape.ENVOIS)
    for ligne in campagne.lignes:
        if ligne.facture_id and ligne.canal == "mail" and not ligne.est_envoyee:
            await _envoyer(tx, ligne)
    tx.publish(campagne.terminer())
    return campagne


def _affaire(ligne: LigneCampagne, contrat: CopieContrat) -> tuple[AffaireClient, list[LigneAffaire]]:
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
    return affaire, lignes


async def _envoyer(tx: Transaction, ligne: LigneCampagne) -> None:
    """Asked in a savepoint: a refusal is written on the line and undoes only that line."""
    assert ligne.facture_id is not None
    ligne.erreur = ""
    try:
        async with tx.session.begin_nested():
            await factures.demander_envoi(tx, ligne.facture_id, [])
            ligne.est_envoyee = True
    except Refusal as refus:
        ligne.erreur = refus.detail


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
