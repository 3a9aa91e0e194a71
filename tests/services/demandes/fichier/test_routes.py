"""Files of a demande: editions of one name, taken off and put back, told by the journal, shown or saved, found by its tiers."""

import httpx
import pytest

from shared.contracts.demandes import FichiersModifies
from shared.kernel.ids import new_id
from shared.testing.delivery import annonces
from shared.testing.fixtures import ServiceClient
from tests.builders.demandes import Monde

PDF, PNG = b"%PDF-1.7 plan", b"\x89PNG\r\n\x1a\n photo"


@pytest.fixture
async def demande(monde: Monde) -> dict[str, str]:
    return await monde.ouvrir(objet="Alarme du dépôt")


async def _deposer(api: httpx.AsyncClient, demande: dict[str, str], nom: str, contenu: bytes) -> dict[str, object]:
    url = f"/demandes/{demande['id']}/fichiers/{new_id()}"
    reponse = await api.put(
        url, params={"nom": nom}, content=contenu, headers={"content-type": "application/octet-stream"}
    )
    assert reponse.status_code == 200, reponse.text
    lu: dict[str, object] = reponse.json()
    return lu


async def _noms(api: httpx.AsyncClient, demande: dict[str, str]) -> list[tuple[str, int]]:
    page = (await api.get(f"/demandes/{demande['id']}/fichiers")).json()
    return [(f["nom"], f["rang"]) for f in page["elements"]]


async def test_same_name_again_is_a_new_edition_and_the_older_stays_readable(
    monde: Monde, demande: dict[str, str]
) -> None:
    base = f"/demandes/{demande['id']}/fichiers"
    premier = await _deposer(monde.http, demande, "Plan.pdf", PDF)
    await _deposer(monde.http, demande, "photo.png", PNG)
    second = await _deposer(monde.http, demande, "plan.PDF", PDF + b" 2")
    assert await _noms(monde.http, demande) == [("plan.PDF", 2), ("photo.png", 1)]
    detail = (await monde.http.get(f"{base}/{second['id']}")).json()
    assert [e["id"] for e in detail["editions"]] == [second["id"], premier["id"]]
    assert (await monde.http.get(f"{base}/{premier['id']}/contenu")).content == PDF
    encore = await _deposer(monde.http, demande, "plan.pdf", PDF + b" 2")
    assert encore["id"] == second["id"], "le même contenu sous le même nom n’ajoute rien"


async def test_an_edition_taken_off_gives_its_place_back_and_can_return(monde: Monde, demande: dict[str, str]) -> None:
    base = f"/demandes/{demande['id']}/fichiers"
    await _deposer(monde.http, demande, "plan.pdf", PDF)
    second = await _deposer(monde.http, demande, "plan.pdf", PDF + b" 2")
    for _ in range(2):
        assert (await monde.http.delete(f"{base}/{second['id']}")).status_code == 204
    assert await _noms(monde.http, demande) == [("plan.pdf", 1)]
    troisieme = await _deposer(monde.http, demande, "plan.pdf", PDF + b" 3")
    assert troisieme["rang"] == 3, "le rang d’une version retirée reste le sien"
    assert (await monde.http.delete(f"{base}/{troisieme['id']}")).status_code == 204
    assert (await monde.http.post(f"{base}/{second['id']}/remettre")).status_code == 204
    assert await _noms(monde.http, demande) == [("plan.pdf", 2)]


async def test_who_added_and_who_took_off_is_told_by_the_journal_and_the_time_line(
    monde: Monde, demande: dict[str, str]
) -> None:
    fichier = await _deposer(monde.http, demande, "plan.pdf", PDF)
    await monde.http.delete(f"/demandes/{demande['id']}/fichiers/{fichier['id']}")
    traces = (await monde.http.get(f"/journal/{demande['id']}")).json()["elements"]
    siennes = [t for t in traces if t["objet_type"] == "fichier_demande"]
    assert [(t["avant"] is None, t["par_nom"]) for t in siennes] == [(False, "Camille Test"), (True, "Camille Test")]
    assert siennes[0]["apres"]["retire_par"] == "Camille Test"
    recit = (await monde.http.get(f"/demandes/{demande['id']}/chronologie")).json()
    moments = [(m["titre"], m["texte"], m["par_nom"]) for m in recit if m["genre"] == "fichier"]
    assert sorted(moments) == [("joint", "plan.pdf", "Camille Test"), ("retire", "plan.pdf", "Camille Test")]


async def test_only_images_and_pdf_are_shown_the_rest_is_saved(monde: Monde, demande: dict[str, str]) -> None:
    base = f"/demandes/{demande['id']}/fichiers"
    image = await _deposer(monde.http, demande, "façade nord.png", PNG)
    texte = await _deposer(monde.http, demande, "notes.txt", b"Code du portail")
    vue = await monde.http.get(f"{base}/{image['id']}/apercu")
    assert (vue.headers["content-type"], vue.headers["x-content-type-options"]) == ("image/png", "nosniff")
    assert vue.headers["content-disposition"].startswith("inline;")
    refus = await monde.http.get(f"{base}/{texte['id']}/apercu")
    assert (refus.status_code, refus.json()["code"]) == (409, "apercu_impossible")


async def test_rights_strangers_and_the_list_of_a_tiers(
    monde: Monde, demande: dict[str, str], service_client: ServiceClient
) -> None:
    fichier = await _deposer(monde.http, demande, "plan.pdf", PDF)
    base = f"/demandes/{demande['id']}/fichiers"
    lecteur = await service_client("demandes", monde.database, "demande.lire")
    assert (await lecteur.get(f"{base}/{fichier['id']}/contenu")).status_code == 200
    assert (await lecteur.delete(f"{base}/{fichier['id']}")).status_code == 403
    assert (await lecteur.post(f"{base}/{fichier['id']}/remettre")).status_code == 403
    assert (await lecteur.get(f"/demandes/{new_id()}/fichiers/{fichier['id']}/contenu")).status_code == 404
    etranger = await service_client("demandes", monde.database, "tiers.lire")
    assert (await etranger.get(base)).status_code == 403
    assert (await etranger.get(f"/fichiers-demandes?tiers_id={monde.tiers_id}")).status_code == 403
    (lu,) = (await lecteur.get("/fichiers-demandes", params={"tiers_id": str(monde.tiers_id)})).json()["elements"]
    assert (lu["id"], lu["proprietaire_numero"]) == (fichier["id"], demande["numero"])
    assert (await lecteur.get("/fichiers-demandes", params={"tiers_id": str(new_id())})).json()["elements"] == []


async def test_what_changes_in_the_files_is_told_once(monde: Monde, demande: dict[str, str]) -> None:
    base = f"/demandes/{demande['id']}/fichiers"
    joint = await _deposer(monde.http, demande, "Plan.pdf", PDF)
    await _deposer(monde.http, demande, "Plan.pdf", PDF)
    await monde.http.delete(f"{base}/{joint['id']}")
    await monde.http.post(f"{base}/{joint['id']}/remettre")
    faits = await annonces(monde.database, FichiersModifies)
    assert [str(f.demande_id) for f in faits if isinstance(f, FichiersModifies)] == [demande["id"]] * 3
