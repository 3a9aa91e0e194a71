"""An article nobody bought yet, quoted from a supplier's catalogue, is bought and delivered like any other once signed."""

from decimal import Decimal
from typing import Any

import pytest

from shared.testing.eventually import eventually
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import PATIENCE, etat, ouvrir

TARIF = "Code;Libellé;Prix\nSW-J8;Switch 8 ports PoE;98,50\n"
COLONNES = {"reference": "Code", "designation": "Libellé", "prix_achat_ht": "Prix"}


async def importer(equipe: Equipe, fournisseur_id: str) -> None:
    """The catalogue of the supplier, read until the article is offered."""
    chemin = f"/commercial/catalogues-fournisseur/{fournisseur_id}"
    await equipe.thomas.changer("PUT", f"{chemin}/profil", {"colonnes": COLONNES})
    depot = await equipe.thomas.client.put(
        f"/api{chemin}/fichier", params={"nom": "t.csv"}, content=TARIF.encode(), headers={"content-type": "text/csv"}
    )
    assert depot.status_code == 202, depot.text

    async def offert() -> None:
        assert await equipe.manon.lire("/commercial/references-fournisseur", q="SW-J8")

    await eventually(offert, PATIENCE)


@pytest.mark.timeout(200)
async def test_un_article_de_catalogue_signe_arrive_aux_achats_avec_son_fournisseur_et_son_prix(
    equipe: Equipe,
) -> None:
    elecdis = await equipe.thomas.creer(
        "/contacts/tiers", {"nom": "Elecdis Journée", "roles": ["fournisseur"], "adresses": [ANNECY]}
    )
    await importer(equipe, elecdis["id"])
    demande = await ouvrir(equipe, "Un switch de plus")

    async def etude_possible() -> Any:
        return await equipe.manon.creer("/commercial/etudes", {"demande_id": demande["id"]})

    (proposition,) = (await eventually(etude_possible, PATIENCE))["propositions"]
    chemin = f"/commercial/propositions/{proposition['id']}"
    article = {"fournisseur_id": elecdis["id"], "reference": "SW-J8", "quantite": "3", "marge": "30"}
    contenu = await equipe.manon.creer(f"{chemin}/depuis-catalogue", article)
    (cache,) = contenu["lignes"][0]["produits"]
    await equipe.manon.creer(f"{chemin}/valider", {"signe_par": "Mme Lefèvre"})
    await etat(equipe, demande["id"], "devis_valide")

    async def besoin() -> dict[str, Any]:
        (groupe,) = (await equipe.thomas.lire("/purchasing/besoins", demande_id=demande["id"]))["elements"]
        assert [f["nom"] for f in groupe["fournisseurs"]] == ["Elecdis Journée"]
        return dict(groupe)

    groupe = await eventually(besoin, PATIENCE)
    assert (groupe["produit_id"], groupe["reference"]) == (cache["produit_id"], "SW-J8")
    assert Decimal(groupe["fournisseurs"][0]["prix_ht"]) == Decimal("98.5")
    assert sum(Decimal(b["net"]) for b in groupe["besoins"]) == 3
    fiche = await equipe.thomas.lire(f"/inventory/produits/{cache['produit_id']}")
    assert (fiche["designation"], Decimal(fiche["prix_achat_ht"])) == ("Switch 8 ports PoE", Decimal("98.5"))
