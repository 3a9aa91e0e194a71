"""Every way commercial says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


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


class AffaireInconnue(NotFound):
    """Cette affaire n’existe pas ou n’existe plus."""


class DocumentAbsent(NotFound):
    """Aucun document n’a encore été envoyé pour cette proposition."""


class SignatureAbsente(NotFound):
    """Cette proposition n’est pas signée."""


class LienInconnu(NotFound):
    """Ce lien n’est pas valable ; ouvrez celui du dernier message reçu."""


class TransitionImpossible(Conflict):
    """La proposition {numero} est « {actuel} » : elle ne peut pas passer à « {vise} »."""


class PropositionFigee(Conflict):
    """La proposition {numero} est « {statut} » et ne se modifie plus ; créez une nouvelle version pour continuer."""


class PropositionSansLigne(Conflict):
    """La proposition {numero} n’a aucune ligne chiffrée ; ajoutez-en avant de l’envoyer ou de la valider."""


class ValiditeDepassee(Conflict):
    """La validité de la proposition {numero} est dépassée depuis le {date} ; prolongez-la avant de l’envoyer."""


class AutreDevisDejaValide(Conflict):
    """Le devis {numero} de cette étude est déjà validé ; ouvrez une nouvelle étude pour des travaux supplémentaires."""


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


class SignataireAbsent(Invalid):
    """Indiquez le nom de la personne qui signe."""


class DateDeSignatureFuture(Invalid):
    """La date de signature ne peut pas être dans le futur."""


class SocieteNonRenseignee(Conflict):
    """L’identité de la société n’est pas encore renseignée ; complétez-la dans Administration avant d’éditer un devis."""


class EnvoiInconnu(NotFound):
    """Cet envoi n’existe pas ou n’existe plus."""
