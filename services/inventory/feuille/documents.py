"""The label of a preparation zone: what is stuck on the pallet or the crate where a project is gathered."""

from services.inventory.errors import ZoneNonPrecisee
from services.inventory.feuille.schemas import VueFeuille
from shared.documents.etiquettes import Etiquette, planche
from shared.documents.gabarit import Page

LARGEUR_TITRE = 34


def etiquette_zone(feuille: VueFeuille, *, public_url: str, format: str) -> Page:
    """The zone in large, the project under it, the address of the feuille in the code; ZoneNonPrecisee."""
    if not feuille.zone:
        raise ZoneNonPrecisee(numero=feuille.numero)
    etiquette = Etiquette(
        adresse=f"{public_url.rstrip('/')}/atelier/feuilles/{feuille.id}",
        titre=feuille.zone.upper()[:LARGEUR_TITRE],
        code=feuille.numero,
        detail=feuille.tiers_nom[:LARGEUR_TITRE],
    )
    return planche([etiquette], format)
