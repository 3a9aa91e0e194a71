"""The bon de livraison on paper: what left, with its serial numbers, and the place to sign."""

from pathlib import Path

from services.inventory.bon_livraison.schemas import VueBon, VueLigneLivree
from services.inventory.errors import SocieteNonRenseignee
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import identites
from shared.documents.papier import Adresse, Ligne, Papier
from shared.documents.renderer import Renderer
from shared.kernel.clock import jour_paris

DOSSIER = Path(__file__).parent


async def pdf(renderer: Renderer, bon: VueBon, societe: SocieteModifiee | None, client: FicheTiers | None) -> bytes:
    """The PDF of a bon; SocieteNonRenseignee when nobody said who we are."""
    if societe is None:
        raise SocieteNonRenseignee
    donnees = {"papier": papier(bon, societe, client), "bon": bon, "series": [_reperes(ligne) for ligne in bon.lignes]}
    return await renderer.pdf(template="bon_de_livraison.html", donnees=donnees, dossier=DOSSIER)


def papier(bon: VueBon, societe: SocieteModifiee, client: FicheTiers | None) -> Papier:
    """Head, lines and foot."""
    return Papier(
        genre="Bon de livraison",
        numero=bon.numero,
        le=jour_paris(bon.livre_le),
        societe=identites.societe(societe),
        destinataire=identites.destinataire(client) if client else Adresse(nom=bon.tiers_nom),
        objet=bon.objet,
        reperes=(("Devis", bon.devis_numero), ("Feuille de travail", bon.feuille_numero), ("Livré par", bon.livre_par)),
        lignes=tuple(
            Ligne(
                numero=str(rang), designation=x.designation, reference=x.reference, quantite=x.quantite, unite=x.unite
            )
            for rang, x in enumerate(bon.lignes, 1)
        ),
    )


def _reperes(ligne: VueLigneLivree) -> str:
    """What tells this object from another."""
    serie, etiquette = ligne.numero_serie, ligne.etiquette
    return " · ".join(filter(None, (f"N° {serie}" if serie else "", f"étiquette {etiquette}" if etiquette else "")))
