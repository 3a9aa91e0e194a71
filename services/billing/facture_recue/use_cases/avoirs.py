"""A credit note received: on the return that awaits it, or on the invoice it corrects (BT-25), or waiting and saying why."""

from collections.abc import Sequence
from uuid import UUID

from services.billing.affaire_fournisseur import use_cases as affaires_fournisseur
from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.avoir_fournisseur import use_cases as avoirs_fournisseur
from services.billing.avoir_fournisseur.models import AvoirAttendu
from services.billing.avoir_fournisseur.schemas import SaisieAvoirRecu
from services.billing.copies import queries as copies
from services.billing.errors import AvoirFournisseurDejaRecu, AvoirFournisseurFutur, ReceptionNonAttendue
from services.billing.facture_recue import repository
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.rules import sommes
from services.billing.facture_recue.rules.lue import FactureLue
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_euros


async def refuser_si_saisi(tx: Transaction, fournisseurs: Sequence[UUID], numero: str) -> None:
    """AvoirFournisseurDejaRecu: accounts typed it already, on the return that awaited it."""
    if retour := await repository.retour_credite(tx, fournisseurs, numero):
        raise AvoirFournisseurDejaRecu(numero=numero, retour=retour)


async def rapprocher(tx: Transaction, recue: FactureRecue) -> None:
    """Put it on the only thing it can credit; otherwise say what is missing."""
    lue = recue.lue
    fournisseurs = await copies.fournisseurs(tx, lue.vendeur.identifiants, lue.vendeur.nom)
    recue.fournisseur_id = fournisseurs[0] if len(fournisseurs) == 1 else None
    faux = sommes.ecarts(lue)
    attendus = [] if faux else await repository.avoirs_annonces(tx, fournisseurs, lue.numero, lue.total_ht)
    factures = await repository.factures_numerotees(tx, fournisseurs, lue.corrige) if lue.corrige else []
    if len(attendus) == 1:
        try:
            await _sur_retour(tx, recue, attendus[0])
        except (AvoirFournisseurDejaRecu, AvoirFournisseurFutur) as refus:
            recue.attendre([refus.detail.rstrip(".")])  # a reception that comes is not stopped by a credit note
    elif len(factures) == 1 and not faux and factures[0].reste_a_crediter_ht >= lue.total_ht:
        await _sur_facture(tx, recue, factures[0])
    else:
        recue.attendre([*_manques(lue, fournisseurs, factures), *faux])


async def choisir(tx: Transaction, recue: FactureRecue, cible_id: UUID) -> None:
    """Accounts say what it credits, whatever it cites; ReceptionNonAttendue, and what refuses too much."""
    fournisseurs = await copies.fournisseurs(tx, recue.lue.vendeur.identifiants, recue.lue.vendeur.nom)
    possibles: list[AvoirAttendu | AffaireFournisseur] = [
        *await repository.avoirs_attendus(tx, fournisseurs),
        *await repository.facturees(tx, fournisseurs),
    ]
    cible = next((possible for possible in possibles if possible.id == cible_id), None)
    if isinstance(cible, AvoirAttendu):
        await _sur_retour(tx, recue, cible)
    elif cible is not None:
        await _sur_facture(tx, recue, cible)
    else:
        raise ReceptionNonAttendue


async def retirer(tx: Transaction, recue: FactureRecue) -> None:
    """It is refused: what it credited is owed again."""
    if recue.attendu_id is not None:
        await avoirs_fournisseur.annuler(tx, recue.attendu_id, recue.numero)
    elif recue.achat_id is not None:
        await affaires_fournisseur.decrediter(tx, recue.achat_id, recue.lue.total_ht)


async def _sur_retour(tx: Transaction, recue: FactureRecue, attendu: AvoirAttendu) -> None:
    lue = recue.lue
    saisie = SaisieAvoirRecu(numero=lue.numero, date_avoir=lue.date_facture, montant_ht=lue.total_ht)
    await avoirs_fournisseur.enregistrer(tx, attendu.id, saisie)
    recue.crediter_retour(attendu.id, attendu.retour_numero, sommes.ecarts(lue))


async def _sur_facture(tx: Transaction, recue: FactureRecue, achat: AffaireFournisseur) -> None:
    await affaires_fournisseur.crediter(tx, achat.id, recue.numero, recue.lue.total_ht)
    recue.fournisseur_id = achat.fournisseur_id
    recue.rapprocher(achat.id, achat.numero, sommes.ecarts(recue.lue))


def _manques(lue: FactureLue, fournisseurs: Sequence[UUID], factures: Sequence[AffaireFournisseur]) -> list[str]:
    """What keeps it from being matched, its sums apart."""
    if not fournisseurs:
        return [f"{lue.vendeur.nom} n’est pas dans le carnet d’adresses"]
    if not lue.corrige:
        return ["cet avoir ne cite pas la facture qu’il corrige"]
    if not factures:
        return [f"la facture « {lue.corrige} » que cet avoir corrige n’est pas contrôlée ici"]
    if len(factures) > 1:
        return [f"{len(factures)} factures portent le numéro « {lue.corrige} »"]
    montant_ht, reste_ht = lue.total_ht, factures[0].reste_a_crediter_ht
    if montant_ht <= reste_ht:
        return []
    dus = f"les {ecrire_euros(reste_ht)} HT qui restent de la facture « {lue.corrige} »"
    return [f"cet avoir crédite {ecrire_euros(montant_ht)} HT, plus que {dus}"]
