"""A kit is quoted as one line that hides its parts, or as the lines of its parts, at its price or at theirs."""

from decimal import Decimal
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.tarif import rules
from shared.contracts.commercial import DevisValide
from shared.contracts.inventory import ComposantKit, ProduitModifie
from shared.database.database import Database
from shared.kernel.money import arrondi
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte
from tests.services.commercial.signature.test_portail import dernier_lien

D = Decimal
TELEPHONE = b.un_produit(
    "YEA-T54W", "Téléphone IP", prix_achat_ht=D(118), prix_vente_ht=D(199), deee_ht=D("0.05"), maintenance_requise=True
)
CASQUE = b.un_produit("JAB-EVO", "Casque", prix_achat_ht=D(60), prix_vente_ht=D(99))
POSE = b.un_produit("POSE", "Pose", prix_achat_ht=D(20), prix_vente_ht=D(35), nature="service", est_stockable=False)


def un_kit(**champs: Any) -> ProduitModifie:
    """Two telephones, a headset, an hour and a half."""
    parts = ((TELEPHONE, "2"), (CASQUE, "1"), (POSE, "1.5"))
    composants = tuple(ComposantKit(produit_id=p.produit_id, quantite=D(q)) for p, q in parts)
    valeurs = {"prix_achat_ht": D(0), "est_stockable": False, "composants": composants}
    return b.un_produit("KIT-POSTE", "Poste de travail", **(valeurs | champs))


@given(
    st.decimals(1, 99_999, places=2),
    st.lists(st.tuples(st.decimals("0.001", 99, places=3), st.decimals(0, 9_999, places=2)), min_size=1, max_size=8),
)
def test_the_parts_of_a_kit_sell_together_for_its_price_to_the_cent(
    total: Decimal, parts: list[tuple[Decimal, Decimal]]
) -> None:
    prix = rules.partager(total, parts)
    assert sum(arrondi(quantite * u) for u, (quantite, _) in zip(prix, parts, strict=True)) == total


async def deposer(client: httpx.AsyncClient, devis: dict[str, Any], kit: ProduitModifie, **champs: str) -> Any:
    corps = {"produit_id": str(kit.produit_id), "quantite": "3", **champs}
    reponse = await client.post(f"/propositions/{devis['id']}/depuis-produit", json=corps)
    assert reponse.status_code == 201, reponse.text
    return reponse.json()


async def test_a_kit_is_one_line_whose_parts_are_hidden_at_the_price_of_its_parts(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    kit = un_kit()
    await b.recevoir(database, TELEPHONE, CASQUE, POSE, kit)
    devis = await b.un_devis(client, [])
    chemin = f"/propositions/{devis['id']}/prix"
    prix = (await client.get(chemin, params={"produit_id": str(kit.produit_id), "quantite": "3"})).json()
    assert (prix["prix_ht"], prix["est_somme"]) == ("549.50", True)  # 398 + 99 + 52,50
    assert [D(c["quantite"]) for c in prix["composants"]] == [6, 3, D("4.5")]
    (ligne,) = (await deposer(client, devis, kit))["lignes"]
    assert (ligne["designation"], D(ligne["prix_ht"]), D(ligne["cout_ht"])) == ("Poste de travail", D("549.50"), D(326))
    assert (D(ligne["deee_ht"]), ligne["maintenance_souhaitee"]) == (D("0.1"), True)
    assert [(p["reference"], D(p["quantite"])) for p in ligne["produits"]] == [
        ("YEA-T54W", 6), ("JAB-EVO", 3), ("POSE", D("4.5")),
    ]  # fmt: skip
    await b.envoyer(client, database, devis["id"])
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    page = (await client.get(dernier_lien(boite))).text
    for cache in ("YEA-T54W", "JAB-EVO", "Téléphone IP", "Casque", "KIT-POSTE"):
        assert cache not in lu, cache
        assert cache not in page, cache


async def test_a_kit_may_be_the_lines_of_its_parts_that_sum_to_its_own_price(
    client: httpx.AsyncClient, database: Database
) -> None:
    kit = un_kit(prix_vente_ht=D("499.99"))
    await b.recevoir(database, TELEPHONE, CASQUE, POSE, kit)
    devis = await b.un_devis(client, [])
    vue = await deposer(client, devis, kit, presentation="composants")
    assert [(x["designation"], D(x["quantite"])) for x in vue["lignes"]] == [
        ("Téléphone IP", 6), ("Casque", 3), ("Pose", D("4.5")),
    ]  # fmt: skip
    assert vue["totaux"]["total_ht"] == str(3 * D("499.99") + D("0.30"))
    assert [[p["reference"] for p in x["produits"]] for x in vue["lignes"]] == [["YEA-T54W"], ["JAB-EVO"], ["POSE"]]


async def test_a_kit_that_changes_leaves_what_was_quoted_and_a_hidden_kit_is_its_parts(
    client: httpx.AsyncClient, database: Database
) -> None:
    kit = un_kit(prix_vente_ht=D(500))
    await b.recevoir(database, TELEPHONE, CASQUE, POSE, kit)
    devis = await b.un_devis(client, [b.une_ligne(designation="Bureau équipé")])
    bureau = devis["lignes"][0]["id"]
    corps = {"produit_id": str(kit.produit_id), "quantite": "2", "note": "Au 2e"}
    vue = (await client.post(f"/propositions/{devis['id']}/lignes/{bureau}/produits", json=corps)).json()
    assert [(p["reference"], D(p["quantite"]), p["note"]) for p in vue["lignes"][0]["produits"]] == [
        ("YEA-T54W", D(4), "Au 2e"), ("JAB-EVO", D(2), "Au 2e"), ("POSE", D(3), "Au 2e"),
    ]  # fmt: skip
    await deposer(client, devis, kit)
    avant = (await client.get(f"/propositions/{devis['id']}")).json()
    seul = (ComposantKit(produit_id=CASQUE.produit_id, quantite=D(9)),)
    await b.recevoir(database, kit.model_copy(update={"composants": seul, "prix_vente_ht": D(1)}))
    assert (await client.get(f"/propositions/{devis['id']}")).json() == avant
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Lefèvre"})
    (fait,) = await b.annonces(database, DevisValide)
    assert {p.produit_id for x in fait.lignes for p in x.produits} == {p.produit_id for p in (TELEPHONE, CASQUE, POSE)}
