"""Signed, refused, put aside, expired, reopened: once, whatever the number of people and repetitions."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from uuid import UUID

import httpx
import pytest

from services.commercial.errors import PropositionFigee, TransitionImpossible
from services.commercial.periodique import taches_periodiques
from services.commercial.proposition.rules import statuts
from services.commercial.proposition.rules.statuts import TRANSITIONS, Statut
from shared.contracts.commercial import BesoinsPressentis, DevisRefuse, DevisValide
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.fixtures import Jeton
from tests.builders import commercial as b

SIGNE = {"signe_par": "Mme Martin", "qualite": "Gérante", "signe_le": "2026-03-16"}


@pytest.mark.parametrize("actuel", list(Statut))
@pytest.mark.parametrize("vise", list(Statut))
def test_a_transition_is_in_the_table_or_is_refused(actuel: Statut, vise: Statut) -> None:
    if vise in TRANSITIONS[actuel]:
        assert statuts.passer(actuel, vise, "DEV-1") is vise
    else:
        with pytest.raises(TransitionImpossible):
            statuts.passer(actuel, vise, "DEV-1")


@pytest.mark.parametrize("statut", sorted(set(Statut) - statuts.MODIFIABLES))
def test_what_is_closed_or_signed_is_frozen(statut: Statut) -> None:
    issue = "créez un avenant .* ou une nouvelle étude" if statut is Statut.VALIDE else "créez une nouvelle version"
    with pytest.raises(PropositionFigee, match=issue):
        statuts.verifier_modifiable(statut, "DEV-1")


async def trois(client: httpx.AsyncClient) -> list[str]:
    devis = await b.un_devis(client)
    copies = [(await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()["id"] for _ in range(2)]
    return [devis["id"], *copies]


@pytest.mark.feature("CO-21")
async def test_validating_b_puts_a_and_c_aside(client: httpx.AsyncClient, database: Database) -> None:
    a, retenue, c = await trois(client)
    reponse = await client.post(f"/propositions/{retenue}/valider", json=SIGNE)
    assert (reponse.status_code, reponse.json()["statut"]) == (200, "valide")
    assert reponse.json()["valide_par"] == "Mme Martin"
    preuve = (await client.get(f"/propositions/{retenue}/signature")).json()
    assert (preuve["mode"], preuve["nom"], preuve["qualite"]) == ("papier", "Mme Martin", "Gérante")
    assert preuve["signe_le"].startswith("2026-03-16")
    assert (await client.get(f"/propositions/{a}/signature")).json()["code"] == "signature_absente"
    for autre in (a, c):
        assert (await client.get(f"/propositions/{autre}")).json()["statut"] == "non_retenu"
    refus = await b.annonces(database, DevisRefuse)
    assert {(str(f.proposition_id), f.est_refus_client) for f in refus} == {(a, False), (c, False)}
    for verbe in ("rouvrir", "valider"):
        refus_a = await client.post(f"/propositions/{a}/{verbe}", json=SIGNE)
        assert refus_a.status_code == 409


async def test_the_fact_holds_all_that_follows_needs(client: httpx.AsyncClient, database: Database) -> None:
    produit = b.un_produit(est_stockable=False)
    await b.recevoir(database, produit)
    affaire = (await client.post("/affaires", json={"libelle": "Chantier", "priorite": 1})).json()
    agence = UUID(int=0xA6)
    demande = b.une_demande(demande_id=UUID(int=0xD2), numero="D-2", affaire_id=affaire["id"], agence_id=agence)
    await b.recevoir(database, demande)
    etude = await b.une_etude(client, demande.demande_id)
    url = f"/propositions/{etude['propositions'][0]['id']}"
    lignes = [
        {"genre": "section", "designation": "Vidéo"},
        b.une_ligne(
            description="Détail", quantite="3", remise="10", taux_tva="10", unite="m", nature="service",
            maintenance_souhaitee=True,
            produits=[{"produit_id": str(produit.produit_id), "quantite": "4", "note": "Poser à 2 m"}],
        ),
        {"genre": "commentaire", "designation": "Merci"},
    ]  # fmt: skip
    await client.put(f"{url}/lignes", json={"lignes": lignes})
    tete = {
        "objet": "Vidéo",
        "valide_jusqu_au": "2026-04-30",
        "acompte_pourcent": "30",
        "livraison_souhaitee": "2026-05-04",
    }
    await client.put(url, json=tete | {"commercial_id": str(b.COMMERCIAL)})
    vue = (await client.post(f"{url}/valider", json=SIGNE)).json()
    (fait,) = await b.annonces(database, DevisValide)
    assert (fait.numero, fait.tiers_id, fait.demande_id) == (vue["numero"], b.TIERS, demande.demande_id)
    assert (fait.total_ht, fait.total_tva, fait.total_ttc) == (Decimal("405.00"), Decimal("40.50"), Decimal("445.50"))
    assert (fait.acompte_pourcent, fait.valide_par, fait.priorite) == (30, "Mme Martin", 1)
    assert (fait.agence_id, str(fait.affaire_id), fait.commercial_id) == (agence, affaire["id"], b.COMMERCIAL)
    assert str(fait.livraison_souhaitee) == "2026-05-04"
    (ligne,) = fait.lignes
    assert (str(ligne.ligne_id), ligne.position, ligne.section) == (vue["lignes"][1]["id"], 2, "Vidéo")
    assert (ligne.quantite, ligne.prix_ht, ligne.remise, ligne.taux_tva, ligne.total_ht) == (3, 150, 10, 10, 405)
    assert (ligne.cout_ht, ligne.nature, ligne.maintenance_souhaitee, ligne.unite) == (100, "service", True, "m")
    (attendu,) = ligne.produits
    assert (attendu.produit_id, attendu.quantite, attendu.note) == (produit.produit_id, 4, "Poser à 2 m")
    assert (attendu.reference, attendu.est_stockable) == (produit.reference, False)


async def test_validated_once_however_repeated_or_concurrent(client: httpx.AsyncClient, database: Database) -> None:
    ids = await trois(client)
    demandes = [client.post(f"/propositions/{id_}/valider", json=SIGNE) for id_ in ids * 3]
    reponses = await asyncio.gather(*demandes)
    assert sorted(r.status_code for r in reponses) == [200] + [409] * 8
    assert len(await b.annonces(database, DevisValide)) == 1
    valides = (await client.get("/propositions", params={"statut": "valide"})).json()["elements"]
    assert len(valides) == 1


@pytest.mark.feature("CO-24")
async def test_a_signed_proposition_is_frozen_and_an_avenant_is_offered(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    url = f"/propositions/{devis['id']}"
    await client.post(f"{url}/valider", json=SIGNE)
    ligne = devis["lignes"][0]["id"]
    for methode, chemin, corps in (
        ("PUT", "/lignes", {"lignes": []}),
        ("PATCH", f"/lignes/{ligne}", {"quantite": "2"}),
        ("POST", "/lignes", {"lignes": [b.une_ligne()]}),
        ("PUT", "", {"objet": "x", "valide_jusqu_au": "2026-12-31"}),
        ("POST", "/envoyer", {"destinataires": ["a@b.fr"], "sujet": "s", "message": "m"}),
    ):
        refus = await client.request(methode, url + chemin, json=corps)
        assert (refus.status_code, refus.json()["code"]) == (409, "proposition_figee")
        assert "créez un avenant" in refus.json()["detail"]
    version = await client.post(f"{url}/dupliquer", json={})
    assert (version.status_code, version.json()["code"]) == (409, "autre_devis_deja_valide")
    assert (await client.get(url)).json()["lignes"] == devis["lignes"]


async def test_an_empty_proposition_is_neither_sent_nor_signed(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client, [{"genre": "commentaire", "designation": "Rien"}])
    envoi = {"destinataires": ["a@b.fr"], "sujet": "s", "message": "m"}
    for chemin, corps in (("envoyer", envoi), ("valider", SIGNE)):
        refus = await client.post(f"/propositions/{devis['id']}/{chemin}", json=corps)
        assert refus.json()["code"] == "proposition_sans_ligne"


async def test_a_signature_in_the_future_or_without_name_is_refused(client: httpx.AsyncClient) -> None:
    devis = await b.un_devis(client)
    for saisie, code in (
        (SIGNE | {"signe_le": "2026-03-18"}, "date_de_signature_future"),
        (SIGNE | {"signe_par": "  "}, "signataire_absent"),
    ):
        refus = await client.post(f"/propositions/{devis['id']}/valider", json=saisie)
        assert (refus.status_code, refus.json()["code"]) == (422, code)


async def test_sent_ones_expire_after_their_last_day(
    client: httpx.AsyncClient, database: Database, clock: FrozenClock, jeton: Jeton
) -> None:
    produit = b.un_produit()
    await b.recevoir(database, produit)
    devis = await b.un_devis(client, [b.une_ligne(produits=[{"produit_id": str(produit.produit_id)}])])
    await b.un_devis(client)
    await b.envoyer(client, database, devis["id"])
    await taches_periodiques(database)
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "envoye"
    clock.advance(timedelta(days=31))
    client.headers.update(jeton())
    await taches_periodiques(database)
    await taches_periodiques(database)
    assert (await client.get(f"/propositions/{devis['id']}")).json()["statut"] == "expire"
    assert [len(f.produits) for f in await b.annonces(database, BesoinsPressentis)] == [1, 0]
