"""What changed between two versions: found whatever was done in between, and told to whom it may be."""

from dataclasses import replace
from decimal import Decimal
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.proposition.rules.chiffrage import Genre, Ligne, ProduitCache
from services.commercial.proposition.rules.comparaison import Etat, LigneComparee, Version, comparer
from services.commercial.proposition.use_cases.edition import copier
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b

D: Any = Decimal  # so that amounts compare with plain numbers


def _ligne(designation: str, **champs: Any) -> Ligne:
    return Ligne(id=new_id(), designation=designation, cout_ht=D(100), marge=D(50), **champs)


def _produit(**champs: Any) -> ProduitCache:
    valeurs: dict[str, Any] = {
        "id": new_id(),
        "produit_id": new_id(),
        "reference": "R",
        "designation": "P",
        "quantite": D(1),
    }
    return ProduitCache(**(valeurs | champs))


def _compare(avant: list[Ligne], apres: list[Ligne], couts: bool = True) -> list[LigneComparee]:
    return comparer(Version(avant, "marge"), Version(apres, "marge"), couts=couts)


@st.composite
def des_versions(draw: st.DrawFn) -> tuple[list[Ligne], list[Ligne]]:
    """A version and what became of its copy: lines removed, added, reworded, in another sequence."""
    mots = st.sampled_from(["Caméra", "Pose", "Câble", ""])
    avant = [_ligne(draw(mots)) for _ in range(draw(st.integers(0, 8)))]
    copies = draw(st.permutations(copier(avant)))
    gardees = [replace(ligne, designation=draw(mots)) for ligne in copies if draw(st.booleans())]
    ajoutees = [_ligne(draw(mots)) for _ in range(draw(st.integers(0, 3)))]
    return avant, draw(st.permutations([*gardees, *ajoutees]))


@given(des_versions())
def test_every_line_of_both_versions_is_told_once_in_its_own_sequence(
    versions: tuple[list[Ligne], list[Ligne]],
) -> None:
    avant, apres = versions
    trouve = _compare(avant, apres)
    assert [c.apres for c in trouve if c.apres] == apres
    assert sorted(c.avant.id for c in trouve if c.avant) == sorted(ligne.id for ligne in avant)
    restees = [c.avant for c in trouve if c.avant and not c.est_deplacee]
    assert restees == [ligne for ligne in avant if ligne in restees], "what did not move is in the first sequence"
    for c in trouve:
        assert (c.avant is None, c.apres is None) == (c.etat is Etat.AJOUTEE, c.etat is Etat.RETIREE)
        assert bool(c.champs) == (c.etat is Etat.MODIFIEE)


@given(des_versions())
def test_a_copy_stays_tied_to_its_line_however_it_is_reworded(versions: tuple[list[Ligne], list[Ligne]]) -> None:
    avant, apres = versions
    siennes = {ligne.id for ligne in avant}
    for c in _compare(avant, apres):
        if c.apres and c.apres.origine_id in siennes:
            assert c.avant is not None
            assert c.avant.id == c.apres.origine_id


@given(st.integers(1, 9), st.data())
def test_one_line_moved_is_one_line_moved(nombre: int, data: st.DataObject) -> None:
    avant = [_ligne(f"L{rang}") for rang in range(nombre)]
    apres = copier(avant)
    apres.insert(data.draw(st.integers(0, nombre - 1)), apres.pop(data.draw(st.integers(0, nombre - 1))))
    deplacees = [c for c in _compare(avant, apres) if c.est_deplacee]
    assert len(deplacees) == (0 if [ligne.origine_id for ligne in apres] == [ligne.id for ligne in avant] else 1)


def test_a_copy_of_a_copy_descends_from_the_first() -> None:
    avant = [_ligne("Caméra")]
    apres = [replace(ligne, designation="Dôme", quantite=D(3)) for ligne in copier(copier(avant))]
    (seule,) = _compare(avant, apres)
    assert (seule.etat, set(seule.champs)) == (Etat.MODIFIEE, {"designation", "quantite", "total_ht"})


def test_lines_that_share_nothing_are_matched_by_their_words_in_their_sequence() -> None:
    avant = [_ligne("Pose", quantite=D(1)), _ligne("Pose", quantite=D(2)), _ligne("Câble")]
    apres = [_ligne("pose", quantite=D(1)), _ligne("Pose", quantite=D(5)), _ligne("Pose", genre=Genre.COMMENTAIRE)]
    trouve = [(c.etat, c.avant and c.avant.quantite, c.apres and c.apres.quantite) for c in _compare(avant, apres)]
    assert trouve == [
        (Etat.MODIFIEE, 1, 1),
        (Etat.MODIFIEE, 2, 5),
        (Etat.RETIREE, 1, None),
        (Etat.AJOUTEE, None, 1),
    ]


CHANGEMENTS: list[tuple[dict[str, Any], set[str]]] = [
    ({"designation": "Dôme"}, {"designation"}),
    ({"description": "Extérieur"}, {"description"}),
    ({"quantite": D(2)}, {"quantite", "total_ht"}),
    ({"unite": "m"}, {"unite"}),
    ({"prix_fixe_ht": D(140)}, {"prix_ht", "total_ht"}),
    ({"prix_fixe_ht": D(150)}, set()),
    ({"remise": D(10)}, {"remise", "total_ht"}),
    ({"taux_tva": D(10)}, {"taux_tva"}),
    ({"est_option": True, "est_retenue": False}, {"est_option", "est_retenue"}),
    ({"variante": "A"}, {"variante"}),
    ({"maintenance_souhaitee": True}, {"maintenance_souhaitee"}),
    ({"cout_ht": D(75), "marge": D(100)}, {"cout_ht"}),
]


@pytest.mark.parametrize(("change", "attendus"), CHANGEMENTS)
def test_each_field_is_told_by_its_name_and_a_price_as_it_is_read(change: dict[str, Any], attendus: set[str]) -> None:
    avant = [_ligne("Caméra")]
    apres = [replace(ligne, **change) for ligne in copier(avant)]
    (seule,) = _compare(avant, apres)
    assert set(seule.champs) == attendus
    (sans_couts,) = _compare(avant, apres, couts=False)
    assert set(sans_couts.champs) == attendus - {"cout_ht"}
    assert (sans_couts.etat is Etat.INCHANGEE) == (not attendus - {"cout_ht"})


def test_hidden_products_are_compared_by_product_and_their_cost_only_for_who_may_see_it() -> None:
    garde, retire, cher, neuf = _produit(), _produit(note="Noir"), _produit(cout_ht=D(10)), _produit()
    avant = [_ligne("Caméra", produits=(garde, garde, retire, cher))]
    double, plus_cher = replace(garde, quantite=D(2)), replace(cher, cout_ht=D(12))
    apres = [replace(ligne, produits=(double, plus_cher, neuf)) for ligne in copier(avant)]
    (seule,) = _compare(avant, apres)
    assert {p.produit_id for p in seule.produits} == {retire.produit_id, cher.produit_id, neuf.produit_id}
    assert seule.etat is Etat.MODIFIEE
    (sans_couts,) = _compare(avant, apres, couts=False)
    assert {p.produit_id for p in sans_couts.produits} == {retire.produit_id, neuf.produit_id}


# The API ---------------------------------------------------------------------------------------------------------


async def _nouvelle_version(client: httpx.AsyncClient) -> tuple[dict[str, Any], dict[str, Any]]:
    """A devis put aside, and its new version: one line dearer, one removed, one added, dearer to buy."""
    lignes = [b.une_ligne(designation="NVR"), b.une_ligne(designation="Câble"), b.une_ligne(designation="Pose")]
    signee = await b.un_devis(client, lignes)
    assert (await client.post(f"/propositions/{signee['id']}/ne-pas-retenir", json={})).is_success
    copie = (await client.post(f"/propositions/{signee['id']}/dupliquer", json={})).json()
    nvr, _cable, pose = copie["lignes"]
    contenu = [nvr | {"quantite": "2"}, b.une_ligne(designation="Switch"), pose | {"cout_ht": "75", "marge": "100"}]
    reponse = await client.put(f"/propositions/{copie['id']}/lignes", json={"lignes": contenu})
    assert reponse.is_success, reponse.text
    return signee, copie


async def test_a_new_version_is_compared_with_the_signed_one(client: httpx.AsyncClient) -> None:
    signee, copie = await _nouvelle_version(client)
    vue = (await client.get(f"/propositions/{copie['id']}/comparaison")).json()
    assert (vue["avant"]["id"], vue["apres"]["id"]) == (signee["id"], copie["id"])
    dites = [(c["etat"], (c["apres"] or c["avant"])["designation"], set(c["champs"])) for c in vue["lignes"]]
    assert dites == [
        ("modifiee", "NVR", {"quantite", "total_ht"}),
        ("retiree", "Câble", set()),
        ("ajoutee", "Switch", set()),
        ("modifiee", "Pose", {"cout_ht"}),
    ]
    assert (D(vue["avant"]["totaux"]["total_ht"]), D(vue["apres"]["totaux"]["total_ht"])) == (450, 600)
    inverse = (await client.get(f"/propositions/{signee['id']}/comparaison?avec={copie['id']}")).json()
    assert [c["etat"] for c in inverse["lignes"]].count("retiree") == 1


async def test_lineage_survives_the_editor_which_saves_the_whole_content(client: httpx.AsyncClient) -> None:
    _signee, copie = await _nouvelle_version(client)
    lignes = (await client.get(f"/propositions/{copie['id']}")).json()["lignes"]
    renommees = [ligne | {"designation": f"Tout autre mot {rang}"} for rang, ligne in enumerate(lignes)]
    await client.put(f"/propositions/{copie['id']}/lignes", json={"lignes": renommees})
    vue = (await client.get(f"/propositions/{copie['id']}/comparaison")).json()
    assert [c["etat"] for c in vue["lignes"]] == ["modifiee", "retiree", "ajoutee", "modifiee"]


async def test_costs_are_compared_only_for_who_may_see_them(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    _signee, copie = await _nouvelle_version(client)
    sans_couts = await service_client("commercial", database, "devis.lire")
    vue = (await sans_couts.get(f"/propositions/{copie['id']}/comparaison")).json()
    pose = vue["lignes"][-1]
    assert (pose["etat"], pose["champs"]) == ("inchangee", [])
    assert pose["avant"]["cout_ht"] is pose["apres"]["cout_ht"] is vue["apres"]["totaux"]["marge_ht"] is None


async def test_what_cannot_be_compared_is_said(client: httpx.AsyncClient) -> None:
    seule, ailleurs = await b.un_devis(client), await b.un_devis(client)
    refus = await client.get(f"/propositions/{seule['id']}/comparaison")
    assert (refus.status_code, refus.json()["code"]) == (404, "aucune_autre_proposition")
    for autre in (ailleurs["id"], seule["id"]):
        refus = await client.get(f"/propositions/{seule['id']}/comparaison?avec={autre}")
        assert refus.json()["code"] == "comparaison_impossible"
    assert (await client.get(f"/propositions/{seule['id']}/comparaison?avec={new_id()}")).status_code == 404
