"""Every way printing says no."""

from shared.kernel.refusals import Conflict, Invalid


class CaracteresNonImprimables(Invalid):
    """Le document contient des caractères qui ne peuvent pas être imprimés ({caracteres}), près de « {extrait} » ; corrigez le texte puis recommencez."""


class LogoRefuse(Invalid):
    """Le logo ne peut pas être utilisé : {raison}."""


class EtiquettesRefusees(Invalid):
    """La planche d’étiquettes ne peut pas être préparée : {raison}."""


class DocumentTropLong(Conflict):
    """Le document n’a pas pu être préparé en {delai} secondes ; réduisez le nombre de lignes ou réessayez plus tard."""


class ImpressionImpossible(Conflict):
    """Le document n’a pas pu être préparé ({raison}) ; signalez-le à votre administrateur."""


class PhotoIllisible(Invalid):
    """Cette photo ne peut pas être lue ; reprenez-la ou enregistrez-la en JPEG."""


class PdfIllisible(Invalid):
    """Ce PDF ne peut pas être joint à un document : il est illisible, protégé par un mot de passe, vide, ou il dépasse {maximum} pages."""
