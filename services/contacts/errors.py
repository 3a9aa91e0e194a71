"""Every way contacts says no."""

from shared.kernel.refusals import Conflict, Forbidden, Invalid, NotFound


class TiersInconnu(NotFound):
    """Ce contact n’existe pas ou n’existe plus."""


class TiersHorsEtendue(Forbidden):
    """« {nom} » est suivi par un autre commercial ; demandez-lui de le modifier, ou faites-vous ajouter à ses commerciaux."""


class CollaborateurInconnu(NotFound):
    """Ce collaborateur n’existe pas ou n’existe plus."""


class EquipeInconnue(NotFound):
    """Cette équipe n’existe pas ou n’existe plus."""


class SocieteAbsente(NotFound):
    """L’identité de la société n’est pas encore renseignée ; complétez-la dans Administration."""


class TiersDejaClient(Conflict):
    """{nom} est déjà client ; il n’y a rien à transformer."""


class SiretDejaConnu(Conflict):
    """Le SIRET {siret} est déjà celui de « {nom} » ({code}) ; ouvrez cette fiche au lieu d’en créer une autre."""


class AnnuaireInjoignable(Conflict):
    """L’annuaire des entreprises ne répond pas ; saisissez la fiche à la main, ou réessayez plus tard."""


class SirenInvalide(Invalid):
    """Le SIREN « {valeur} » n’est pas valable : vérifiez ses 9 chiffres."""


class SiretInvalide(Invalid):
    """Le SIRET « {valeur} » n’est pas valable : vérifiez ses 14 chiffres."""


class TvaInvalide(Invalid):
    """Le numéro de TVA « {valeur} » n’est pas valable."""


class IbanInvalide(Invalid):
    """L’IBAN « {valeur} » n’est pas valable : recopiez-le du relevé d’identité bancaire."""


class TelephoneInvalide(Invalid):
    """Le numéro de téléphone « {valeur} » n’est pas valable ; saisissez par exemple 04 50 51 00 00."""


class CourrielInvalide(Invalid):
    """L’adresse e-mail « {valeur} » n’est pas valable."""


class BicInvalide(Invalid):
    """Le BIC « {valeur} » n’est pas valable : il a 8 ou 11 lettres et chiffres, sur le relevé d’identité bancaire."""


class RibInconnu(NotFound):
    """Ces coordonnées bancaires n’existent pas ou n’existent plus."""


class RibDejaConnu(Conflict):
    """Cet IBAN est déjà sur la fiche de {nom}."""


class AdresseEnDouble(Invalid):
    """Deux adresses portent le code « {code} » ; donnez à chacune son code."""


class FusionImpossible(Conflict):
    """Choisissez deux fiches différentes, dont aucune n’a déjà été réunie à une autre."""


class TiersAbsorbe(Conflict):
    """Cette fiche a été réunie à une autre ; c’est l’autre qu’il faut modifier."""


class ImportInconnu(NotFound):
    """Cet import n’existe pas ou n’existe plus ; envoyez de nouveau le fichier."""


class ImportEnCours(Conflict):
    """Cet import est en cours ; attendez qu’il se termine."""


class ImportDejaApplique(Conflict):
    """Cet import a déjà été appliqué ; envoyez de nouveau le fichier pour recommencer."""


class TropDeLignesImport(Invalid):
    """Ce fichier dépasse {maximum} lignes ; partagez-le en plusieurs fichiers."""


class ColonneManquante(Invalid):
    """Aucune colonne du fichier n’est désignée comme « {colonne} » ; choisissez-la."""


class InterlocuteurAbsent(NotFound):
    """Cet interlocuteur n’existe pas ou n’existe plus."""


class SiteEnDouble(Invalid):
    """Deux sites portent le code « {code} » ; donnez à chacun son code."""


class AdresseDeSiteInconnue(Invalid):
    """Le site « {code} » désigne l’adresse « {adresse} », que cette fiche n’a pas ; ajoutez-la ou choisissez-en une autre."""


class InterlocuteurInconnu(Invalid):
    """Cet interlocuteur n’appartient pas à cette fiche."""


class GenreInconnu(NotFound):
    """Ce type de contact n’existe pas."""


class TypeDeContactInconnu(Invalid):
    """Le type de contact « {code} » n’existe pas ; choisissez-en un de la liste."""


class GenrePris(Conflict):
    """Un type de contact s’appelle déjà « {libelle} » ; donnez un autre nom."""


class GenreFixe(Conflict):
    """« {libelle} » sert aux devis, aux factures ou aux achats : il se renomme, mais reste proposé."""


class GenreFerme(Conflict):
    """« {libelle} » n’est plus proposé ; choisissez un autre type de contact."""


class GenresTropNombreux(Conflict):
    """Il y a déjà {maximum} types de contact ; renommez-en un."""
