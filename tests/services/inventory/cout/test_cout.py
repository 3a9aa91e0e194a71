"""A supplier invoice accepted at another price: what its objects cost, when, by whom, in whatever sequence the facts come."""

from datetime import date, timedelta
from decimal import Decimal
from itertools import permutations
from typing import Any

import httpx
import pytest

from shared.contracts.base import Envelope, Fact
from shared.contracts.billing import LigneChiffree, ReceptionChiffree
from shared.contracts.purchasing import LigneRecue, ReceptionValidee
from shared.database.database import Database
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock, jour_paris
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.inventory import (
    HIER,
    Atelier,
    attend,
    circuler,
    enveloppe,
    recevoir,
    recu,
    un_atelier,
    un_devis_valide,
    une_ligne,
    une_reception,
)
from tests.services.inventory.feuille.test_placement import agir, la_feuille

Json = dict[str, Any]
ACHAT = new_id()


def une_ligne_chiffree(ligne: LigneRecue, avant: str, cout: str, **valeurs: Any) -> LigneChiffree:
    """What the invoice makes a received line cost."""
    base: Json = {"ligne_recue_id": ligne.ligne_id, "produit_id": ligne.produit_id, "quantite": ligne.quantite}
    base |= {"prix_ht": Decimal(10), "cout_ht": Decimal(cout), "cout_avant_ht": Decimal(avant)}
    return LigneChiffree(**base | valeurs)


def une_facture(
    reception: ReceptionValidee, *lignes: LigneChiffree, revision: int = 1, **valeurs: Any
) -> ReceptionChiffree:
    """The invoice of a reception, accepted."""
    base: Json = {
        "affaire_fournisseur_id": ACHAT, "numero": "AF-2026-00003", "revision": revision,
        "reception_id": reception.reception_id, "fournisseur_nom": "Grossiste Savoie",
        "facture_fournisseur": "FS-9000", "acceptee_le": HIER + timedelta(days=3 + revision),
        "acceptee_par": "Céline Blanc", "lignes": lignes,
    }  # fmt: skip
    return ReceptionChiffree(**base | valeurs)


async def objets(client: httpx.AsyncClient) -> list[Json]:
    lus: list[Json] = (await client.get("/historiques", params={"limite": 200})).json()["elements"]
    return lus


async def couts(client: httpx.AsyncClient) -> dict[str, str]:
    """The unit cost of each object, by serial number or reference."""
    return {o["numero_serie"] or o["reference"]: o["cout_unitaire_ht"] for o in await objets(client)}


async def bilan(client: httpx.AsyncClient, historique_id: str) -> Json:
    lu: Json = (await client.get(f"/historiques/{historique_id}/bilan")).json()
    return lu


async def test_objects_and_quantities_cost_what_the_invoice_says_fees_included(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    telephones = recu(atelier.telephone, "3", ("T1", "T2", "T3"), cout_ht=Decimal("31.20"))
    cable = recu(atelier.cable, "100", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("250"))
    reception = une_reception(atelier.annecy.agence_id, telephones, cable, facture_fournisseur="")
    await atelier.recevoir(reception)
    facture = une_facture(
        reception, une_ligne_chiffree(telephones, "31.20", "32.00"), une_ligne_chiffree(cable, "250", "237.50")
    )
    await atelier.recevoir(facture, facture)
    lus = await couts(client)
    assert lus["CAB-CAT6"] == "2.3750"
    assert sum(Decimal(lus[s]) for s in ("T1", "T2", "T3")) == Decimal("32.00"), "to the cent"
    assert {o["facture_fournisseur"] for o in await objets(client)} == {"FS-9000"}
    (un,) = [o for o in await objets(client) if o["numero_serie"] == "T1"]
    (correction,) = (await bilan(client, un["id"]))["corrections"]
    assert (correction["par_nom"], correction["facture_fournisseur"]) == ("Céline Blanc", "FS-9000")
    assert (correction["cout_avant_ht"], correction["affaire_numero"]) == ("10.40", "AF-2026-00003")


async def test_a_line_the_invoice_does_not_change_keeps_its_cost_and_gains_its_invoice(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    telephones = recu(atelier.telephone, "2", ("T1", "T2"), cout_ht=Decimal("20.80"))
    reception = une_reception(atelier.annecy.agence_id, telephones, facture_fournisseur="")
    facture = une_facture(reception, une_ligne_chiffree(telephones, "20.80", "20.80"))
    await atelier.recevoir(reception, facture)
    await circuler(atelier.database)
    for objet in await objets(client):
        assert (objet["cout_unitaire_ht"], objet["facture_fournisseur"]) == ("10.4000", "FS-9000")
        assert (await bilan(client, objet["id"]))["corrections"] == []
        fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
        assert "Facture fournisseur FS-9000 contrôlée" in [e["titre"] for e in fil]


async def test_two_lines_of_one_product_keep_their_own_price(atelier: Atelier, client: httpx.AsyncClient) -> None:
    chere, sienne = recu(atelier.telephone, "1", ("T1",)), recu(atelier.telephone, "1", ("T2",))
    reception = une_reception(atelier.annecy.agence_id, chere, sienne)
    await atelier.recevoir(
        reception,
        une_facture(
            reception, une_ligne_chiffree(chere, "10.40", "15.00"), une_ligne_chiffree(sienne, "10.40", "10.40")
        ),
    )
    assert await couts(client) == {"T1": "15.0000", "T2": "10.4000"}


async def test_what_was_received_before_lines_were_named_follows_its_product(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    ancienne = une_ligne_chiffree(cable, "25", "27", ligne_recue_id=None)
    await atelier.recevoir(reception, une_facture(reception, ancienne))
    assert await couts(client) == {"CAB-CAT6": "2.7000"}


@pytest.mark.feature("PU-28", "PU-29")
async def test_what_left_in_parts_follows_and_so_does_the_margin_of_what_was_sold(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.cable, "4"), total_ht=Decimal("50.00"))), reception)
    feuille = await la_feuille(client)
    await agir(client, feuille, "cloturer")
    await agir(client, feuille, "valider", malgre_ecarts=True)
    lu = await circuler(atelier.database)
    pose = next(o for o in await objets(client) if o["etat"] == "installe")
    assert (await bilan(client, pose["id"]))["marge_ht"] == "40.00"
    await atelier.recevoir(une_facture(reception, une_ligne_chiffree(cable, "25", "28")))
    await circuler(atelier.database, lu)
    assert {o["cout_unitaire_ht"] for o in await objets(client)} == {"2.8000"}
    corrige = await bilan(client, pose["id"])
    assert (corrige["cout_ht"], corrige["marge_ht"]) == ("11.20", "38.80")
    fil = (await client.get(f"/historiques/{pose['id']}/fil")).json()["elements"]
    assert (fil[0]["titre"], fil[0]["montant_ht"]) == ("Coût établi par la facture FS-9000", "11.20")
    assert fil[0]["lien"] == f"/administratif/fournisseurs/{ACHAT}"
    mouvements = [e["montant_ht"] for e in fil if e["type"] == "mouvement"]
    assert set(mouvements) == {"10.00", "25.00"}, "what moved then cost what was known then"


async def test_a_replacement_sent_by_the_supplier_follows_what_it_replaces(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    telephones = recu(atelier.telephone, "2", ("T1", "T2"), cout_ht=Decimal("20.80"))
    reception = une_reception(atelier.annecy.agence_id, telephones)
    await atelier.recevoir(reception)
    (mort,) = [o for o in await objets(client) if o["numero_serie"] == "T1"]
    corps: Json = {"historique_id": mort["id"], "attente": "echange", "motif": "Mort à l’arrivée"}
    retour = (await client.post("/retours", json=corps)).json()
    neuf = {"numero_serie": "T9", "depot_id": str(atelier.depots["ANN"])}
    reponse = await client.post(f"/retours/{retour['id']}/remplacer", json=neuf)
    assert reponse.status_code == 200, reponse.text
    await atelier.recevoir(une_facture(reception, une_ligne_chiffree(telephones, "20.80", "24.00")))
    assert await couts(client) == {"T1": "12.0000", "T2": "12.0000", "T9": "12.0000"}


async def test_an_invoice_refused_afterwards_gives_the_cost_of_the_reception_back(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    refusee = une_facture(reception, une_ligne_chiffree(cable, "28", "25"), revision=2, facture_fournisseur="")
    await atelier.recevoir(reception, une_facture(reception, une_ligne_chiffree(cable, "25", "28")), refusee)
    (objet,) = await objets(client)
    assert (objet["cout_unitaire_ht"], objet["facture_fournisseur"]) == ("2.5000", None)
    couts_lus = [c["cout_ht"] for c in (await bilan(client, objet["id"]))["corrections"]]
    assert couts_lus == ["2.50", "2.80"], "both are kept"


async def test_the_value_at_a_past_date_stays_what_it_was_then(atelier: Atelier, client: httpx.AsyncClient) -> None:
    async def valeur(le: date) -> str:
        return str((await client.get("/stock/valeur", params={"le": le.isoformat()})).json()["total_ht"])

    jour = jour_paris(atelier.database.clock.now())
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    await atelier.recevoir(reception)
    demain = atelier.database.clock.now() + timedelta(days=1)
    await atelier.recevoir(
        une_facture(reception, une_ligne_chiffree(cable, "25", "28"), acceptee_le=demain),
        une_facture(
            reception, une_ligne_chiffree(cable, "28", "27"), revision=2, acceptee_le=demain + timedelta(days=2)
        ),
    )
    assert [await valeur(jour + timedelta(days=n)) for n in range(4)] == ["25.00", "28.00", "28.00", "27.00"]
    (objet,) = await objets(client)
    atelier.database.clock = FrozenClock(demain + timedelta(days=3))
    corps = {"depot_id": str(atelier.depots["LYO"]), "quantite": "4"}
    assert (await client.post(f"/historiques/{objet['id']}/transferer", json=corps)).status_code == 200
    assert await valeur(jour + timedelta(days=4)) == "27.00"
    assert await valeur(jour) == "25.00", "cutting a quantity later moves no past value"


async def test_a_part_cut_between_two_revisions_is_corrected_by_the_second(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    await atelier.recevoir(reception, une_facture(reception, une_ligne_chiffree(cable, "25", "28")))
    (objet,) = await objets(client)
    corps = {"depot_id": str(atelier.depots["LYO"]), "quantite": "4"}
    assert (await client.post(f"/historiques/{objet['id']}/transferer", json=corps)).status_code == 200
    await atelier.recevoir(une_facture(reception, une_ligne_chiffree(cable, "28", "30"), revision=2))
    assert [o["cout_unitaire_ht"] for o in await objets(client)] == ["3.0000", "3.0000"]


async def test_costs_are_nobodys_who_may_not_see_them(
    atelier: Atelier, service_client: ServiceClient, client: httpx.AsyncClient
) -> None:
    cable = recu(atelier.cable, "10", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("25"))
    reception = une_reception(atelier.annecy.agence_id, cable)
    await atelier.recevoir(reception, une_facture(reception, une_ligne_chiffree(cable, "25", "28")))
    await circuler(atelier.database)
    magasin = await service_client("inventory", atelier.database, "stock.lire")
    (objet,) = await objets(magasin)
    assert objet["cout_unitaire_ht"] is None
    assert (await magasin.get(f"/historiques/{objet['id']}/bilan")).status_code == 403
    fil = (await magasin.get(f"/historiques/{objet['id']}/fil")).text
    assert "Coût établi par la facture FS-9000" in fil
    assert '"montant_ht":null' in fil
    assert "28.00" not in fil


async def etat(database: Database, client: httpx.AsyncClient) -> list[Json]:
    """Everything an order of arrival could change: costs, invoice, corrections, and what the fil says of them."""
    await circuler(database)
    vus = []
    for objet in await objets(client):
        fil = (await client.get(f"/historiques/{objet['id']}/fil")).json()["elements"]
        dits = sorted((e["titre"], e["montant_ht"]) for e in fil if e["type"] in {"cout", "mouvement"})
        vus.append(
            {
                "objet": (objet["numero_serie"], objet["quantite"], objet["cout_unitaire_ht"]),
                "facture": objet["facture_fournisseur"],
                "corrections": (await bilan(client, objet["id"]))["corrections"],
                "fil": dits,
            }
        )
    return sorted(vus, key=lambda vu: str(vu["objet"]))


@pytest.mark.parametrize("ordre", list(permutations(range(3))))
async def test_facts_end_the_same_whatever_comes_first_and_delivered_twice(
    ordre: tuple[int, ...], service_database: ServiceDatabase, actor: Actor, service_client: ServiceClient
) -> None:
    async def jouer(livres: tuple[int, ...]) -> list[Json]:
        database = await service_database("inventory")
        ici = await un_atelier(database, actor)
        telephones = recu(ici.telephone, "3", ("T1", "T2", "T3"), cout_ht=Decimal("31.20"))
        cable = recu(ici.cable, "100", cout_unitaire_ht=Decimal("2.5"), cout_ht=Decimal("250"))
        reception = une_reception(ici.annecy.agence_id, telephones, cable, facture_fournisseur="")
        premiere = une_facture(
            reception, une_ligne_chiffree(telephones, "31.20", "32.00"), une_ligne_chiffree(cable, "250", "250")
        )
        seconde = une_facture(
            reception, une_ligne_chiffree(telephones, "32.00", "35.00"), une_ligne_chiffree(cable, "250", "260"),
            revision=2, facture_fournisseur="FS-9001",
        )  # fmt: skip
        devis = un_devis_valide(une_ligne(attend(ici.cable, "40"), attend(ici.telephone, "2")))
        faits: tuple[Fact, ...] = (reception, premiere, seconde)
        enveloppes: list[Envelope] = [enveloppe(faits[rang]) for rang in livres]
        await recevoir(database, devis, *enveloppes)
        return await etat(database, await service_client("inventory", database))

    attendu = await jouer((0, 1, 2))
    assert {vu["facture"] for vu in attendu} == {"FS-9001"}
    assert await jouer((*ordre, *ordre)) == attendu
