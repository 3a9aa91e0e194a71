"""Every way file storage says no."""

from shared.kernel.refusals import Conflict, Invalid, NotFound


class FichierIntrouvable(NotFound):
    """Le fichier demandé n’existe pas ou n’existe plus."""


class FichierTropGros(Invalid):
    """Le fichier « {nom} » dépasse la taille maximale de {limite}."""


class FichierVide(Invalid):
    """Le fichier « {nom} » est vide."""


class TypeRefuse(Invalid):
    """Le fichier « {nom} » n’est pas d’un type accepté ; types acceptés : {types}."""


class ContenuTrompeur(Invalid):
    """Le contenu du fichier « {nom} » ne correspond pas à son type ({declare}) ; enregistrez-le de nouveau puis réessayez."""


class FichierAltere(Conflict):
    """Le fichier conservé ne correspond plus à son empreinte ; prévenez votre administrateur."""


class StockageInjoignable(Exception):
    """The store of files does not answer. No refusal: a job that meets it is tried again."""


class TableurIllisible(Invalid):
    """Ce fichier n’est pas un tableau lisible ; enregistrez-le en XLSX ou en CSV, les titres sur la première ligne."""


class TableurTropGros(Invalid):
    """Ce classeur contient trop de données pour être lu en une fois ; enregistrez-le en CSV ou partagez-le."""
