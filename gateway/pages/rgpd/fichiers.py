"""The files that tell of a person: those whose name says so, those of their contact; and erasing one, bytes included."""

from collections.abc import Iterable, Sequence
from typing import Any
from uuid import UUID

from gateway.clients.services import LIBELLES
from gateway.errors import EffacementImpossible
from gateway.pages.fichiers.lecture import GENRES, Genre, du_contact
from gateway.pages.rgpd.recherche import partout
from gateway.session.dependances import Utilisateur
from shared.fichiers.stockage import Stockage
from shared.web.doors import Door

Json = dict[str, Any]
TABLES = {
    ("contacts", "fichier"): "contact",
    ("demandes", "fichier_demande"): "demande",
    ("commercial", "fichier_etude"): "etude",
    ("commercial", "fichier_affaire"): "affaire",
    ("purchasing", "fichier_commande"): "commande",
    ("maintenance", "fichier_contrat"): "contrat",
    ("billing", "fichier_facture"): "facture",
    ("billing", "fichier_achat"): "achat",
    ("inventory", "fichier_feuille"): "feuille",
    ("inventory", "fichier_historique"): "objet",
}
CONTACTS_MAX = 5
ICI = "/administration/rgpd"


def nommants(trouves: Json) -> list[Json]:
    """The files found by their name, each once whatever its editions."""
    vus: dict[tuple[str, str, str], Json] = {}
    for (service, table), cle in TABLES.items():
        for ligne in trouves.get(service, {}).get(table, ()):
            if ligne["sha256"]:
                vus[cle, ligne["proprietaire_id"], ligne["nom"].lower()] = _fichier(cle, ligne)
    return list(vus.values())


async def des_contacts(user: Utilisateur, personnes: Sequence[Json], trouves: Json) -> list[Json]:
    """The other files of the contacts these people belong to: their demandes, devis, achats and so on included."""
    deja = {fichier["id"] for fichier in nommants(trouves)}
    autres: dict[str, Json] = {}
    for tiers_id in list(dict.fromkeys(p["tiers_id"] for p in personnes))[:CONTACTS_MAX]:
        if not (tiers := await user.services.panneau("contacts", f"/tiers/{tiers_id}")):
            continue
        for fichier in (await du_contact(user, tiers))["tous"]:
            _, debut, cle, objet_id, *_ = f"{fichier['voir']}////".split("/")
            if debut == "fichiers" and fichier["id"] not in deja:
                ligne = {**fichier, "proprietaire_id": objet_id}
                autres[fichier["id"]] = {
                    **_fichier(cle, ligne),
                    "de": fichier["de"][0] if fichier["de"] else tiers["nom"],
                }
    return list(autres.values())


def _fichier(cle: str, ligne: Json) -> Json:
    chemin = f"{cle}/{ligne['proprietaire_id']}/{ligne['id']}"
    dit = {"id": ligne["id"], "nom": ligne["nom"], "de": GENRES[cle].nom, "cree_le": ligne["cree_le"]}
    return {**dit, "voir": f"/fichiers/{chemin}", "effacer": f"{ICI}/fichiers/{chemin}/effacer"}


async def effacer(
    db: Door, user: Utilisateur, stockage: Stockage, genre: Genre, objet_id: UUID, fichier_id: UUID
) -> list[str]:
    """Forget the file in its service, then its bytes where nothing else names them; who still does otherwise.

    Every service must answer: one that is silent may hold a paper made of these bytes.
    """
    _, absents = await partout(db, user, [str(fichier_id)])
    if absents:
        raise EffacementImpossible(services=", ".join(absent.libelle for absent in absents))
    efface = await user.services.post(genre.service, f"{genre.api(objet_id)}/{fichier_id}/effacer", {})
    gardes: set[str] = set()
    for empreinte in efface["empreintes"]:
        restes, absents = await partout(db, user, [empreinte])
        gardes |= {*_noms(restes), *(absent.libelle for absent in absents)}
        if not restes and not absents:
            await stockage.effacer(empreinte)
    return sorted(gardes)


def dire(reste: Sequence[str]) -> str:
    """What to tell whoever erased it."""
    if not reste:
        return "Fichier effacé, contenu compris"
    return f"Fichier effacé ; son contenu reste, car une autre pièce en est faite : {', '.join(reste)}"


def _noms(restes: Iterable[str]) -> list[str]:
    return [LIBELLES.get(service, service) for service in restes]
