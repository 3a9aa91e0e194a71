"""Every way maintenance says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


class EquipementInconnu(NotFound):
    """Cet équipement n’existe pas ou n’existe plus."""


class LieuInconnu(NotFound):
    """Ce lieu n’existe pas ou n’existe plus."""


class GroupeInconnu(NotFound):
    """Ce groupe n’existe pas ou n’existe plus."""


class ContratInconnu(NotFound):
    """Ce contrat n’existe pas ou n’existe plus."""


class VisiteInconnue(NotFound):
    """Cette visite n’existe pas ou n’existe plus."""


class AccordInconnu(NotFound):
    """Cet accord tarifaire n’existe pas ou n’existe plus."""


class EtiquetteInconnue(NotFound):
    """Aucun équipement ne porte l’étiquette {code} ; vérifiez le code ou cherchez par numéro de série."""


class LienInvalide(NotFound):
    """Ce lien n’est pas valable ; vérifiez l’adresse reçue par e-mail ou appelez-nous."""


class TiersNonIdentifie(Invalid):
    """Ce contact n’est pas encore connu ici ; réessayez dans quelques secondes."""


class EtiquetteDejaPosee(Conflict):
    """L’étiquette {code} est déjà posée sur « {designation} » chez {tiers_nom}."""


class EquipementDejaRetire(Conflict):
    """« {designation} » est déjà retiré du parc."""


class EquipementDAutrui(Conflict):
    """Un des équipements choisis n’existe plus dans le parc de ce client ; rechargez le parc."""


class NomDejaPris(Conflict):
    """« {nom} » existe déjà dans ce parc."""


class EmplacementOccupe(Conflict):
    """« {nom} » contient encore des équipements ; déplacez-les avant de le supprimer."""


class CheminInvalide(Invalid):
    """Un lieu s’écrit du plus grand au plus petit, par exemple « Bât B / 2e » : {niveaux} niveaux au plus."""


class ContratTransitionImpossible(Conflict):
    """Le contrat {numero} est {actuel} ; cette opération n’est plus possible."""


class ContratVide(Conflict):
    """Le contrat {numero} n’a aucune ligne ; ajoutez une ligne avant de l’activer."""


class ContratSansMontant(Conflict):
    """Le contrat {numero} n’a aucun montant ; renseignez le prix des lignes avant de l’activer."""


class ContratDAutrui(Conflict):
    """Le contrat {numero} n’est pas celui de ce client."""


class DatesIncoherentes(Invalid):
    """La fin du contrat ({fin}) précède son début ({debut})."""


class VisiteTransitionImpossible(Conflict):
    """Cette visite est {actuel} ; cette opération n’est pas possible."""


class VisiteAVenir(Invalid):
    """Une visite se termine au plus tôt le jour même : le {date} n’est pas encore arrivé."""


class SocieteNonRenseignee(Conflict):
    """L’identité de la société n’est pas renseignée ; complétez-la dans Administration avant d’imprimer ou d’envoyer."""


class CourrielManquant(Conflict):
    """{nom} n’a pas d’adresse e-mail ; complétez sa fiche ou indiquez l’adresse à utiliser."""


class TarifsManquants(Invalid):
    """Indiquez le taux horaire et le déplacement, ou renseignez d’abord les tarifs habituels."""


class AccordEnCours(Conflict):
    """{nom} a déjà reçu la proposition {numero}, qui attend sa réponse ; relancez-la au lieu d’en envoyer une autre."""


class AccordDejaRepondu(Conflict):
    """La réponse à la proposition {numero} a déjà été enregistrée : {reponse}."""


class AccordExpire(Conflict):
    """Cette proposition de tarifs n’est plus valable depuis le {date} ; appelez-nous pour en recevoir une nouvelle."""
