"""An avenant amends what was signed: numbered under it, signed beside it, added to its affaire."""

import asyncio
from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import BesoinsPressentis, DevisRefuse, DevisValide
from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte
from tests.services.commercial.signature.test_portail import ACCORD, dernier_lien
from tests.services.commercial.signature.test_sceau import repondre

D: Any = Decimal  # so that amounts compare with plain numbers


async def _signer(client: httpx.AsyncClient, proposition_id: str) -> dict[str, Any]:
    reponse = await client.post(f"/propositions/{proposition_id}/valider", json={"signe_par": "Mme Martin"})
    assert reponse.is_success, reponse.text
    return dict(reponse.json())


async def _avenant(client: httpx.AsyncClient, proposition_id: str, *lignes: dict[str, Any]) -> dict[str, Any]:
    """A draft avenant with these lines."""
    reponse = await client.post(f"/propositions/{proposition_id}/avenant")
    assert reponse.status_code == 201, reponse.text
    avenant = dict(reponse.json())
    if lignes:
        ecrit = await client.put(f"/propositions/{avenant['id']}/lignes", json={"lignes": list(lignes)})
        assert ecrit.is_success, ecrit.text
    return avenant


MOINS = b.une_ligne(designation="Câble retiré", cout_ht="0", prix_fixe_ht="-40")


@pytest.mark.feature("CO-24")
async def test_a_signed_line_is_refused_with_both_ways_out(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    assert (await client.post(f"/propositions/{devis['id']}/avenant")).json()["code"] == "avenant_sans_devis_signe"
    await _signer(client, devis["id"])
    url = f"/propositions/{devis['id']}/lignes/{devis['lignes'][0]['id']}"
    refus = await client.patch(url, json={"quantite": "2"})
    assert (refus.status_code, refus.json()["code"]) == (409, "proposition_figee")
    assert "créez un avenant" in refus.json()["detail"]
    assert "une nouvelle étude" in refus.json()["detail"]
    avenant = await _avenant(client, devis["id"])
    assert (avenant["numero"], avenant["statut"]) == (f"{devis['numero']}-A1", "brouillon")
    assert (avenant["demande_id"], avenant["etude_id"]) == (devis["demande_id"], devis["etude_id"])


@pytest.mark.feature("AF-74")
async def test_avenants_are_numbered_add_to_the_affaire_and_leave_the_devis_as_it_was(
    client: httpx.AsyncClient,
) -> None:
    affaire = (await client.post("/affaires", json={"libelle": "Chantier"})).json()
    etude = (await client.post("/etudes", json={"demande_id": str(b.DEMANDE), "affaire_id": affaire["id"]})).json()
    devis = etude["propositions"][0]
    contenu = {"lignes": [b.une_ligne()]}
    assert (await client.put(f"/propositions/{devis['id']}/lignes", json=contenu)).is_success
    signe = await _signer(client, devis["id"])
    premier = await _avenant(client, devis["id"], b.une_ligne(quantite="2"))
    await _signer(client, premier["id"])
    second = await _avenant(client, premier["id"], MOINS)
    en_attente = (await client.get(f"/affaires/{affaire['id']}/signe")).json()
    assert (D(en_attente["total_ht"]), en_attente["nb_avenants"]) == (450, 1)
    await _signer(client, second["id"])
    assert [p["numero"] for p in (premier, second)] == [f"{devis['numero']}-A1", f"{devis['numero']}-A2"]
    vu = (await client.get(f"/affaires/{affaire['id']}/signe")).json()
    assert (D(vu["total_ht"]), D(vu["devis_ht"]), vu["nb_avenants"]) == (410, 150, 2)
    relu = (await client.get(f"/propositions/{devis['id']}")).json()
    assert (relu["statut"], relu["totaux"], relu["version"]) == ("valide", signe["totaux"], signe["version"])


async def test_signing_an_avenant_closes_nobody_and_says_what_it_amends(
    client: httpx.AsyncClient, database: Database
) -> None:
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    premier = await _avenant(client, devis["id"], b.une_ligne())
    second = await _avenant(client, devis["id"], b.une_ligne())
    await _signer(client, premier["id"])
    for proposition, statut in ((second, "brouillon"), (devis, "valide")):
        assert (await client.get(f"/propositions/{proposition['id']}")).json()["statut"] == statut
    assert not await b.annonces(database, DevisRefuse)
    original, fait = await b.annonces(database, DevisValide)
    assert (original.avenant_de, str(fait.avenant_de)) == (None, devis["id"])


async def test_what_an_avenant_takes_away_needs_nothing(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    cache = {"produit_id": str(produit.produit_id), "quantite": "3"}
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    plus = b.une_ligne(produits=[cache])
    avenant = await _avenant(client, devis["id"], MOINS | {"produits": [cache | {"note": "À démonter"}]}, plus)
    (besoin,) = (await client.get(f"/propositions/{avenant['id']}/besoins")).json()
    assert (D(besoin["quantite"]), besoin["notes"], besoin["lignes"]) == (3, [], [plus["designation"]])
    assert (await client.get(f"/propositions/{avenant['id']}")).json()["nb_besoins"] == 1
    await b.envoyer(client, database, avenant["id"])
    (annonce,) = await b.annonces(database, BesoinsPressentis)
    assert [(p.produit_id, p.quantite) for p in annonce.produits] == [(produit.produit_id, 3)]
    await _signer(client, avenant["id"])
    moins, ajout = (await b.annonces(database, DevisValide))[-1].lignes
    assert (moins.total_ht, moins.produits, len(ajout.produits)) == (-40, (), 1)


async def test_two_people_creating_avenants_at_once_leave_no_gap(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    crees = await asyncio.gather(*(client.post(f"/propositions/{devis['id']}/avenant") for _ in range(4)))
    assert sorted(r.json()["numero"] for r in crees) == [f"{devis['numero']}-A{rang}" for rang in range(1, 5)]


async def test_the_copy_of_an_avenant_is_the_next_avenant(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    avenant = await _avenant(client, devis["id"], b.une_ligne(), MOINS)
    await _signer(client, avenant["id"])
    copie = (await client.post(f"/propositions/{avenant['id']}/dupliquer", json={})).json()
    assert (copie["numero"], len(copie["lignes"])) == (f"{devis['numero']}-A2", 2)
    await _signer(client, copie["id"])


async def test_its_paper_and_its_mail_say_what_it_amends(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    avenant = await _avenant(client, devis["id"], b.une_ligne(), MOINS)
    pdf = await client.get(f"/propositions/{avenant['id']}/document?forme=actuelle")
    assert f"Avenant n° 1 au devis {devis['numero']}" in texte(pdf.content)
    assert f"Avenant%20n%C2%B0%C2%A01%20{avenant['numero']}.pdf" in pdf.headers["content-disposition"]
    projet = (await client.get(f"/propositions/{avenant['id']}/projet-envoi")).json()
    assert projet["sujet"].replace("\xa0", " ").startswith(f"Avenant n° 1 {avenant['numero']}")


async def test_an_avenant_is_signed_on_line_like_a_devis(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client)
    await _signer(client, devis["id"])
    avenant = await _avenant(client, devis["id"], b.une_ligne(), MOINS)
    await b.envoyer(client, database, avenant["id"])
    lien = dernier_lien(boite)
    offre = (await client.get(lien)).json()
    assert (offre["titre"].replace("\xa0", " "), offre["amende"]) == ("Avenant n° 1", devis["numero"])
    assert (await client.post(f"{lien}/accepter", json=ACCORD)).is_success
    await repondre(database)
    avis, merci = (m["subject"].replace("\xa0", " ") for m in boite.recus[1:])
    assert avis.startswith(f"Avenant n° 1 {avenant['numero']} accepté par")
    assert merci == f"Votre accord sur l’avenant {avenant['numero']}"
    fait = (await b.annonces(database, DevisValide))[-1]
    assert (str(fait.avenant_de), fait.total_ht) == (devis["id"], 110)
    assert (await client.get(f"/propositions/{avenant['id']}")).json()["statut"] == "valide"
