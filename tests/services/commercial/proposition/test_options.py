"""Options and variants: printed, priced apart, counted once the client keeps them."""

from decimal import Decimal
from typing import Any
from uuid import UUID, uuid4

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.commercial.errors import ChoixImpossible
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.chiffrage import Ligne
from shared.contracts.commercial import BesoinsPressentis, DevisValide, ReponseClientRecue
from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien
from tests.shared.documents.lecture import textes

Json = dict[str, Any]


def lignes(produit: str) -> list[Json]:
    """150 firm, 75 in option, and a variant: 300 kept or 600; each with its own hidden product."""
    cache = [{"produit_id": produit, "quantite": "1"}]
    return [
        b.une_ligne(),
        b.une_ligne(designation="Onduleur", cout_ht="50", est_option=True, est_retenue=False, produits=cache),
        b.une_ligne(designation="Disque 4 To", cout_ht="200", variante="Stockage"),
        b.une_ligne(designation="Disque 8 To", cout_ht="400", variante="Stockage", produits=cache),
    ]


async def offre(client: httpx.AsyncClient, database: Database, boite: Boite) -> tuple[Json, str]:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, lignes(str(produit.produit_id)))
    await b.envoyer(client, database, devis["id"])
    return devis, dernier_lien(boite)


async def test_only_what_is_kept_counts(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    devis, _ = await offre(client, database, boite)
    assert (devis["totaux"]["total_ht"], devis["totaux"]["cout_ht"]) == ("450.00", "300.00")
    assert [ligne["est_retenue"] for ligne in devis["lignes"]] == [True, False, True, False]
    assert await b.annonces(database, BesoinsPressentis) == []
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][3]['id']}"
    change = (await client.patch(url, json={"est_retenue": True})).json()
    assert [ligne["est_retenue"] for ligne in change["lignes"]] == [True, False, True, False], "one of a variant"
    await client.patch(f"/propositions/{devis['id']}/lignes/{devis['lignes'][2]['id']}", json={"est_retenue": False})
    vue = (await client.get(f"/propositions/{devis['id']}")).json()
    assert [ligne["est_retenue"] for ligne in vue["lignes"]] == [True, False, True, False]
    pdf = (await client.get(f"/propositions/{devis['id']}/document?forme=actuelle")).content
    texte = "\n".join(textes(pdf))
    assert texte.count("en option") == 2
    assert "540,00" in texte


async def test_the_client_tries_and_signs_a_choice(client: httpx.AsyncClient, database: Database, boite: Boite) -> None:
    devis, lien = await offre(client, database, boite)
    ids = [ligne["id"] for ligne in devis["lignes"]]
    essai = (await client.get(lien, params={"simule": True, "choix": [ids[1], ids[3]]})).json()
    assert essai["contenu"]["total_ht"] == "825.00"
    assert (await client.get(lien)).json()["contenu"]["total_ht"] == "450.00"
    for faux in ([str(uuid4())], [ids[0]], [ids[2], ids[3]]):
        refus = await client.post(f"{lien}/accepter", json={**ACCORD, "choix": faux})
        assert (refus.status_code, refus.json()["code"]) == (422, "choix_impossible")
    assert (await client.post(f"{lien}/accepter", json={**ACCORD, "choix": [ids[1], ids[3]]})).status_code == 200
    (fait,) = await b.annonces(database, DevisValide)
    assert [ligne.designation for ligne in fait.lignes] == ["Enregistreur NVR", "Onduleur", "Disque 8 To"]
    assert (fait.total_ht, fait.total_ttc) == (Decimal("825.00"), Decimal("990.00"))
    await b.recevoir(database, (await b.annonces(database, ReponseClientRecue))[-1])
    scelle = (await client.get(f"{lien}/document-signe")).content
    preuve = " ".join(textes(scelle)[-1].split())
    assert "Onduleur ; Disque 8 To" in preuve
    assert "990,00" in preuve
    assert scelle.startswith((await client.get(f"{lien}/document")).content)


async def test_without_a_choice_the_offer_is_signed_as_it_stands(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    _, lien = await offre(client, database, boite)
    await client.post(f"{lien}/accepter", json=ACCORD)
    (fait,) = await b.annonces(database, DevisValide)
    assert [ligne.designation for ligne in fait.lignes] == ["Enregistreur NVR", "Disque 4 To"]


def une(variante: str = "", *, option: bool = False, retenue: bool = True) -> Ligne:
    return Ligne(
        id=uuid4(), designation="L", prix_fixe_ht=Decimal(10), variante=variante, est_option=option, est_retenue=retenue
    )


CHOIX = st.builds(une, st.sampled_from(["", "a", "b"]), option=st.booleans(), retenue=st.booleans())


@given(st.lists(CHOIX, max_size=12))
def test_one_of_each_variant_is_kept_and_firm_lines_always(proposees: list[Ligne]) -> None:
    normales = chiffrage.normaliser(proposees)
    for nom in {ligne.variante for ligne in normales} - {""}:
        assert sum(ligne.compte for ligne in normales if ligne.variante == nom) == 1
    assert all(ligne.compte for ligne in normales if not ligne.est_au_choix)
    assert chiffrage.normaliser(normales) == normales
    total = chiffrage.chiffrer(normales, "marge").totaux.total_ht
    assert total == sum((Decimal(10) for ligne in normales if ligne.compte), Decimal(0))


@given(st.lists(CHOIX, min_size=1, max_size=12), st.data())
def test_a_choice_is_what_it_says_or_is_refused(proposees: list[Ligne], data: st.DataObject) -> None:
    choix: set[UUID] = set(data.draw(st.lists(st.sampled_from([ligne.id for ligne in proposees]))))
    au_choix = {ligne.id for ligne in proposees if ligne.est_au_choix}
    variantes = [ligne.variante for ligne in proposees if ligne.id in choix and ligne.variante]
    if choix - au_choix or len(set(variantes)) != len(variantes):
        with pytest.raises(ChoixImpossible):
            chiffrage.choisir(proposees, choix)
        return
    choisies = {ligne.id for ligne in chiffrage.choisir(proposees, choix) if ligne.est_au_choix and ligne.compte}
    assert choix <= choisies


async def test_a_section_is_no_variant(client: httpx.AsyncClient) -> None:
    """Said to be one, it would be the one kept, and no line of the choice would count."""
    titre = {"genre": "section", "designation": "Stockage"}
    devis = await b.un_devis(client, [titre, b.une_ligne(variante="Disque"), b.une_ligne(variante="Disque")])
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    change = (await client.patch(url, json={"variante": "Disque", "est_option": True, "est_retenue": False})).json()
    assert [ligne["est_retenue"] for ligne in change["lignes"]] == [True, True, False]
    assert (change["lignes"][0]["variante"], change["lignes"][0]["est_option"]) == ("", False)
