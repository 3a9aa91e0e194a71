"""Which syntax an XML is in, and what can be taken in of it."""

from services.billing.errors import AvoirRecuNegatif, FactureRecueDevise, FactureRecueIllisible
from services.billing.facture_recue.rules import cii, ubl
from services.billing.facture_recue.rules.arbre import Illisible, Noeud, analyser
from services.billing.facture_recue.rules.lue import FactureLue
from shared.kernel.money import ZERO
from shared.kernel.nombre import ecrire_euros

LIGNES_MAXIMUM = 1000


def lire(xml: bytes) -> FactureLue:
    """The invoice, or the credit note. FactureRecueIllisible, AvoirRecuNegatif, FactureRecueDevise."""
    try:
        lue = _lire(analyser(xml))
    except Illisible as error:
        raise FactureRecueIllisible(ou=error.ou) from error
    if lue.est_avoir and lue.total_ht <= ZERO:
        raise AvoirRecuNegatif(numero=lue.numero, montant=ecrire_euros(lue.total_ht), fournisseur=lue.vendeur.nom)
    if lue.devise != "EUR":
        raise FactureRecueDevise(numero=lue.numero, devise=lue.devise)
    return lue


def _lire(racine: Noeud) -> FactureLue:
    if racine.nom == cii.RACINE:
        lue = cii.lire(racine)
    elif racine.nom in ubl.RACINES:
        lue = ubl.lire(racine)
    else:
        raise Illisible(f"« {racine.nom[:40]} » n’est ni une facture CII ni une facture UBL")
    if not 0 < len(lue.lignes) <= LIGNES_MAXIMUM:
        raise Illisible("aucune ligne" if not lue.lignes else f"plus de {LIGNES_MAXIMUM} lignes")
    return lue
