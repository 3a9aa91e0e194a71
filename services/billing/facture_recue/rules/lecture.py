"""Which syntax an XML is in, and what can be taken in of it."""

from services.billing.errors import FactureRecueAvoir, FactureRecueDevise, FactureRecueIllisible
from services.billing.facture_recue.rules import cii, ubl
from services.billing.facture_recue.rules.arbre import Illisible, Noeud, analyser
from services.billing.facture_recue.rules.lue import FactureLue
from shared.kernel.nombre import ecrire_euros

LIGNES_MAXIMUM = 1000
# UNTDID 1001, those of the French rules: credit notes, of an invoice, of a deposit, self-billed, factored.
AVOIRS = frozenset({"381", "261", "262", "396", "502", "503"})


def lire(xml: bytes) -> FactureLue:
    """The invoice. FactureRecueIllisible, FactureRecueAvoir, FactureRecueDevise."""
    try:
        lue = _lire(analyser(xml))
    except Illisible as error:
        raise FactureRecueIllisible(ou=error.ou) from error
    if lue.genre in AVOIRS:
        montant = ecrire_euros(abs(lue.total_ht))
        raise FactureRecueAvoir(numero=lue.numero, montant=montant, fournisseur=lue.vendeur.nom)
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
