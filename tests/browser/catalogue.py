"""What the company already knows before a sale: two suppliers, a configurable camera, a cable."""

from dataclasses import dataclass
from typing import Any

from shared.kernel.ids import new_id
from tests.browser.produit import Produit
from tests.builders.adresses import ANNECY

Json = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Catalogue:
    """Names are unique in the run: `suffixe` tells this catalogue from another."""

    suffixe: str
    fournisseur: Json
    camera: Json
    cable: Json


def creer_catalogue(produit: Produit) -> Catalogue:
    """Through the API: the sale is what pages are tried on."""
    suffixe = str(new_id())[-6:].upper()
    fournisseur = produit.creer(
        "thomas", "/contacts/tiers", {"nom": f"Elecdis {suffixe}", "roles": ["fournisseur"], "adresses": [ANNECY]}
    )
    type_camera = produit.creer(
        "admin",
        "/inventory/types-produit",
        {
            "code": f"camera-{suffixe.lower()}",
            "libelle": "Caméra",
            "champs": [{"cle": "ip", "libelle": "Adresse IP", "type": "texte", "requis": True}],
            "actions": [{"cle": "firmware", "libelle": "Firmware mis à jour"}],
            "etiquette_requise": True,
        },
    )
    camera = produit.creer(
        "thomas",
        "/inventory/produits",
        {
            "reference": f"CAM-{suffixe}",
            "designation": f"Caméra IP {suffixe}",
            "politique_serie": "obligatoire",
            "type_id": type_camera["id"],
            "ean": f"37{int(suffixe, 16):011d}"[:13],
            "prix_achat_ht": "112",
            "maintenance_requise": True,
            "fournisseurs": [{"fournisseur_id": fournisseur["id"], "reference": f"EL-{suffixe}", "prix_ht": "112"}],
        },
    )
    cable = produit.creer(
        "thomas",
        "/inventory/produits",
        {"reference": f"CAB-{suffixe}", "designation": f"Câble {suffixe}", "unite": "m", "prix_achat_ht": "0.86"},
    )
    return Catalogue(suffixe, fournisseur, camera, cable)
