"""Every way attached files say no."""

from shared.kernel.refusals import Conflict, NotFound


class FichierInconnu(NotFound):
    """Ce fichier n’existe pas ou a été retiré."""


class ApercuImpossible(Conflict):
    """Ce type de fichier ne s’affiche pas ici ; téléchargez « {nom} » pour l’ouvrir."""
