"""Every way contacts says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


class TiersInconnu(NotFound):
    """Ce contact n’existe pas ou n’existe plus."""


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


class SirenInvalide(Invalid):
    """Le SIREN « {valeur} » n’est pas valable : vérifiez ses 9 chiffres."""


class SiretInvalide(Invalid):
    """Le SIRET « {valeur} » n’est pas valable : vérifiez ses 14 chiffres."""


class TvaInvalide(Invalid):
    """Le numéro de TVA « {valeur} » n’est pas valable."""


class TelephoneInvalide(Invalid):
    """Le numéro de téléphone « {valeur} » n’est pas valable ; saisissez par exemple 04 50 51 00 00."""


class CourrielInvalide(Invalid):
    """L’adresse e-mail « {valeur} » n’est pas valable."""


class AdresseEnDouble(Invalid):
    """Deux adresses portent le code « {code} » ; donnez à chacune son code."""
