"""What a supplier is told of its invoice: each status once, dated, signed and motivated; its message as the reform wants it."""

from typing import Any
from uuid import UUID

import httpx
import pytest
from lxml import etree

from services.billing.errors import StatutImpossible, StatutMotifInconnu
from services.billing.facture_recue.rules import statut as regles
from services.billing.facture_recue.rules.statut import MOTIFS, MOTIFS_DE, SUITES, Statut
from services.billing.subscriptions import subscriptions
from shared.contracts.billing import FactureFournisseurBloquee
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.delivery import recevoir
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import faits
from tests.services.billing.affaire_client.test_correction import billing, client
from tests.services.billing.facture_recue import regles_cdar
from tests.services.billing.facture_recue.recues import SIREN, une_cii
from tests.services.billing.facture_recue.test_facture_recue import (
    connus,
    d_elecdis,
    deposer,
    lire,
    une_ligne_recue,
)

__all__ = ["billing", "client", "connus"]
PAYE: dict[str, Any] = {"statut": "211", "montant_ttc": "1200.00", "paye_le": "2026-03-02"}


async def poser(client: httpx.AsyncClient, recue: dict[str, Any], code: int = 200, **saisie: Any) -> dict[str, Any]:
    """The answer to a status."""
    reponse = await client.post(f"/factures-recues/{recue['id']}/statuts", json=saisie)
    assert reponse.status_code == code, reponse.text
    rendu: dict[str, Any] = reponse.json()
    return rendu


async def rapprochee(billing: Database, client: httpx.AsyncClient, prix: str = "100") -> dict[str, Any]:
    """An invoice of 1 200 € TTC on its reception."""
    await recevoir(billing, subscriptions, d_elecdis("REC-1", une_ligne_recue("SWITCH", "10", "100")))
    return await deposer(client, une_cii(("SWITCH", "10", prix)))


@pytest.mark.parametrize("actuel", SUITES)
def test_a_status_that_cannot_follow_is_refused_and_says_what_may(actuel: Statut | None) -> None:
    for vise in Statut:
        if vise in SUITES[actuel]:
            assert regles.passer(actuel, vise, numero="F-1") is vise
        else:
            with pytest.raises(StatutImpossible, match=r"La facture F-1 est .* ; elle ne peut pas devenir "):
                regles.passer(actuel, vise, numero="F-1")


def test_the_reasons_are_those_of_their_status() -> None:
    assert {motif for motifs in MOTIFS_DE.values() for motif in motifs} == set(MOTIFS), "each reason serves"
    with pytest.raises(
        StatutMotifInconnu, match="« Prix unitaire erroné » n’est pas un motif pour une facture refusée"
    ):
        regles.motiver(Statut.REFUSEE, "PU_ERR", "")


async def test_approved_then_paid_in_two_times_each_fact_is_kept(billing: Database, client: httpx.AsyncClient) -> None:
    recue = await rapprochee(billing, client)
    assert set(recue["suites"]) == {"205", "206", "207", "208", "210"}
    trop_tot = await poser(client, recue, 409, **PAYE)
    assert trop_tot["detail"] == (
        "La facture F-778 est encore sans statut ; elle ne peut pas devenir payée. "
        "Elle peut devenir : approuvée, approuvée en partie, en litige, suspendue, refusée."
    )
    approuvee = await poser(client, recue, statut="205")
    (pose,) = approuvee["statuts"]
    assert (pose["statut"], pose["motif"], pose["par_nom"]) == ("205", "", "Camille Test")
    assert (await poser(client, recue, 409, statut="205"))["code"] == "statut_impossible"
    assert (await poser(client, recue, 422, statut="211"))["code"] == "paiement_transmis_incomplet"
    futur = await poser(client, recue, 422, **PAYE | {"paye_le": "2999-01-01"})
    assert futur["code"] == "paiement_transmis_futur"
    assert (await poser(client, recue, **PAYE | {"montant_ttc": "700"}))["reste_ttc"] == "500.00"
    refus = await poser(client, recue, 422, **PAYE | {"montant_ttc": "500.01"})
    assert refus["detail"] == "Le paiement de 500,01\u00a0€ dépasse ce qui reste dû sur la facture : 500,00\u00a0€."
    payee = await poser(client, recue, **PAYE | {"montant_ttc": "500"})
    assert [(p["statut"], p["montant_ttc"], p["paye_le"]) for p in payee["statuts"]] == [
        ("205", None, None),
        ("211", "700.00", "2026-03-02"),
        ("211", "500.00", "2026-03-02"),
    ]


@pytest.mark.parametrize(
    ("statut", "motif"), [("206", "QTE_ERR"), ("207", "PU_ERR"), ("208", "JUSTIF_ABS"), ("210", "DOUBLON")]
)
async def test_what_is_contested_says_why_from_the_list_of_the_reform(
    client: httpx.AsyncClient, statut: str, motif: str
) -> None:
    recue = await deposer(client, une_cii())
    assert (await poser(client, recue, 422, statut=statut))["code"] == "statut_motif_manquant"
    for faux in ("IRR_VIDE_F", "PARCE_QUE"):
        assert (await poser(client, recue, 422, statut=statut, motif=faux))["code"] == "statut_motif_inconnu"
    dite = await poser(client, recue, statut=statut, motif=motif, precision="  Voir la ligne 3 ")
    (pose,) = dite["statuts"]
    assert (pose["motif"], pose["motif_libelle"], pose["precision"]) == (motif, MOTIFS[motif], "Voir la ligne 3")


async def test_another_reason_is_explained(client: httpx.AsyncClient) -> None:
    recue = await deposer(client, une_cii())
    assert (await poser(client, recue, 422, statut="207", motif="AUTRE"))["code"] == "precision_manquante"
    await poser(client, recue, statut="207", motif="AUTRE", precision="Chantier suspendu")
    ecart = await client.post(f"/factures-recues/{recue['id']}/ecarter", json={"motif": "Une erreur"})
    assert ecart.json()["detail"] == (
        "La facture F-778 est déjà en litige pour son fournisseur : refusez-la plutôt que de l’écarter."
    )


async def test_one_on_hold_is_not_approved_until_it_is_released(billing: Database, client: httpx.AsyncClient) -> None:
    recue = await rapprochee(billing, client, "104")
    refus = await poser(client, recue, 409, statut="205")
    assert (refus["code"], recue["achat_etat"]) == ("facture_recue_bloquee", "bloquee")
    assert (await lire(client, f"/factures-recues/{recue['id']}"))["statuts"] == [], "nothing was told"
    corps = {"motif": "Hausse acceptée"}
    assert (await client.post(f"/affaires-fournisseur/{recue['achat_id']}/liberer", json=corps)).status_code == 200
    assert (await poser(client, recue, statut="205"))["statut"] == "205"


async def test_one_refused_stays_leaves_the_match_and_gives_its_place_to_the_corrected_one(
    billing: Database, client: httpx.AsyncClient
) -> None:
    recue = await rapprochee(billing, client, "104")
    refusee = await poser(client, recue, statut="210", motif="CMD_ERR", precision="104 € au lieu de 100 €")
    assert (refusee["etat"], refusee["statut"], refusee["suites"]) == ("refusee", "210", {})
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], achat["facture_fournisseur"], achat["total_facture_ht"]) == ("a_controler", "", None)
    assert (achat["facture_nom"], achat["motif_blocage"]) == (None, "")
    assert (await lire(client, "/factures-recues?etat=refusee"))["elements"][0]["numero"] == "F-778"
    assert (await poser(client, recue, 409, statut="205"))["code"] == "statut_impossible"
    encore = await deposer(client, une_cii(), 409)
    assert encore["detail"] == (
        "La facture F-778 (Elecdis) a été refusée : son fournisseur doit en émettre une autre, sous un nouveau numéro."
    )
    corrigee = await deposer(client, une_cii(numero="F-779"))
    assert (corrigee["etat"], corrigee["achat_id"]) == ("rapprochee", recue["achat_id"])
    assert corrigee["achat_etat"] == "controlee"


async def test_refused_after_its_goods_came_in_excess_the_reception_is_held_again(
    billing: Database, client: httpx.AsyncClient
) -> None:
    ligne = une_ligne_recue("SWITCH", "10", "100").model_copy(update={"est_hors_tolerance": True})
    await recevoir(billing, subscriptions, d_elecdis("REC-1", ligne))
    recue = await deposer(client, une_cii())
    await poser(client, recue, statut="210", motif="DOUBLON")
    achat = await lire(client, f"/affaires-fournisseur/{recue['achat_id']}")
    assert (achat["etat"], achat["total_facture_ht"]) == ("bloquee", None)
    assert len(await faits(billing, FactureFournisseurBloquee)) == 3


@pytest.mark.parametrize(
    "saisie",
    [
        {"statut": "205"},
        {"statut": "205", "precision": "Bon à payer"},
        *(
            {"statut": statut.value, "motif": motif, "precision": "Ligne 3 : 104 € & non 100 €\x0b <à revoir>"}
            for statut, motifs in MOTIFS_DE.items()
            for motif in sorted(motifs)
        ),
    ],
    ids=lambda s: "-".join([s["statut"], s.get("motif", "")]),
)
async def test_the_message_is_what_the_official_rules_want(client: httpx.AsyncClient, saisie: dict[str, Any]) -> None:
    recue = await deposer(client, une_cii())
    dite = await poser(client, recue, **saisie)
    message = await client.get(f"/factures-recues/{recue['id']}/statuts/{dite['statuts'][-1]['id']}/message")
    assert message.status_code == 200
    assert message.headers["content-disposition"].startswith("attachment; filename*=UTF-8''CDAR_F-778_")
    assert regles_cdar.fautes(message.content) == []


async def test_the_message_of_a_payment_says_how_much_and_when_and_never_changes(client: httpx.AsyncClient) -> None:
    recue = await deposer(client, une_cii())
    await poser(client, recue, statut="205")
    (_, payee) = (await poser(client, recue, **PAYE))["statuts"]
    chemin = f"/factures-recues/{recue['id']}/statuts/{payee['id']}/message"
    xml = (await client.get(chemin)).content
    assert regles_cdar.fautes(xml) == []
    textes = [texte for texte in etree.fromstring(xml).itertext() if texte.strip()]
    assert [t for t in ("211", "MPA", "1200.00", "20260302", f"{SIREN}_STATUTS", "F-778") if t not in textes] == []
    assert (await client.get(chemin)).content == xml


def test_the_rules_do_refuse_a_wrong_message() -> None:
    assert regles_cdar.fautes(b"<a/>") != []


async def test_a_message_is_not_made_up(client: httpx.AsyncClient) -> None:
    recue = await deposer(client, une_cii(electronique="", siren="", nom="Elecdis"))
    dit = [
        "le SIREN du fournisseur sur sa facture (BT-30)",
        "l’adresse électronique du fournisseur sur sa facture (BT-34)",
    ]
    assert recue["message_manques"] == dit
    (pose,) = (await poser(client, recue, statut="205"))["statuts"]
    refus = await client.get(f"/factures-recues/{recue['id']}/statuts/{pose['id']}/message")
    assert (refus.status_code, refus.json()["code"]) == (409, "message_impossible")


async def test_a_status_waits_for_the_platform_until_somebody_says_it_was_handed_over(
    client: httpx.AsyncClient,
) -> None:
    recue = await deposer(client, une_cii())
    (pose,) = (await poser(client, recue, statut="205"))["statuts"]
    (attend,) = (await lire(client, "/factures-recues/statuts"))["elements"]
    assert (attend["id"], attend["numero"], attend["fournisseur_nom"]) == (pose["id"], "F-778", "Elecdis")
    assert (await lire(client, "/factures-recues/totaux"))["a_transmettre"] == 1
    chemin = f"/factures-recues/{recue['id']}/statuts"
    assert (await client.post(f"{chemin}/{new_id()}/transmis")).json()["code"] == "statut_inconnu"
    for _ in range(2):
        assert (await client.post(f"{chemin}/{pose['id']}/transmis")).status_code == 204
    (transmis,) = (await lire(client, f"/factures-recues/{recue['id']}"))["statuts"]
    assert transmis["transmis_le"] is not None
    assert (await lire(client, "/factures-recues/statuts"))["elements"] == []


async def test_only_accounts_who_see_costs_tell_a_supplier(
    billing: Database, client: httpx.AsyncClient, service_client: ServiceClient
) -> None:
    recue = await deposer(client, une_cii())
    (pose,) = (await poser(client, recue, statut="207", motif="PU_ERR"))["statuts"]
    lecteur = await service_client("billing", billing, "couts.voir")
    aveugle = await service_client("billing", billing, "facture.modifier", "facture.lire")
    for qui in (lecteur, aveugle):
        await poser(qui, recue, 403, statut="205")
        for geste in ("transmis", "message"):
            verbe = qui.post if geste == "transmis" else qui.get
            assert (await verbe(f"/factures-recues/{recue['id']}/statuts/{pose['id']}/{geste}")).status_code == 403
    assert (await aveugle.get("/factures-recues/statuts")).status_code == 403
    ecartee = await deposer(client, une_cii(numero="F-9"))
    await client.post(f"/factures-recues/{ecartee['id']}/ecarter", json={"motif": "Doublon"})
    assert (await poser(client, {"id": str(UUID(ecartee["id"]))}, 409, statut="205"))["code"] == "facture_recue_traitee"
