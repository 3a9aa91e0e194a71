"""The life of a deposit: opened by the signature, deducted once invoiced, given back by an avoir."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from services.billing.acompte import rules
from services.billing.affaire_client import repository
from services.billing.affaire_client import use_cases as affaires
from services.billing.affaire_client.models import AffaireClient, EtatAffaire, LigneAffaire
from services.billing.copies import use_cases as copies
from services.billing.copies.models import CopieVente
from services.billing.errors import AcompteDejaDeduit
from shared.contracts.commercial import Adressage, DevisValide
from shared.contracts.inventory import FeuilleValidee
from shared.database.transaction import Transaction
from shared.documents.formats import date_courte, pourcentage

SECTION = "Acomptes déduits"
PLUS_A_DEMANDER = "La facture {facture} porte sur toute la vente : cet acompte n’est plus à demander."
RENDU = "L’acompte {facture} a été annulé par un avoir : il n’est plus déduit."


async def ouvrir(tx: Transaction, fait: DevisValide) -> None:
    """The devis is signed: accounts find the deposit it asks for, once, by VAT rate as the client read it."""
    cle = f"acompte:{fait.proposition_id}"
    parts = rules.parts(
        [(ligne.total_ht, ligne.taux_tva, ligne.nature) for ligne in fait.lignes], fait.acompte_pourcent
    )
    if not parts or await repository.par_cle(tx, cle) is not None:
        return
    libelle = f"Acompte de {pourcentage(fait.acompte_pourcent)} à la commande"
    affaire = AffaireClient(
        cle=cle,
        origine="acompte",
        vente_id=fait.avenant_de or fait.proposition_id,
        regime_tva=fait.regime_tva,
        **copies.colonnes(fait.adressage or Adressage()),
        tiers_id=fait.tiers_id,
        tiers_nom=fait.tiers_nom,
        objet=fait.objet,
        reference=fait.numero,
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
    )
    await affaires.ouvrir(tx, affaire, [_demandee(part, rang, libelle) for rang, part in enumerate(parts)])


async def facturer_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """The work is validated: what is to be invoiced is what the feuille says, less the deposits already invoiced."""
    vendue = await tx.get(CopieVente, fait.proposition_id)
    vente_id = (vendue.avenant_de if vendue else None) or fait.proposition_id
    parentes = await repository.de_la_vente(tx, vente_id)
    sienne = next((affaire for affaire in parentes if affaire.cle == affaires.cle_feuille(fait.feuille_id)), None)
    vente = affaires.Vente(vente_id, vendue.regime_tva, vendue.adressage) if vendue else affaires.Vente(vente_id)
    await affaires.depuis_feuille(tx, fait, vente, _deductions(parentes, sienne))


def suivre_emission(affaire: AffaireClient, parentes: Iterable[AffaireClient], numero: str, le: date) -> None:
    """An invoice was issued: a deposit is deducted from what is ready, the work leaves no deposit to ask for."""
    affaire.facturer(f"{numero} du {date_courte(le)}")
    if affaire.vente_id is None:
        return
    de_la_vente = [parente for parente in parentes if parente.vente_id == affaire.vente_id and parente is not affaire]
    ouvertes = [parente for parente in de_la_vente if parente.etat is EtatAffaire.A_FACTURER]
    if affaire.est_acompte:
        prete = next((parente for parente in ouvertes if not parente.est_acompte), None)
        if prete is not None:
            prete.poser_lignes([*prete.lignes, *_deductions([affaire], None, rang=len(prete.lignes))])
        return
    for acompte in (parente for parente in ouvertes if parente.est_acompte):
        acompte.annuler(PLUS_A_DEMANDER.format(facture=numero))


async def rendre(tx: Transaction, affaire_client_id: UUID, numero: str) -> None:
    """An invoice is wholly credited: a deposit is no longer deducted, and what deducted deposits frees them."""
    affaires_vente = await repository.plusieurs_for_update(tx, [affaire_client_id])
    affaire = affaires_vente[affaire_client_id]
    if not affaire.est_acompte:
        for ligne in affaire.lignes:
            ligne.acompte_id = None
        return
    for parente in affaires_vente.values():
        if affaire.id not in parente.acomptes_deduits:
            continue
        if parente.etat is EtatAffaire.FACTUREE:
            raise AcompteDejaDeduit(numero=numero, facture=parente.facturee_par)
        if parente.etat is EtatAffaire.A_FACTURER:
            parente.poser_lignes([ligne for ligne in parente.lignes if ligne.acompte_id != affaire.id])
            parente.correction = RENDU.format(facture=numero)
    affaire.etat = EtatAffaire.ANNULEE


def _deductions(
    parentes: Iterable[AffaireClient], sienne: AffaireClient | None, *, rang: int = 0
) -> list[LigneAffaire]:
    """The lines that take back the deposits invoiced, but those another affaire of the sale deducts."""
    toutes = list(parentes)
    autres = (p for p in toutes if p is not sienne and p.etat is not EtatAffaire.ANNULEE)
    deja = {acompte_id for parente in autres for acompte_id in parente.acomptes_deduits}
    lignes = (
        (acompte, ligne)
        for acompte in toutes
        if acompte.est_acompte and acompte.etat is EtatAffaire.FACTUREE and acompte.id not in deja
        for ligne in acompte.lignes
    )
    return [_deduite(acompte, ligne, place) for place, (acompte, ligne) in enumerate(lignes, rang)]


def _demandee(part: rules.Part, rang: int, designation: str) -> LigneAffaire:
    return LigneAffaire(
        position=rang,
        designation=designation,
        quantite=1,
        prix_ht=part.montant_ht,
        taux_tva=part.taux_tva,
        total_ht=part.montant_ht,
        nature=part.nature,
    )


def _deduite(acompte: AffaireClient, ligne: LigneAffaire, rang: int) -> LigneAffaire:
    """Quantities are reversed, never prices: none may be below zero (EN 16931 BR-27)."""
    return LigneAffaire(
        position=rang,
        section=SECTION,
        designation=f"Acompte facturé : {acompte.facturee_par}",
        quantite=-ligne.quantite,
        unite=ligne.unite,
        prix_ht=ligne.prix_ht,
        remise=ligne.remise,
        taux_tva=ligne.taux_tva,
        total_ht=-ligne.total_ht,
        nature=ligne.nature,
        acompte_id=acompte.id,
    )
