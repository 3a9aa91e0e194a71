"""A signed project of a client, made through the API: what pages of purchasing are tried on."""

from collections.abc import Sequence
from typing import Any

from tests.browser.produit import Produit, bientot
from tests.builders.adresses import ANNECY

Json = dict[str, Any]


def signer(produit: Produit, client: str, caches: Sequence[tuple[Json, str]]) -> Json:
    """A demande whose devis of one line is signed; `caches` are its hidden products and their quantities."""
    tiers = produit.creer(
        "claire", "/contacts/tiers", {"nom": client, "roles": ["client"], "adresses": [ANNECY], "email": "a@exemple.fr"}
    )
    ouverte = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Équipement des salles"}
    demande: Json = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", ouverte)))
    etude = bientot(lambda: produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]}))
    proposition = f"/commercial/propositions/{etude['propositions'][0]['id']}"
    ligne = {
        "designation": "Matériel posé",
        "quantite": "1",
        "cout_ht": "100",
        "marge": "30",
        "produits": [{"produit_id": article["id"], "quantite": quantite} for article, quantite in caches],
    }
    bientot(lambda: produit.api("manon", "PUT", f"{proposition}/lignes", {"lignes": [ligne]}))
    courrier = {"destinataires": ["a@exemple.fr"], "sujet": "Votre devis", "message": "Voici notre offre."}
    produit.creer("manon", f"{proposition}/envoyer", courrier)
    bientot(lambda: produit.lire("manon", proposition)["statut"] == "envoye")
    produit.creer("manon", f"{proposition}/valider", {"signe_par": "Mme Durand"})
    bientot(lambda: len(besoins(produit, demande)) == len(caches))
    return demande


def signer_un_service(produit: Produit, tiers: Json, prix_ht: str) -> str:
    """A demande of a client whose devis of one service is signed; its id."""
    corps = {"type_code": "commercial", "tiers_id": tiers["id"], "objet": "Mise en service"}
    demande = bientot(lambda: dict(produit.creer("claire", "/demandes/demandes", corps)))
    etude = bientot(lambda: dict(produit.creer("manon", "/commercial/etudes", {"demande_id": demande["id"]})))
    chemin = f"/commercial/propositions/{etude['propositions'][0]['id']}"
    ligne = {"designation": "Mise en service", "prix_fixe_ht": prix_ht, "nature": "service"}
    bientot(lambda: produit.api("manon", "PUT", f"{chemin}/lignes", {"lignes": [ligne]}))
    produit.creer("manon", f"{chemin}/valider", {"signe_par": "M. Roche"})
    return str(demande["id"])


def facturer(produit: Produit, demande_id: str) -> Json:
    """Its sheet is validated, its invoice issued."""

    def premiere(qui: str, chemin: str) -> Json | None:
        lues = produit.lire(qui, chemin, demande_id=demande_id)["elements"]
        return dict(lues[0]) if lues else None

    sommet = bientot(lambda: premiere("karim", "/inventory/feuilles"))
    assert sommet is not None
    for verbe in ("cloturer", "valider"):
        produit.creer("karim", f"/inventory/feuilles/{sommet['id']}/{verbe}")
    affaire = bientot(lambda: premiere("celine", "/billing/affaires-client"))
    assert affaire is not None
    facture: Json = produit.creer("celine", f"/billing/affaires-client/{affaire['id']}/facturer")
    return facture


def besoins(produit: Produit, demande: Json) -> list[Json]:
    """What the project wants, product by product."""
    lus: list[Json] = produit.lire("thomas", "/purchasing/besoins", demande_id=demande["id"], filtre="tous")["elements"]
    return lus


def commander(produit: Produit, fournisseur: Json, articles: Sequence[tuple[Json, str]], **champs: Any) -> Json:
    """One negociation per article, then the order; each negociation is for whoever waits for the article."""
    negociations = [_negocier(produit, fournisseur, article, quantite) for article, quantite in articles]
    ids = [n["id"] for n in negociations]
    corps = {"fournisseur_id": fournisseur["id"], "negociation_ids": ids, **champs}
    commande: Json = produit.creer("thomas", "/purchasing/commandes", corps)
    return commande


def _negocier(produit: Produit, fournisseur: Json, article: Json, quantite: str) -> Json:
    corps = {
        "produit_id": article["id"],
        "fournisseur_id": fournisseur["id"],
        "quantite": quantite,
        "prix_ht": article["prix_achat_ht"],
    }
    return bientot(lambda: dict(produit.creer("thomas", "/purchasing/negociations", corps)))


def feuille(produit: Produit, demande: Json) -> Json:
    """The sheet of the project, with its columns and objects."""
    (entete,) = produit.lire("karim", "/inventory/feuilles", demande_id=demande["id"])["elements"]
    lue: Json = produit.lire("karim", f"/inventory/feuilles/{entete['id']}")
    return lue
