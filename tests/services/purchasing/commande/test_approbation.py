"""An order above the limit of its author waits: nobody is told of it, nothing is received, before it is approved."""

import asyncio
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.purchasing.seuil.rules import depasse, limite
from shared.contracts.gateway import CompteModifie
from shared.contracts.purchasing import BesoinsCommandes, CommandeDecidee, CommandePassee, CommandeSoumise
from shared.kernel.ids import new_id
from shared.testing.fixtures import Jeton, ServiceClient
from tests.builders.purchasing import Monde, circuler, faits, recevoir, un_attendu, un_fournisseur, une_feuille
from tests.services.purchasing.envoi.test_envoi import texte

ACHETEUR = new_id()
SEUILS = {"seuils": [{"role": "achats", "montant_ht": "500"}, {"role": "accueil", "montant_ht": "100"}]}


def test_the_limit_of_a_person() -> None:
    seuils = {"achats": Decimal(500), "accueil": Decimal(100)}
    assert limite(seuils, ["achats", "accueil", "direction"]) == 500
    assert limite(seuils, ["accueil"]) == 100
    assert limite(seuils, ["direction"]) is None
    assert limite(seuils, None) == 100  # an account that is not known yet never opens a door
    assert limite({}, None) is None
    assert not depasse(Decimal(500), Decimal(500))
    assert depasse(Decimal("500.01"), Decimal(500))
    assert not depasse(Decimal(10_000), None)


@pytest.fixture
async def limites(monde: Monde, service_client: ServiceClient, jeton: Jeton) -> dict[str, str]:
    """The limits are set; the buyer's account is known; the headers of the buyer."""
    reponse = await monde.client.put("/seuils-commande", json=SEUILS)
    assert [(s["role"], s["montant_ht"]) for s in reponse.json()] == [("accueil", "100.00"), ("achats", "500.00")]
    compte = CompteModifie(
        compte_id=new_id(), identifiant="thomas", nom="Thomas", roles=("achats",), collaborateur_id=ACHETEUR
    )
    await recevoir(monde.database, compte)
    return jeton("achat.*", "reception.saisir", "couts.voir", nom="Thomas", id=ACHETEUR)


async def commander(monde: Monde, qui: dict[str, str], **corps: Any) -> dict[str, Any]:
    negociation = await monde.negocier(monde.switch, 3, prix_ht="200", besoins=corps.pop("besoins", []))
    saisie = {
        "fournisseur_id": str(monde.fournisseur.tiers_id),
        "negociation_ids": [negociation["id"]],
        "agence_id": str(monde.annecy.agence_id),
    }
    reponse = await monde.client.post("/commandes", json={**saisie, **corps}, headers=qui)
    assert reponse.status_code == 201, reponse.text
    await circuler(monde.database)
    commande: dict[str, Any] = reponse.json()
    return commande


def code(reponse: httpx.Response) -> tuple[int, str]:
    return reponse.status_code, reponse.json()["code"]


async def test_it_waits_then_is_placed_by_an_approver(monde: Monde, limites: dict[str, str]) -> None:
    feuille = une_feuille([un_attendu(monde.switch, 3)])
    await recevoir(monde.database, feuille)
    besoin = (await monde.besoins())["elements"][0]["besoins"][0]
    commande = await commander(monde, limites, besoins=[{"besoin_id": besoin["id"], "quantite": 3}])
    assert (commande["etat"], commande["limite_ht"]) == ("a_approuver", "500.00")
    assert await faits(monde.database, CommandePassee) == []
    assert await faits(monde.database, BesoinsCommandes) == []
    (soumise,) = await faits(monde.database, CommandeSoumise)
    assert (soumise.numero, soumise.demandeur_id) == (commande["numero"], ACHETEUR)
    assert "600" not in soumise.model_dump_json()  # approvers are told, and only the page says what it costs
    assert (await monde.besoins())["elements"][0]["net"] == "0.000"  # not bought a second time meanwhile
    ici = f"/commandes/{commande['id']}"
    mail = {"destinataires": ["x@elektra.example"], "sujet": "Commande", "message": "Bonjour"}
    assert code(await monde.client.post(f"{ici}/envoyer", json=mail, headers=limites)) == (409, "commande_en_attente")
    reception = await monde.client.post("/receptions", json={"commande_ids": [commande["id"]]}, headers=limites)
    assert code(reception) == (409, "commande_en_attente")
    assert (await monde.client.post(f"{ici}/approuver", headers=limites)).status_code == 403
    assert [c["id"] for c in (await monde.lire("/commandes", etat="a_approuver"))["elements"]] == [commande["id"]]
    await monde.poster(f"{ici}/approuver", statut=200)
    assert code(await monde.client.post(f"{ici}/approuver")) == (409, "commande_transition")
    await circuler(monde.database)
    (passee,) = await faits(monde.database, CommandePassee)
    assert (passee.numero, passee.total_ht) == (commande["numero"], Decimal(600))
    assert [f.demande_id for f in await faits(monde.database, BesoinsCommandes)] == [feuille.demande_id]


async def test_a_refusal_says_why_and_gives_the_negociations_back(monde: Monde, limites: dict[str, str]) -> None:
    ailleurs = un_fournisseur("Domotek")
    await recevoir(monde.database, ailleurs)
    rivale = await monde.negocier(monde.switch, 3, fournisseur_id=ailleurs.tiers_id)
    commande = await commander(monde, limites, non_retenues_ids=[rivale["id"]])
    ecartee = await monde.lire(f"/negociations/{rivale['id']}")
    assert (ecartee["etat"], ecartee["retenue_ailleurs"]) == ("non_retenue", commande["numero"])
    ici = f"/commandes/{commande['id']}"
    assert (await monde.client.post(f"{ici}/refuser", json={"motif": ""})).status_code == 422
    refusee = await monde.poster(f"{ici}/refuser", {"motif": "Attendre la remise de fin d’année"}, 200)
    assert (refusee["etat"], refusee["motif_refus"]) == ("refusee", "Attendre la remise de fin d’année")
    await circuler(monde.database)
    (fait,) = await faits(monde.database, CommandeDecidee)
    assert (fait.est_accordee, fait.demandeur_id) == (False, ACHETEUR)
    assert fait.motif_refus == "Attendre la remise de fin d’année"
    dossier = await monde.lire(f"/fournisseurs/{monde.fournisseur.tiers_id}/achats")
    assert [n["id"] for n in dossier["negociations"]] == [commande["lignes"][0]["negociation_id"]]
    assert dossier["commandes"] == []
    assert (await monde.lire(f"/negociations/{rivale['id']}"))["etat"] == "ouverte"
    assert code(await monde.client.post(f"{ici}/approuver")) == (409, "commande_transition")
    assert code(await monde.client.patch(ici, json={"note": "x"}, headers={"if-match": '"2"'}))[0] == 409
    assert await faits(monde.database, CommandePassee) == []


async def test_within_the_limit_nobody_waits_and_a_placed_order_does_not_grow_beyond(
    monde: Monde, limites: dict[str, str]
) -> None:
    negociation = await monde.negocier(monde.switch, 2, prix_ht="250")
    saisie = {"fournisseur_id": str(monde.fournisseur.tiers_id), "negociation_ids": [negociation["id"]]}
    agence = {"agence_id": str(monde.annecy.agence_id)}
    commande = (await monde.client.post("/commandes", json=saisie | agence, headers=limites)).json()
    assert commande["etat"] == "passee"
    entetes = {**limites, "if-match": f'"{commande["version"]}"'}
    hausse = await monde.client.patch(f"/commandes/{commande['id']}", json={"frais_ht": "1"}, headers=entetes)
    assert code(hausse) == (409, "approbation_requise")
    note = await monde.client.patch(f"/commandes/{commande['id']}", json={"note": "Merci"}, headers=entetes)
    assert note.status_code == 200
    par_la_direction = await monde.commander_produit(monde.switch, 100)
    assert par_la_direction["etat"] == "passee"
    assert (await monde.client.put("/seuils-commande", json=SEUILS, headers=limites)).status_code == 403


async def test_limits_set_by_several_people_at_once(monde: Monde) -> None:
    reponses = await asyncio.gather(*(monde.client.put("/seuils-commande", json=SEUILS) for _ in range(8)))
    assert [r.status_code for r in reponses] == [200] * 8
    assert len(await monde.lire("/seuils-commande")) == 2


async def test_the_paper_of_an_order_says_that_it_waits_or_was_refused(monde: Monde, limites: dict[str, str]) -> None:
    commande = await commander(monde, limites)
    papier = f"/commandes/{commande['id']}/bon-de-commande.pdf"
    assert "À APPROUVER" in texte((await monde.client.get(papier)).content)
    await monde.poster(f"/commandes/{commande['id']}/refuser", {"motif": "Trop cher"}, 200)
    lu = texte((await monde.client.get(papier)).content)
    assert ("REFUSÉE" in lu, "À APPROUVER" in lu) == (True, False)
