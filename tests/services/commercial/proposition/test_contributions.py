"""DEEE and copie privée: beside the price, in the totals, never discounted, never a margin."""

from decimal import Decimal
from typing import Any

import httpx
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Ligne
from shared.contracts.commercial import DevisValide
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.kernel.money import arrondi
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte
from tests.services.commercial.signature.test_portail import dernier_lien

D = Decimal
quantites = st.decimals(0, 9_999, places=3)
unitaires = st.decimals(0, 900, places=4)
prix = st.decimals(-9_999, 9_999, places=2)
remises = st.decimals(0, 100, places=2)
taux = st.sampled_from([D(0), D("5.5"), D(10), D(20)])


@st.composite
def des_lignes(draw: st.DrawFn) -> list[Ligne]:
    def une() -> Ligne:
        return Ligne(
            id=new_id(),
            designation="x",
            quantite=draw(quantites),
            prix_fixe_ht=draw(prix),
            remise=draw(remises),
            taux_tva=draw(taux),
            deee_ht=draw(unitaires),
            copie_privee_ht=draw(unitaires),
        )

    return [une() for _ in range(draw(st.integers(1, 8)))]


@given(des_lignes())
def test_contributions_add_to_the_total_and_to_the_base_of_vat_and_leave_the_margin(lignes: list[Ligne]) -> None:
    sans = [Ligne(id=x.id, designation="x", quantite=x.quantite, prix_fixe_ht=x.prix_fixe_ht, remise=x.remise, taux_tva=x.taux_tva) for x in lignes]  # fmt: skip
    avec, nues = chiffrage.chiffrer(lignes, "marge"), chiffrage.chiffrer(sans, "marge")
    signes = [-1 if x.prix_fixe_ht is not None and x.prix_fixe_ht < 0 else 1 for x in lignes]
    deee = sum((s * arrondi(x.quantite * x.deee_ht) for s, x in zip(signes, lignes, strict=True)), D(0))
    copie = sum((s * arrondi(x.quantite * x.copie_privee_ht) for s, x in zip(signes, lignes, strict=True)), D(0))
    assert (avec.deee_ht, avec.copie_privee_ht) == (deee, copie)
    assert avec.totaux.total_ht == nues.totaux.total_ht + deee + copie
    assert sum(g.base_ht for g in avec.totaux.groupes) == avec.totaux.total_ht
    assert [c.vente_ht for c in avec.lignes] == [c.total_ht for c in nues.lignes]


LIGNES: list[dict[str, Any]] = [
    b.une_ligne(designation="Écran 27 pouces", quantite="2", prix_fixe_ht="100", remise="10", cout_ht="60", marge="0", deee_ht="4.16"),
    b.une_ligne(designation="Disque", cout_ht="0", quantite="3", prix_fixe_ht="50", deee_ht="0.05", copie_privee_ht="6", taux_tva="10"),
    b.une_ligne(designation="Casque", prix_fixe_ht="30", est_option=True, est_retenue=False, deee_ht="0.11"),
]  # fmt: skip


async def test_they_are_told_to_the_client_apart_and_to_billing_with_the_line(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client, LIGNES)
    totaux = devis["totaux"]
    assert (totaux["deee_ht"], totaux["copie_privee_ht"]) == ("8.47", "18.00")
    assert (totaux["total_ht"], totaux["marge_ht"]) == ("356.47", "210.00")  # 180 + 150 + 26,47; 330 - 120
    assert totaux["groupes"] == [
        {"taux": "10.00", "base_ht": "168.15", "montant_tva": "16.82"},
        {"taux": "20.00", "base_ht": "188.32", "montant_tva": "37.66"},
    ]
    await b.envoyer(client, database, devis["id"])
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    lu = lu.replace("\u202f", " ").replace("\xa0", " ")
    for dit in ("Éco-participation DEEE", "4,16", "8,32", "Rémunération pour copie privée", "6,00", "18,00", "356,47"):
        assert dit in lu, dit
    assert "dont éco-participation DEEE 8,47 €" in lu
    page = (await client.get(dernier_lien(boite))).json()["contenu"]
    assert [[c["total_ht"] for c in ligne["contributions"]] for ligne in page["lignes"]] == [["8.32"], ["0.15", "18.00"], ["0.11"]]  # fmt: skip
    assert [c["montant_ht"] for c in page["contributions"]] == ["8.47", "18.00"]
    await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Lefèvre"})
    (fait,) = await b.annonces(database, DevisValide)
    assert [(x.deee_ht, x.copie_privee_ht, x.total_ht) for x in fait.lignes] == [
        (D("4.1600"), D(0), D("188.32")),
        (D("0.0500"), D(6), D("168.15")),
    ]


async def test_a_line_of_the_catalogue_bears_those_of_its_product_and_a_line_that_takes_away_gives_them_back(
    client: httpx.AsyncClient, database: Database
) -> None:
    ecran = b.un_produit(reference="ECR-27", deee_ht=D("4.16"), prix_vente_ht=D(100))
    await b.recevoir(database, ecran)
    devis = await b.un_devis(client, [b.une_ligne(designation="Reprise", quantite="2", prix_fixe_ht="-10", deee_ht="4.16")])  # fmt: skip
    corps = {"produit_id": str(ecran.produit_id), "quantite": "2"}
    vue = (await client.post(f"/propositions/{devis['id']}/depuis-produit", json=corps)).json()
    assert [ligne["deee_ht"] for ligne in vue["lignes"]] == ["4.1600", "4.1600"]
    assert [ligne["total_ht"] for ligne in vue["lignes"]] == ["-28.32", "208.32"]
    assert vue["totaux"]["deee_ht"] == "0.00"
