"""Codes sent together: each has its answer, a refusal stops none of the others, what was answered is never counted twice."""

import asyncio
from typing import Any

from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, recevoir, un_attendu, une_feuille


async def _compte(monde: Monde, reception: dict[str, Any]) -> dict[str, tuple[str, list[str]]]:
    lignes = (await monde.lire(f"/receptions/{reception['id']}"))["lignes"]
    return {ligne["reference"]: (ligne["quantite"], ligne["numeros_serie"]) for ligne in lignes}


async def _reception(monde: Monde, bornes: int = 3) -> dict[str, Any]:
    return await monde.receptionner(
        await monde.commander(await monde.negocier(monde.switch, 2), await monde.negocier(monde.borne, bornes))
    )


async def test_each_code_sees_what_those_before_it_counted(monde: Monde) -> None:
    await recevoir(
        monde.database,
        une_feuille([un_attendu(monde.switch, 1)], priorite=1, tiers_nom="Clinique", zone="Palette A3"),
        une_feuille([un_attendu(monde.switch, 1)], priorite=2, tiers_nom="Mairie"),
    )
    reception = await _reception(monde)
    codes = ("SW-24P", "SW-24P", "SW-24P", "AP-6E", "SN-1", "SN-2")
    reponses = await monde.lire_ensemble(reception, *({"code": code, "cle": f"c{n}"} for n, code in enumerate(codes)))
    assert [r["cle"] for r in reponses] == ["c0", "c1", "c2", "c3", "c4", "c5"]
    lues = [r["lecture"] for r in reponses]
    assert [lue["motif"] for lue in lues] == ["attendu", "attendu", "surplus", "attendu", "serie", "serie"]
    assert [lue["destination"]["texte"] for lue in lues[:2]] == ["Palette A3 : Clinique (1/1)", "Mairie (1/1)"]
    assert lues[4]["detail"].startswith("N° de série SN-1. 1 sur 3 reçus.")
    assert lues[5]["detail"].startswith("N° de série SN-2. 2 sur 3 reçus.")
    compte = await _compte(monde, reception)
    assert compte == {"SW-24P": ("2.000", []), "AP-6E": ("2.000", ["SN-1", "SN-2"])}


async def test_the_same_codes_one_by_one_leave_the_same_reception(monde: Monde) -> None:
    codes = [{"code": code} for code in ("SN-A", "AP-6E", "SN-B", "SW-24P", "0000000000000", "SN-A", "SN-C")]
    ensemble, un_par_un = await _reception(monde), await _reception(monde)
    d_un_coup = [r["lecture"] for r in await monde.lire_ensemble(ensemble, *codes)]
    changees = [{"code": code["code"].replace("SN", "SM")} for code in codes]  # a serial number lives once
    tour_a_tour = [(await monde.lire_ensemble(un_par_un, code))[0]["lecture"] for code in changees]
    assert [lue["motif"] for lue in d_un_coup] == [lue["motif"] for lue in tour_a_tour]
    assert [lue["detail"].replace("SN", "SM") for lue in d_un_coup[:5]] == [lue["detail"] for lue in tour_a_tour[:5]]
    assert [q for q, _ in (await _compte(monde, ensemble)).values()] == [
        q for q, _ in (await _compte(monde, un_par_un)).values()
    ]


async def test_a_refusal_undoes_its_code_and_stops_none_of_those_after(monde: Monde) -> None:
    reception = await _reception(monde)
    reponses = await monde.lire_ensemble(
        reception,
        {"code": "AP-6E", "cle": "a"},
        {"code": "AP-6E", "cle": "b", "quantite": "2500", "accepter": True},
        {"code": "SN-1", "cle": "c"},
        {"code": "SW-24P", "cle": "d"},
    )
    assert [r["refus"] and r["refus"]["code"] for r in reponses] == [None, "unite_par_unite_trop_grande", None, None]
    assert "2000 au plus" in reponses[1]["refus"]["detail"]
    assert reponses[1]["lecture"] is None
    assert await _compte(monde, reception) == {"SW-24P": ("1.000", []), "AP-6E": ("1.000", ["SN-1"])}
    assert [lue["code"] for lue in await monde.lire(f"/receptions/{reception['id']}/scans")] == [
        *("SW-24P", "SN-1", "AP-6E")
    ]


async def test_sent_again_whatever_it_is_sent_with_a_code_counts_once(monde: Monde) -> None:
    reception = await _reception(monde)
    premieres = [{"code": "AP-6E", "cle": "a"}, {"code": "SN-1", "cle": "b"}, {"code": "0000000000000", "cle": "c"}]
    dites = await monde.lire_ensemble(reception, *premieres)
    encore = await monde.lire_ensemble(reception, premieres[2], *premieres[:2], {"code": "SN-2", "cle": "d"})
    rejouees = {r["cle"]: r["lecture"]["id"] for r in encore}
    assert {r["cle"]: r["lecture"]["id"] for r in dites} == {cle: rejouees[cle] for cle in "abc"}
    assert encore[2]["lecture"]["numero_serie"] == "SN-1"
    assert encore[2]["lecture"]["motif"] == "serie"
    assert (await _compte(monde, reception))["AP-6E"] == ("2.000", ["SN-1", "SN-2"])
    (autre,) = await monde.lire_ensemble(reception, {"code": "SW-24P", "cle": "a"})
    assert autre["refus"]["code"] == "cle_deja_lue"
    double = await monde.lire_ensemble(reception, {"code": "SW-24P", "cle": "e"}, {"code": "SW-24P", "cle": "e"})
    assert double[0]["lecture"]["id"] == double[1]["lecture"]["id"]
    assert (await _compte(monde, reception))["SW-24P"][0] == "1.000"


async def test_what_was_answered_before_the_reception_closed_is_answered_still(monde: Monde) -> None:
    reception = await _reception(monde)
    await monde.lire_ensemble(reception, {"code": "SW-24P", "cle": "a"})
    await monde.valider(reception)
    redite, tardive = await monde.lire_ensemble(
        reception, {"code": "SW-24P", "cle": "a"}, {"code": "SW-24P", "cle": "b"}
    )
    assert redite["lecture"]["motif"] == "attendu"
    assert tardive["refus"]["code"] == "reception_fermee"


async def test_two_devices_send_together_and_nothing_is_lost(monde: Monde, service_client: ServiceClient) -> None:
    reception = await monde.receptionner(await monde.commander(await monde.negocier(monde.switch, 40)))
    autre = await service_client("purchasing", monde.database, "reception.saisir")
    adresse = f"/receptions/{reception['id']}/scans"

    async def envoyer(client: Any, marque: str) -> None:
        for debut in range(0, 20, 5):
            lectures = [{"code": "SW-24P", "cle": f"{marque}{debut + n}"} for n in range(5)]
            assert (await client.post(adresse, json={"lectures": lectures})).status_code == 201

    await asyncio.gather(
        *(envoyer(client, marque) for client, marque in ((monde.client, "x"), (autre, "y"), (autre, "y")))
    )
    assert (await _compte(monde, reception))["SW-24P"][0] == "40.000"


async def test_an_empty_or_endless_list_is_refused(monde: Monde) -> None:
    reception = await _reception(monde)
    adresse = f"/receptions/{reception['id']}/scans"
    for lectures in ([], [{"code": "SW-24P"}] * 101):
        assert (await monde.client.post(adresse, json={"lectures": lectures})).status_code == 422
