"""Every way inventory says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


class ProduitInconnu(NotFound):
    """Ce produit n’existe pas ou n’existe plus au catalogue."""


class KitDansKit(Invalid):
    """Un kit est fait d’articles simples : « {designation} » est lui-même un kit, ou en fait partie."""


class KitEnStock(Conflict):
    """« {designation} » est en stock : un kit ne se stocke pas, ses composants le sont. Sortez-le du stock, ou créez un autre article."""


class TypeProduitInconnu(NotFound):
    """Ce type de produit n’existe pas ou n’existe plus."""


class DepotInconnu(NotFound):
    """Ce dépôt n’existe pas ou n’existe plus."""


class NatureInconnue(NotFound):
    """La nature de stock « {nature} » n’existe pas : choisissez-en une de la liste."""


class EmplacementInconnu(NotFound):
    """Cet emplacement n’existe pas dans le dépôt choisi."""


class HistoriqueInconnu(NotFound):
    """Cet objet n’existe pas ou n’existe plus."""


class CodeInconnu(NotFound):
    """Aucun objet ne porte l’étiquette ni le numéro de série « {code} »."""


class FeuilleInconnue(NotFound):
    """Cette feuille de travail n’existe pas ou n’existe plus."""


class ColonneInconnue(NotFound):
    """Cette colonne n’appartient pas à la feuille {numero}."""


class AttenduInconnu(NotFound):
    """Ce produit attendu n’appartient pas à la feuille {numero}."""


class ReservationInconnue(NotFound):
    """Ce produit n’est plus attendu : actualisez la page."""


class EtiquetteInconnue(NotFound):
    """L’étiquette « {code} » n’est pas connue : vérifiez le code, ou imprimez une planche d’étiquettes."""


class BonInconnu(NotFound):
    """Ce bon de livraison n’existe pas ou n’existe plus."""


class ObjetSansEtiquette(NotFound):
    """{objet} ne porte pas d’étiquette : scannez-en une sur l’objet, ou générez-en une."""


class LotInconnu(NotFound):
    """Cette planche d’étiquettes n’existe pas ou n’existe plus."""


class ActionInconnue(NotFound):
    """Cette opération d’atelier n’est pas prévue pour l’objet {objet}."""


class SecretAbsent(NotFound):
    """Aucune valeur n’est enregistrée pour ce champ."""


class JumeauInconnu(NotFound):
    """L’objet repris n’est plus sur cette feuille, ou n’est pas du même type : fermez la fenêtre et rouvrez-la."""


class ReferenceDejaPrise(Conflict):
    """La référence « {reference} » est déjà celle de « {designation} » ; ouvrez cette fiche ou changez de référence."""


class CodeTypeDejaPris(Conflict):
    """Le code « {code} » est déjà celui du type « {libelle} »."""


class EmplacementDejaPris(Conflict):
    """L’emplacement « {code} » existe déjà dans le dépôt {depot}."""


class StockInsuffisant(Conflict):
    """Il n’y a pas assez de stock disponible de {reference} à {depot} : {disponible} disponible, {demande} demandé."""


class SerieDejaPrise(Conflict):
    """Le numéro de série « {serie} » est déjà celui d’un objet de ce produit, à cet endroit : {ou}."""


class ObjetIndisponible(Conflict):
    """L’objet {objet} n’est pas en stock : il est {ou}."""


class ObjetDejaSurLaFeuille(Conflict):
    """L’objet {objet} est déjà sur cette feuille ({numero})."""


class ObjetNonLivrable(Conflict):
    """L’objet {objet} est en stock « {nature} » : changez-le d’emplacement avant de le livrer à un client."""


class ObjetHorsFeuille(Conflict):
    """L’objet {objet} n’est pas sur la feuille {numero}."""


class ObjetSorti(Conflict):
    """L’objet {objet} a quitté notre stock ; seul son parc client le fait évoluer désormais."""


class FeuilleVerrouillee(Conflict):
    """La feuille {numero} est validée : elle ne se modifie plus. Rouvrez-la d’abord, avec un motif."""


class EtatDejaAtteint(Conflict):
    """La feuille {numero} est déjà {actuel} : il n’y a rien d’autre à faire."""


class TransitionImpossible(Conflict):
    """La feuille {numero} est {actuel} ; elle ne peut pas devenir {vise}."""


class ZoneNonPrecisee(Conflict):
    """La feuille {numero} n’a pas de zone de préparation ; précisez-la avant d’imprimer son étiquette."""


class FeuilleIncomplete(Conflict):
    """La feuille {numero} n’est pas complète (colonnes à finir : {colonnes}) ; validez malgré les écarts ou terminez."""


class RienALivrer(Conflict):
    """Rien ne reste à livrer sur la feuille {numero} : les objets choisis ont déjà leur bon de livraison."""


class InventaireInconnu(NotFound):
    """Cet inventaire n’existe pas ou n’existe plus."""


class InventaireCodeInconnu(NotFound):
    """« {code} » n’est ni une étiquette, ni un numéro de série, ni une référence, ni un code-barres du catalogue."""


class PointageInconnu(NotFound):
    """Cette lecture n’existe plus ; rechargez la page."""


class InventaireTransition(Conflict):
    """L’inventaire {numero} est {actuel} ; il ne peut pas devenir {vise}."""


class InventaireFerme(Conflict):
    """L’inventaire {numero} est {actuel} : on n’y compte plus."""


class ComptePlusPetitQueLu(Conflict):
    """{reference} : {lus} lus sur place pour {comptee} comptés ; retirez des lectures ou corrigez le compte."""


class EcartsSansRaison(Conflict):
    """Il manque une raison à ce qui diffère ({references}) : choisissez-la avant de valider."""


class TransfertInconnu(NotFound):
    """Ce transfert n’existe pas ou n’existe plus."""


class LigneTransfertInconnue(NotFound):
    """Cette ligne n’appartient pas au transfert {numero}."""


class TransfertTransition(Conflict):
    """Le transfert {numero} est {actuel} ; il ne peut pas devenir {vise}."""


class EcartDejaRegle(Conflict):
    """Rien ne reste à régler sur cette ligne du transfert {numero}."""


class RetourInconnu(NotFound):
    """Ce retour fournisseur n’existe pas ou n’existe plus."""


class RetourConclu(Conflict):
    """Le retour {numero} est déjà {actuel}."""


class FournisseurInconnu(Invalid):
    """Le fournisseur de {objet} n’est pas connu : précisez à qui il retourne."""


class RemplacantIncoherent(Invalid):
    """{objet} ne peut pas être le remplaçant : choisissez un objet entier, reçu du fournisseur pour cet échange."""


class PvInconnu(NotFound):
    """Ce procès-verbal de réception n’existe pas ou n’existe plus."""


class PvNonArchive(Conflict):
    """Le PDF du procès-verbal {numero} est en cours d’archivage ; réessayez dans un instant."""


class RienAReceptionner(Conflict):
    """Rien n’est installé sur la feuille {numero} : le client n’a encore rien à réceptionner."""


class SocieteNonRenseignee(Conflict):
    """L’identité de la société n’est pas renseignée : complétez-la dans l’administration avant d’imprimer."""


class EtiquetteDejaPosee(Conflict):
    """L’étiquette « {code} » est déjà posée sur {objet} ; prenez-en une autre."""


class ObjetDejaEtiquete(Conflict):
    """L’objet {objet} porte déjà l’étiquette « {code} »."""


class ObjetNonUnitaire(Conflict):
    """{objet} est une quantité, pas un objet : séparez une unité avant de l’étiqueter ou de la configurer."""


class QuantiteRefusee(Invalid):
    """La quantité doit être comprise entre {minimum} et {maximum}."""


class ReductionImpossible(Invalid):
    """{present} sont déjà sur la feuille : retirez-les avant d’attendre moins que cela."""


class SeriesIncoherentes(Invalid):
    """{series} numéros de série pour {quantite} unités : il ne peut pas y en avoir plus que d’unités."""


class SerieObligatoire(Invalid):
    """Le produit {reference} demande un numéro de série par unité."""


class FormulaireIncorrect(Invalid):
    """Le formulaire du type est à corriger : {raison}."""


class ConfigurationRefusee(Invalid):
    """Certaines valeurs de configuration sont à corriger."""


class DestinationIncoherente(Invalid):
    """Choisissez un autre lieu que celui où se trouve déjà l’objet."""


class ObjetNonAttendu(Invalid):
    """{objet} n’est attendu par aucune colonne : ajoutez-le en complément de celle où il va."""


class ChoixAPreciser(Invalid):
    """Précisez l’objet, le produit attendu ou le produit à prélever."""


class DocumentInconnu(NotFound):
    """Ce document n’est plus dans la fiche du produit ; rechargez la page."""


class TropDeDocuments(Invalid):
    """Une fiche compte au plus {maximum} documents ; retirez-en un d’abord."""


class NatureDejaPrise(Conflict):
    """Une nature de stock s’appelle déjà « {libelle} » : donnez un autre nom."""


class NaturePrincipaleRequise(Conflict):
    """« {libelle} » est la nature principale de la société : rendez-en une autre principale."""


class NaturePrincipaleNonLivrable(Invalid):
    """La nature principale est celle qu’on livre : « {libelle} » doit pouvoir être livrée."""


class EchangeAvecSoi(Invalid):
    """C’est l’objet à remplacer qui a été lu : scannez celui qui prend sa place."""


class DepotDuRetourAPreciser(Invalid):
    """Précisez dans quel dépôt revient l’objet remplacé."""


class EtiquetteAPoser(Conflict):
    """{objet} doit porter une étiquette : collez-en une et scannez-la dans le même geste."""


class PhotoInconnue(NotFound):
    """Une des photos choisies n’est plus sur cette feuille : rouvrez la page et choisissez-les de nouveau."""


class PhotoManquante(Invalid):
    """« {operation} » demande une photo : prenez-la, puis cochez l’opération."""


class PhotoRetenue(Conflict):
    """C’est la seule photo de « {operation} », qui est cochée : décochez l’opération, ou prenez-en une autre d’abord."""


class DemandeInconnue(NotFound):
    """Cette demande n’est pas connue de l’atelier ; réessayez dans un instant."""


class DepotAPreciser(Invalid):
    """Précisez d’où vient la pièce : dépôt ou véhicule."""


class ConsommationInconnue(NotFound):
    """Cette pièce utilisée n’existe pas ou n’existe plus."""


class ConsommationDejaAnnulee(Conflict):
    """« {designation} » est déjà remis en place."""


class DotationInconnue(NotFound):
    """Cette dotation n’existe plus ; rechargez la page."""


class LiberationExcessive(Invalid):
    """La feuille {numero} n’a que {reserve} de « {designation} » en réserve : libérez cette quantité au plus."""


class BeneficiaireSansManque(Conflict):
    """La feuille {numero} n’attend plus « {designation} » du même stock : choisissez un autre projet, ou laissez ce stock disponible."""
