"""One entry on the phone: the part leaves the van, costs, is billed; cancelled, it is back where it was."""

from decimal import Decimal
from typing import Any
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from shared.contracts.demandes import DemandeCreee
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier, circuler, recu, une_reception
from tests.services.inventory.feuille.test_approvisionnement import objets, verifier_soldes

Json = dict[str, Any]


@pytest.fixture
async def sav(atelier: Atelier) -> DemandeCreee:
    """A breakdown at a client's; 100 m of cable and two phones in Annecy."""
    demande = DemandeCreee(
        demande_id=new_id(),
        numero="SAV-2026-00012",
        type_code="sav",
        etat_code="a_traiter",
        etat_libelle="À traiter",
        tiers_id=new_id(),
        tiers_nom="Boulangerie Favre",
        objet="Téléphone muet",
    )
    await atelier.recevoir(
        demande,
        une_reception(
            atelier.annecy.agence_id, recu(atelier.cable, "100"), recu(atelier.telephone, "2", ("SN1", "SN2"))
        ),
    )
    return demande


async def utiliser(client: httpx.AsyncClient, sav: DemandeCreee, statut: int = 201, **corps: Any) -> Any:
    """POST a part used on the breakdown."""
    reponse = await client.post(f"/demandes/{sav.demande_id}/consommations", json=corps)
    assert reponse.status_code == statut, reponse.text
    return reponse.json()


async def balance(client: httpx.AsyncClient, produit_id: UUID) -> tuple[str, str]:
    """(in the main nature, in the others) of a product in Annecy."""
    soldes: list[Json] = (await client.get(f"/produits/{produit_id}/stock")).json()
    return next((s["physique"], s["autres"]) for s in soldes if s["agence_nom"] == "Annecy")


async def test_an_object_scanned_is_at_the_client_and_told_to_billing(
    atelier: Atelier, client: httpx.AsyncClient, sav: DemandeCreee
) -> None:
    (utilisee,) = await utiliser(client, sav, code="sn1")
    assert (utilisee["numero_serie"], utilisee["quantite"], utilisee["est_facturable"]) == ("SN1", "1.000", True)
    objet = next(o for o in await objets(client) if o["numero_serie"] == "SN1")
    assert (objet["etat"], objet["tiers_nom"], objet["lieu"]) == ("installe", "Boulangerie Favre", "Boulangerie Favre")
    assert (await balance(client, atelier.telephone.id))[0] == "1.000"
    await verifier_soldes(atelier.database)
    (dit,) = await atelier.publies(ConsommationSaisie)
    assert (dit.demande_id, dit.tiers_id, dit.numero_serie, dit.est_facturable) == (
        sav.demande_id,
        sav.tiers_id,
        "SN1",
        True,
    )
    assert dit.cout_ht > 0
    refus = await utiliser(client, sav, 409, code="SN1")
    assert refus["code"] == "objet_indisponible"


async def test_a_quantity_is_taken_in_the_van_that_is_said(
    atelier: Atelier, client: httpx.AsyncClient, sav: DemandeCreee
) -> None:
    depot = atelier.depots["ANN"]
    place = {"code": "VAN-1", "libelle": "Fourgon de Karim", "nature": "vehicule"}
    fiche = (await client.post(f"/depots/{depot}/emplacements", json=place)).json()
    (fourgon,) = [e["id"] for e in fiche["emplacements"] if e["code"] == "VAN-1"]
    cable = str(atelier.cable.id)
    vide = await utiliser(client, sav, 409, produit_id=cable, quantite="5", emplacement_id=fourgon)
    assert (vide["code"], "Fourgon de Karim" in vide["detail"]) == ("stock_insuffisant", True)
    rouleau = next(o for o in await objets(client) if o["produit_id"] == cable)
    corps = {"depot_id": str(depot), "emplacement_id": fourgon, "quantite": "20", "motif": "Chargement"}
    assert (await client.post(f"/historiques/{rouleau['id']}/transferer", json=corps)).status_code == 200
    (utilisee,) = await utiliser(
        client, sav, produit_id=cable, quantite="5", emplacement_id=fourgon, est_facturable=False
    )
    assert await balance(client, atelier.cable.id) == ("80.000", "15.000")
    await verifier_soldes(atelier.database)

    annulee = (await client.post(f"/consommations/{utilisee['id']}/annuler")).json()
    assert annulee["annulee_par"]
    assert await balance(client, atelier.cable.id) == ("80.000", "20.000")
    await verifier_soldes(atelier.database)
    deux_fois = await client.post(f"/consommations/{utilisee['id']}/annuler")
    assert deux_fois.json()["code"] == "consommation_deja_annulee"
    assert len(await atelier.publies(ConsommationAnnulee)) == 1
    (ligne,) = (await client.get(f"/demandes/{sav.demande_id}/consommations")).json()["elements"]
    assert (ligne["id"], bool(ligne["annulee_le"])) == (utilisee["id"], True)


async def test_its_life_tells_what_it_brought_and_that_it_was_cancelled(
    atelier: Atelier, client: httpx.AsyncClient, sav: DemandeCreee
) -> None:
    async with atelier.database.transaction(atelier.actor) as tx:
        await tx.execute(text("UPDATE produit SET prix_vente_ht = 89"))
    (utilisee,) = await utiliser(client, sav, code="SN1")
    place = await circuler(atelier.database)
    bilan = (await client.get(f"/historiques/{utilisee['historique_id']}/bilan")).json()
    assert bilan["vente_ht"] == "89.00"
    assert (await client.post(f"/consommations/{utilisee['id']}/annuler")).status_code == 200
    await circuler(atelier.database, place)
    fiche = (await client.get(f"/historiques/{utilisee['historique_id']}")).json()
    bilan = (await client.get(f"/historiques/{utilisee['historique_id']}/bilan")).json()
    assert (bilan["vente_ht"], fiche["etat"]) == ("0.00", "en_stock")


async def test_an_unknown_demande_a_place_unsaid_and_what_is_not_sold_are_refused(
    atelier: Atelier, client: httpx.AsyncClient, sav: DemandeCreee
) -> None:
    inconnue = await client.post(f"/demandes/{new_id()}/consommations", json={"code": "SN1"})
    assert (inconnue.status_code, inconnue.json()["code"]) == (404, "demande_inconnue")
    assert (await utiliser(client, sav, 422))["status"] == 422
    await utiliser(client, sav, 404, code="RIEN")
    assert (await balance(client, atelier.telephone.id))[0] == "2.000"


async def test_a_part_without_a_sale_price_says_that_its_price_is_to_give(
    atelier: Atelier, client: httpx.AsyncClient, sav: DemandeCreee
) -> None:
    depot: Json = {"depot_id": str(atelier.depots["ANN"]), "produit_id": str(atelier.cable.id), "quantite": "2"}
    assert atelier.cable.prix_vente_ht is None
    (paye,) = await utiliser(client, sav, **depot)
    (offert,) = await utiliser(client, sav, **depot, est_facturable=False)
    assert (paye["prix_a_fixer"], offert["prix_a_fixer"]) == (True, False)
    dits = [(f.prix_ht, f.prix_a_fixer) for f in await atelier.publies(ConsommationSaisie)]
    assert dits == [(Decimal(0), True), (Decimal(0), False)]
    await circuler(atelier.database)
    bilan = (await client.get(f"/historiques/{paye['historique_id']}/bilan")).json()
    assert (bilan["vente_ht"], bilan["marge_ht"]) == (None, None), "what nobody priced is not sold for nothing"
