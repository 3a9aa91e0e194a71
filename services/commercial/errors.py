"""Every way commercial says no."""

from shared.kernel.refusals import Conflict, Forbidden, Invalid, NotFound


class EtudeInconnue(NotFound):
    """Cette étude n’existe pas ou n’existe plus."""


class PropositionInconnue(NotFound):
    """Cette proposition n’existe pas ou n’existe plus."""


class LigneInconnue(NotFound):
    """Cette ligne n’est plus dans la proposition ; rechargez la page."""


class ProduitCacheInconnu(NotFound):
    """Ce produit caché n’est plus dans la ligne ; rechargez la page."""


class ProduitInconnu(NotFound):
    """Ce produit n’est pas dans le catalogue."""


class TiersInconnu(NotFound):
    """Ce contact n’est pas connu de l’application Devis ; vérifiez sa fiche."""


class DemandeInconnue(NotFound):
    """Cette demande n’est pas connue de l’application Devis ; réessayez dans un instant."""


class ModeleInconnu(NotFound):
    """Ce modèle n’existe pas ou n’existe plus."""


class RayonInconnu(NotFound):
    """Ce rayon n’existe pas ou n’existe plus."""


class RayonPartage(Conflict):
    """Le rayon « {nom} » est celui de toute l’équipe ; créez plutôt un rayon pour vous seul."""


class AffaireInconnue(NotFound):
    """Cette affaire n’existe pas ou n’existe plus."""


class DocumentAbsent(NotFound):
    """Aucun document n’a encore été envoyé pour cette proposition."""


class SignatureAbsente(NotFound):
    """Cette proposition n’est pas signée."""


class LienInconnu(NotFound):
    """Ce lien n’est pas valable ; ouvrez celui du dernier message reçu."""


class AucuneAutreProposition(NotFound):
    """La proposition {numero} n’a pas de version précédente ; choisissez à quoi la comparer quand l’étude en comptera une autre."""


class ComparaisonImpossible(Invalid):
    """Seules deux propositions différentes d’une même étude se comparent ; choisissez-en une autre dans la liste."""


class TransitionImpossible(Conflict):
    """La proposition {numero} est « {actuel} » : elle ne peut pas passer à « {vise} »."""


class PropositionFigee(Conflict):
    """La proposition {numero} est « {statut} » et ne se modifie plus ; {suite}."""


class AvenantSansDevisSigne(Conflict):
    """La proposition {numero} n’est pas signée : modifiez-la, l’avenant complète un devis signé."""


class PropositionSansLigne(Conflict):
    """La proposition {numero} n’a aucune ligne chiffrée ; ajoutez-en avant de l’envoyer ou de la valider."""


class PrixAFixer(Conflict):
    """La proposition {numero} a des lignes sans prix : {lignes}. Donnez une marge ou fixez leur prix de vente avant de l’envoyer ou de la valider."""


class ValiditeDepassee(Conflict):
    """La validité de la proposition {numero} est dépassée depuis le {date} ; prolongez-la avant de l’envoyer."""


class RienAReprendre(Conflict):
    """{numero} n’a pas été écartée par la signature d’une autre proposition ; rouvrez-la, ou dupliquez-la."""


class AutreDevisDejaValide(Conflict):
    """Le devis {numero} de cette étude est déjà validé ; créez un avenant pour le compléter, ou ouvrez une nouvelle étude."""


class ApprobationRequise(Conflict):
    """La proposition {numero} dépasse ce que vous pouvez accorder seul : {raisons}. Demandez son approbation."""


class ApprobationInutile(Conflict):
    """La proposition {numero} reste dans les limites : elle ne demande aucune approbation."""


class ApprobateurNonDesigne(Forbidden):
    """Cette approbation revient à quelqu’un d’autre : les limites de ce commercial désignent qui décide."""


class RegleInconnue(NotFound):
    """Cette limite n’existe pas ou n’existe plus."""


class ApprobationInconnue(NotFound):
    """Aucune approbation n’est demandée pour le texte actuel de cette proposition."""


class ApprobationDejaDecidee(Conflict):
    """{par} a déjà répondu à cette demande d’approbation."""


class RelanceInconnue(NotFound):
    """Cette relance n’existe pas ou n’existe plus."""


class RelanceDejaFaite(Conflict):
    """{par} a déjà fait cette relance."""


class ColonneAbsente(Invalid):
    """Le fichier n’a pas de colonne « {titre} » ; corrigez le profil du fournisseur ou le fichier."""


class SourceIncorrecte(Invalid):
    """Indiquez une adresse qui commence par https:// ou le nom d’un fichier du dossier des catalogues, par exemple tarif*.csv."""


class CatalogueSansSource(Conflict):
    """Indiquez d’abord où ce fournisseur dépose son tarif."""


class SourceAbsente(Invalid):
    """Aucun fichier « {source} » dans le dossier des catalogues."""


class SourceInjoignable(Invalid):
    """Le tarif n’a pas pu être lu à son adresse ; vérifiez-la auprès du fournisseur."""


class SourceRefusee(Invalid):
    """Le serveur du fournisseur refuse de donner le tarif (réponse {statut}) ; vérifiez l’adresse et vos accès."""


class CatalogueSansProfil(Conflict):
    """Indiquez d’abord quelles colonnes lire dans les fichiers de ce fournisseur."""


class ImportInconnu(NotFound):
    """Cet import n’existe pas ou n’existe plus."""


class ReferenceInconnue(NotFound):
    """Cette référence n’est plus au catalogue du fournisseur ; choisissez-en une autre dans la liste."""


class TauxTvaInconnu(Invalid):
    """Le taux de TVA {taux} % n’existe pas en France ; choisissez par exemple 20, 10, 5,5 ou 0."""


class MargeImpossible(Invalid):
    """Un taux de marque doit rester inférieur à 100 %."""


class MontantTropGrand(Invalid):
    """Le total de la proposition dépasse ce qui peut être enregistré ; vérifiez les quantités et les prix."""


class TropDeLignes(Invalid):
    """Une proposition compte au plus {maximum} lignes."""


class TropDeProduits(Invalid):
    """Une proposition compte au plus {maximum} produits cachés."""


class CodeAffaireDejaPris(Conflict):
    """Le code « {code} » est déjà celui de l’affaire « {libelle} » ; choisissez-en un autre."""


class AffaireSurProspect(Conflict):
    """{nom} est encore un prospect : transformez-le en client avant de passer en affaire."""


class AffaireModele(Conflict):
    """« {code} » est un modèle : aucun devis ne peut en être tiré."""


class NomDejaPris(Conflict):
    """Le nom « {nom} » est déjà pris ; choisissez-en un autre."""


class LienExpire(Conflict):
    """Cette offre n’est plus valable depuis le {date} ; demandez-nous une offre actualisée."""


class LienRemplace(Conflict):
    """Cette offre a été remplacée depuis son envoi ; ouvrez le lien du dernier message reçu ou contactez-nous."""


class DejaRepondu(Conflict):
    """Une réponse a déjà été donnée à cette offre : {reponse}."""


class PapierIllisible(Invalid):
    """Joignez le devis signé en PDF ou en photo ; « {nom} » est d’un autre type."""


class SigneEnLigne(Conflict):
    """Le devis {numero} a été signé en ligne : son fichier cacheté ne se remplace pas."""


class ChoixImpossible(Invalid):
    """Ce choix d’options ne correspond plus à l’offre ; rechargez la page."""


class CertificationManquante(Invalid):
    """Cochez la certification de la TVA à taux réduit. Si vos travaux n’y ont pas droit, dites-le nous par une question : le devis sera refait au taux normal."""


class SignatureManquante(Invalid):
    """Dessinez votre signature dans le cadre, ou cochez « Mon nom vaut signature »."""


class TropDeQuestions(Conflict):
    """Vous nous avez déjà posé {maximum} questions sur cette offre ; appelez-nous pour en parler."""


class SignataireAbsent(Invalid):
    """Indiquez le nom de la personne qui signe."""


class DateDeSignatureFuture(Invalid):
    """La date de signature ne peut pas être dans le futur."""


class PresentationChangee(Conflict):
    """Quelqu’un a changé la présentation entre-temps : relisez-la avant d’enregistrer la vôtre."""


class CgvRefusees(Invalid):
    """Les conditions générales de vente se joignent en PDF : choisissez un fichier lisible, sans mot de passe, de 60 pages au plus."""


class SocieteNonRenseignee(Conflict):
    """L’identité de la société n’est pas encore renseignée ; complétez-la dans Administration avant d’éditer un devis."""


class EnvoiInconnu(NotFound):
    """Cet envoi n’existe pas ou n’existe plus."""


class AdresseInconnue(Invalid):
    """L’adresse « {code} » n’est ni celle de ce client ni celle du destinataire des pièces ; choisissez-en une dans la liste."""


class SansAdresse(Conflict):
    """{nom} n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant d’établir un devis."""


class SiteInconnu(Invalid):
    """Le site « {code} » n’est pas un site de ce client ; choisissez-en un dans la liste."""


class ChefDeProjetInconnu(Invalid):
    """Le chef de projet client doit être un interlocuteur de ce client."""


class TarifInconnu(NotFound):
    """Ce tarif n’existe pas ou n’existe plus."""


class TarifIncorrect(Invalid):
    """Une grille vaut pour tous, un tarif client pour un client, un marché pour un client ou une affaire ; la fin suit le début."""


class PrixIncorrect(Invalid):
    """Donnez un prix net ou une remise, et un seul des deux."""


class TropDePrix(Invalid):
    """Un tarif contient {maximum} prix au plus ; partagez-le en plusieurs."""


class ColonnesTarif(Invalid):
    """Le fichier doit avoir une colonne « Référence » et une colonne « Prix HT » ou « Remise % »."""


class NatureInconnue(NotFound):
    """La nature de stock « {nature} » n’existe pas : choisissez-en une de la liste."""
