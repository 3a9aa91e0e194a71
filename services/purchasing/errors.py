"""Every way purchasing says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound

# Negociations ----------------------------------------------------------------------------------------------------------


class FournisseurInconnu(NotFound):
    """Ce fournisseur n’est pas connu des achats ; vérifiez qu’il porte le rôle « fournisseur » dans le carnet d’adresses."""


class ProduitInconnu(NotFound):
    """Ce produit n’est pas connu des achats ; vérifiez qu’il existe dans le catalogue."""


class BesoinInconnu(NotFound):
    """Un des besoins choisis n’existe plus ; rechargez la liste des besoins."""


class NegociationInconnue(NotFound):
    """Cette négociation n’existe pas ou n’existe plus."""


class BesoinAutreProduit(Invalid):
    """Le besoin « {autre} » concerne un autre produit que « {designation} »."""


class RepartitionTropGrande(Invalid):
    """La répartition par projet de « {designation} » ({reparti}) dépasse la quantité négociée ({quantite})."""


class BesoinEnDouble(Invalid):
    """Le même besoin est choisi deux fois ; gardez une seule ligne par projet."""


class NegociationTransition(Conflict):
    """La négociation de « {designation} » est {actuel} ; elle ne peut pas devenir {vise}."""


class NegociationFigee(Conflict):
    """La négociation de « {designation} » est {actuel} et ne se modifie plus."""


# Commandes -------------------------------------------------------------------------------------------------------------


class CommandeInconnue(NotFound):
    """Cette commande n’existe pas ou n’existe plus."""


class NegociationAutreFournisseur(Invalid):
    """La négociation de « {designation} » est ouverte chez {fournisseur} ; elle ne peut pas entrer dans cette commande."""


class FournisseurSansAdresse(Conflict):
    """{nom} n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant de lui passer commande."""


class NegociationSansPrix(Invalid):
    """La négociation de « {designation} » n’a pas de prix ; renseignez-le avant de commander."""


class CommandeTransition(Conflict):
    """La commande {numero} est {actuel} ; elle ne peut pas devenir {vise}."""


class CommandeFigee(Conflict):
    """La commande {numero} est {actuel} et ne se modifie plus."""


class CommandeEnAttente(Conflict):
    """La commande {numero} attend une approbation : elle ne part pas chez le fournisseur et ne se reçoit pas avant."""


class CommandeRefusee(Conflict):
    """La commande {numero} a été refusée : reprenez ses négociations dans la fiche du fournisseur."""


class ApprobationRequise(Conflict):
    """Ce changement porte la commande {numero} au-delà de {limite} HT ; demandez-le à un approbateur."""


class AgenceInconnue(Invalid):
    """Indiquez l’agence de livraison : aucune n’est connue pour cette opération."""


# Reorder rules ---------------------------------------------------------------------------------------------------------


class RegleInconnue(NotFound):
    """Cette règle de réapprovisionnement n’existe plus ; rechargez la page."""


# Mails to suppliers ----------------------------------------------------------------------------------------------------


class EnvoiInconnu(NotFound):
    """Cet envoi n’existe pas, ou aucun document n’est encore parti avec lui."""


# Receptions ------------------------------------------------------------------------------------------------------------


class ReceptionInconnue(NotFound):
    """Cette réception n’existe pas ou n’existe plus."""


class LigneInconnue(NotFound):
    """Cette ligne n’existe pas dans la réception ; rechargez la page."""


class LectureInconnue(NotFound):
    """Cette lecture n’existe pas dans la réception ; rechargez la page."""


class CleDejaLue(Conflict):
    """Cette clé d’envoi est celle d’une autre lecture, « {code} » ; renvoyez avec une nouvelle clé."""


class LectureDejaAnnulee(Conflict):
    """Cette lecture est déjà annulée."""


class CommandeAutreFournisseur(Invalid):
    """La commande {numero} est passée à un autre fournisseur ; ouvrez une réception séparée."""


class CommandeDejaCloturee(Conflict):
    """La commande {numero} est clôturée : il n’y a plus rien à recevoir."""


class ReceptionTransition(Conflict):
    """La réception {numero} est {actuel} ; elle ne peut pas devenir {vise}."""


class ReceptionFermee(Conflict):
    """La réception {numero} est {actuel} ; elle ne se modifie plus."""


class ReceptionVide(Invalid):
    """Rien n’a été reçu : lisez un code ou saisissez une quantité avant de valider."""


class FactureIllisible(Invalid):
    """« {nom} » n’est pas une facture lisible : joignez un PDF ou une photo (JPEG, PNG)."""


class FactureNonJointe(NotFound):
    """Aucune facture n’est jointe à la réception {numero}."""


class QuantiteEnTrop(Conflict):
    """{quantite} reçus pour {attendue} attendus de « {designation} » : confirmez le surplus ou corrigez la quantité."""


class SurplusRefuse(Conflict):
    """{fournisseur} ne livre rien au-delà de {tolerance} % des commandes : {quantite} « {designation} » en trop, à rendre au livreur."""


class SeriesEnTrop(Invalid):
    """« {designation} » porte déjà {series} numéros de série ; retirez-en avant de réduire la quantité à {quantite}."""


class SeriesManquantes(Conflict):
    """« {designation} » exige un numéro de série par objet : {series} saisis pour {quantite} reçus."""


class SerieInutile(Invalid):
    """« {designation} » n’est pas suivi par numéro de série."""


class SerieEnDouble(Conflict):
    """Le numéro de série {numero} est déjà {ou}."""


class PlageInvalide(Invalid):
    """La plage de « {debut} » à « {fin} » n’est pas lisible : même préfixe, numéros croissants, 1 000 au plus."""


class QuantiteNonEntiere(Invalid):
    """« {designation} » se compte à l’unité : saisissez une quantité entière."""


class UniteParUniteTropGrande(Invalid):
    """« {designation} » se suit objet par objet : {maximum} au plus par ligne ({quantite} ici) ; recevez le reste dans une autre réception."""


class LigneNonRetirable(Conflict):
    """« {designation} » vient de la commande ; mettez sa quantité à zéro pour ne rien recevoir."""


class SubstitutionImpossible(Invalid):
    """« {designation} » ne peut remplacer que des unités encore attendues ({attendue}) d’une ligne commandée."""


class ResteInsuffisant(Conflict):
    """« {designation} » a été reçu entre-temps dans une autre réception : il en reste {reste} à recevoir."""
