"""What pages show of attached files: of one object, or of everything a contact has."""

from dataclasses import dataclass
from typing import Any

from gateway.clients.services import Indisponible
from gateway.session.dependances import Utilisateur

Json = dict[str, Any]
LIMITE = 200
# What browsers show by themselves; the services refuse to show anything else.
AFFICHABLES = ("application/pdf", "image/png", "image/jpeg", "image/webp")
MAXIMUM = 25  # megabytes, said before sending; the storage holds the limit
ICONES = (
    ("image/", "image"),
    ("video/", "video"),
    ("message/", "mail"),
    ("text/csv", "sheet"),
    ("application/vnd.openxmlformats-officedocument.spreadsheet", "sheet"),
    ("application/vnd.oasis.opendocument.spreadsheet", "sheet"),
)


@dataclass(frozen=True, slots=True)
class Genre:
    """A kind of object that has files: its service, its plural there, who attaches, its page, its name on screen.

    `couts`: its files show what we pay, which only who sees costs may read.
    """

    service: str
    objets: str
    joindre: str
    page: str
    nom: str
    lire: str
    couts: bool = False

    def lisible(self, user: Utilisateur) -> bool:
        """Whether this person reads its files."""
        return user.may(self.lire) and (not self.couts or user.may("couts.voir"))

    def modifiable(self, user: Utilisateur) -> bool:
        """Whether this person attaches files to it and takes them off."""
        return user.may(self.joindre) and self.lisible(user)

    def api(self, objet_id: object) -> str:
        """Where its files are, in its service."""
        return f"/{self.objets}/{objet_id}/fichiers"


GENRES = {
    "objet": Genre("inventory", "historiques", "feuille.preparer", "/atelier/objets/{id}", "Objet", "stock.lire"),
    "contact": Genre("contacts", "tiers", "tiers.modifier", "/contacts/{id}", "Contact", "tiers.lire"),
    "demande": Genre("demandes", "demandes", "demande.modifier", "/demandes/{id}", "Demande", "demande.lire"),
    "etude": Genre("commercial", "etudes", "devis.modifier", "/devis/etudes/{id}", "Étude", "devis.lire"),
    "affaire": Genre("commercial", "affaires", "affaire.modifier", "/devis/affaires/{id}", "Affaire", "affaire.lire"),
    "commande": Genre(
        "purchasing", "commandes", "achat.modifier", "/achats/commandes/{id}", "Commande", "achat.lire", couts=True
    ),
    "contrat": Genre("maintenance", "contrats", "contrat.modifier", "/parc/contrats/{id}", "Contrat", "contrat.lire"),
    "facture": Genre(
        "billing", "factures", "facture.modifier", "/administratif/factures/{id}", "Facture", "facture.lire"
    ),
    "achat": Genre(
        *("billing", "affaires-fournisseur", "facture.modifier", "/administratif/fournisseurs/{id}"),
        *("Facture fournisseur", "couts.voir"),
        couts=True,
    ),
    "feuille": Genre(
        "inventory", "feuilles", "feuille.preparer", "/atelier/feuilles/{id}", "Feuille de travail", "feuille.lire"
    ),
}

DU_CONTACT = (
    "demande",
    "etude",
    "affaire",
    "commande",
    "contrat",
    "facture",
    "achat",
    "feuille",
)  # whose files are shown with those of the contact


async def de(user: Utilisateur, cle: str, objet_id: object) -> Json:
    """The files of one object for its card: `lus` is false when its service does not answer."""
    genre = GENRES[cle]
    page = await user.services.panneau(genre.service, genre.api(objet_id), {"limite": LIMITE})
    return {
        "lus": page,
        "fichiers": [fichier(f, cle, objet_id) for f in page["elements"]] if page else [],
        "fichiers_url": f"/fichiers/{cle}/{objet_id}",
        "depot": f"/api/{genre.service}{genre.api(objet_id)}" if genre.modifiable(user) else None,
        "maximum": MAXIMUM,
    }


def fichier(lu: Json, cle: str, objet_id: object) -> Json:
    """A file as pages show it: where it is looked at, saved and shown, which icon it has."""
    genre = GENRES[cle]
    api = f"/api/{genre.service}{genre.api(objet_id)}/{lu['id']}"
    return {
        **lu,
        "voir": f"/fichiers/{cle}/{objet_id}/{lu['id']}",
        "contenu": f"{api}/contenu",
        "apercu": f"{api}/apercu" if lu["type"] in AFFICHABLES else None,
        "icone": icone(lu["type"]),
    }


def piece(lue: Json, courrier: Json) -> Json:
    """A file that came with a mail, shown as the others are."""
    page, api = (f"{debut}/courriers/{courrier['id']}/pieces/{lue['id']}" for debut in ("/demandes", "/api/demandes"))
    return {
        **lue,
        "rang": 1,
        "depose_par": courrier["nom"] or courrier["de"],
        "cree_le": courrier["recu_le"],
        "voir": f"{page}/voir",
        "contenu": page,
        "apercu": f"{api}/apercu" if lue["type"] in AFFICHABLES else None,
        "icone": icone(lue["type"]),
    }


def pieces(courriers: list[Json]) -> list[Json]:
    """The files kept of these mails."""
    return [piece(p, c) for c in courriers for p in c["pieces"] if not p["refus"]]


def icone(type_: str) -> str:
    """The icon of a type of file."""
    return next((nom for debut, nom in ICONES if type_.startswith(debut)), "file-text")


async def du_contact(user: Utilisateur, tiers: Json) -> Json:
    """Every file of a contact: its own, those of its demandes, devis, achats and so on, those its mails brought."""
    propres = await de(user, "contact", tiers["id"])
    cles = [cle for cle in DU_CONTACT if GENRES[cle].lisible(user)]
    params = {"tiers_id": tiers["id"], "limite": LIMITE}
    demandes = [(GENRES[cle].service, f"/fichiers-{GENRES[cle].objets}", params) for cle in cles]
    voit_courriers = user.may(GENRES["demande"].lire)
    courriers = [("demandes", "/pieces-recues", {"tiers_id": tiers["id"]})] if voit_courriers else []
    lus = await user.services.panneaux(*demandes, *courriers)
    tous = [{**f, "de": None} for f in propres["fichiers"]]
    for cle, page in zip(cles, lus, strict=False):
        tous += [_avec_origine(f, cle) for f in (page["elements"] if page else ())]
    if voit_courriers and lus[-1]:
        tous += [_de_courrier(p) for p in lus[-1]]
    absents = {page.libelle for page in (propres["lus"], *lus) if isinstance(page, Indisponible)}
    return {**propres, "tous": sorted(tous, key=_date, reverse=True), "absents": sorted(absents)}


def _avec_origine(lu: Json, cle: str) -> Json:
    objet_id = lu["proprietaire_id"]
    nom = f"{GENRES[cle].nom} {lu['proprietaire_numero']}"
    return {**fichier(lu, cle, objet_id), "de": (nom, GENRES[cle].page.format(id=objet_id), lu["proprietaire_objet"])}


def _de_courrier(lue: Json) -> Json:
    courrier = {"id": lue["courrier_id"], "nom": "", "de": lue["de"], "recu_le": lue["recu_le"]}
    adresse = f"/demandes/{lue['demande_id']}"
    return {**piece(lue, courrier), "de": (f"Demande {lue['demande_numero']}", adresse, "Reçu par courrier")}


def _date(f: Json) -> str:
    """Instants of every service are in UTC and written the same way."""
    return str(f["cree_le"])
