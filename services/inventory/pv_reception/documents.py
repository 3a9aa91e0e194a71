"""The PV de réception on paper: what was installed, the reserves, the drawn signature."""

from decimal import Decimal
from pathlib import Path
from typing import Any

from services.inventory.errors import SocieteNonRenseignee
from services.inventory.pv_reception.models import PvReception
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import identites
from shared.documents.formats import date_longue
from shared.documents.papier import Adresse, Ligne, Papier
from shared.documents.renderer import Renderer
from shared.kernel.clock import PARIS, jour_paris

DOSSIER = Path(__file__).parent
GABARIT = "pv_reception.html"


async def pdf(
    renderer: Renderer,
    pv: PvReception,
    societe: SocieteModifiee | None,
    client: FicheTiers | None,
    photos: list[dict[str, Any]],
) -> bytes:
    """The PDF of a PV; SocieteNonRenseignee when nobody said who we are."""
    if societe is None:
        raise SocieteNonRenseignee
    return await renderer.pdf(
        template=GABARIT, donnees={**_donnees(pv, societe, client), "photos": photos}, dossier=DOSSIER
    )


def _donnees(pv: PvReception, societe: SocieteModifiee, client: FicheTiers | None) -> dict[str, Any]:
    jour = jour_paris(pv.signe_le)
    papier = Papier(
        genre="Procès-verbal de réception",
        numero=pv.numero,
        le=jour,
        societe=identites.societe(societe),
        destinataire=identites.destinataire(client) if client else Adresse(nom=pv.tiers_nom),
        objet=pv.objet,
        reperes=(("Devis", pv.devis_numero), ("Feuille de travail", pv.feuille_numero)),
        lignes=tuple(
            Ligne(
                numero=str(c["position"]),
                designation=c["designation"],
                quantite=Decimal(c["quantite"] if c.get("est_installee", True) else 0),
                unite=c["unite"],
                detail="\n".join(_objet(o) for o in c["objets"]) if c.get("est_installee", True) else "Non installé",
            )
            for c in pv.contenu
        ),
    )
    heure = f"{pv.signe_le.astimezone(PARIS):%H:%M}"
    return {"papier": papier, "pv": pv, "le": f"{date_longue(jour)} à {heure}"}


def _objet(objet: dict[str, Any]) -> str:
    quantite = Decimal(objet["quantite"])
    combien = "" if quantite == 1 else f"{quantite.normalize():f} {objet['unite']}".replace(".", ",")
    serie = f"n° {objet['numero_serie']}" if objet["numero_serie"] else ""
    etiquette = f"étiquette {objet['etiquette']}" if objet["etiquette"] else ""
    return " · ".join(filter(None, (objet["designation"], combien, serie, etiquette)))
