"""The sheet a technician takes on site: a fillable PDF, one block per object, prefilled with the present values.

Field names are what a later import recognises: `ro_visite` holds the id of the visit (read-only), and each object has
`eq_<id>_compteur`, `_utilisateur`, `_genre`, `_remarque`.
"""

from datetime import date
from pathlib import Path

from services.maintenance.visite.schemas import VueVisite
from shared.contracts.contacts import FicheTiers, SocieteModifiee
from shared.documents import identites
from shared.documents.formats import date_courte
from shared.documents.papier import Adresse, Papier
from shared.documents.renderer import Renderer

DOSSIER = Path(__file__).parent
GENRES = (("info", "Information"), ("sav", "Demande de SAV"), ("commercial", "Demande commerciale"))


async def pdf(renderer: Renderer, visite: VueVisite, societe: SocieteModifiee, client: FicheTiers | None) -> bytes:
    """The fillable PDF of a visit."""
    donnees = {"papier": papier(visite, societe, client), "visite": _donnees(visite), "genres": GENRES}
    return await renderer.pdf(template="fiche.html", donnees=donnees, dossier=DOSSIER, formulaire=True)


def papier(visite: VueVisite, societe: SocieteModifiee, client: FicheTiers | None) -> Papier:
    """Head and foot of the sheet."""
    reperes = [("Contrat", visite.contrat_numero), ("Prévue le", date_courte(visite.date_prevue))]
    if visite.planifiee_le:
        reperes.append(("Planifiée le", date_courte(visite.planifiee_le)))
    if visite.intervenant:
        reperes.append(("Intervenant", visite.intervenant))
    if visite.demande_numero:
        reperes.append(("Demande", visite.demande_numero))
    le: date = visite.planifiee_le or visite.date_prevue
    return Papier(
        genre="Fiche de visite",
        numero=f"{visite.contrat_numero} · {visite.periode}",
        le=le,
        societe=identites.societe(societe),
        destinataire=identites.destinataire(client) if client else Adresse(nom=visite.tiers_nom),
        objet=visite.objet,
        reperes=tuple(reperes),
    )


def _donnees(visite: VueVisite) -> dict[str, object]:
    """The objects ticked, or all those of the contract when none is yet."""
    coches = [e for e in visite.equipements if e.est_coche] or visite.equipements
    equipements = [
        {
            "cle": e.equipement_id.hex,
            "designation": e.designation,
            "detail": " · ".join(filter(None, (e.type_libelle, e.numero_serie, e.etiquette))),
            "lieu": e.lieu,
            "compteur": e.compteur or e.compteur_actuel,
            "utilisateur": e.utilisateur or e.utilisateur_actuel,
            "remarque": e.remarque,
            "genre": e.genre,
        }
        for e in coches
    ]
    return {"id": str(visite.id), "equipements": equipements, "compte_rendu": visite.compte_rendu}
