"""The PV de réception: what the client saw and signed, one stored file found by its hash, told on every object."""

from hashlib import sha256
from io import BytesIO
from typing import Any

import httpx
import pytest
from pypdf import PdfReader

from shared.contracts.inventory import PvReceptionSigne
from shared.testing.fixtures import ServiceClient
from tests.builders.inventory import (
    Atelier,
    attend,
    circuler,
    recevoir,
    recu,
    un_devis_valide,
    une_ligne,
    une_reception,
)

Json = dict[str, Any]
TRACE = "M10 20L110 120L200 40"
SAISIE = {"signe_par": "Mme Lefèvre", "qualite": "Directrice", "trace": TRACE}


def texte(pdf: bytes) -> str:
    """The words of a PDF, blanks made one."""
    return " ".join(" ".join(page.extract_text() for page in PdfReader(BytesIO(pdf)).pages).split())


@pytest.fixture
async def feuille(atelier: Atelier, client: httpx.AsyncClient) -> Json:
    """A phone with its serial, installed on a line of the devis."""
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.telephone, "1"), designation="Poste d’accueil")))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("SN-42",))))
    tete: Json = (await client.get("/feuilles")).json()["elements"][0]
    return tete


async def signer(client: httpx.AsyncClient, feuille: Json, statut: int = 201, **corps: Any) -> Json:
    reponse = await client.post(f"/feuilles/{feuille['id']}/pv-reception", json={**SAISIE, **corps})
    assert reponse.status_code == statut, reponse.text
    lu: Json = reponse.json()
    return lu


async def test_the_signed_pv_is_one_stored_file(atelier: Atelier, client: httpx.AsyncClient, feuille: Json) -> None:
    pv = await signer(client, feuille, reserves="Reprendre la goulotte\ndu couloir")
    assert (pv["numero"], pv["document_sha256"], pv["recueilli_par"]) == ("PV-2026-00001", None, "Camille Test")
    ici = f"/pv-reception/{pv['id']}"
    tot = await client.get(f"{ici}/document")
    assert (tot.status_code, tot.json()["code"]) == (409, "pv_non_archive")
    await circuler(atelier.database)
    garde = (await client.get(ici)).json()
    document = await client.get(f"{ici}/document")
    assert document.headers["content-type"] == "application/pdf"
    assert sha256(document.content).hexdigest() == garde["document_sha256"]
    lu = texte(document.content)
    for attendu in ("Procès-verbal de réception", "PV-2026-00001", "Poste d’accueil", "SN-42", "avec les réserves",
                    "Reprendre la goulotte", "Mme Lefèvre", "Directrice", "Camille Test", "Alpes Bureautique"):  # fmt: skip
        assert attendu in lu, attendu
    for secret in ("10,40", "1 000", "1000"):
        assert secret not in lu.replace("\u202f", " "), secret
    (fait,) = await atelier.publies(PvReceptionSigne)
    assert (fait.a_reserves, len(fait.historique_ids)) == (True, 1)
    await recevoir(atelier.database, fait)  # the job again: the same file
    assert (await client.get(ici)).json()["document_sha256"] == garde["document_sha256"]
    vie = (await client.get(f"/historiques/{fait.historique_ids[0]}/fil")).json()["elements"]
    evenement = next(e for e in vie if e["type"] == "pv")
    assert (evenement["titre"], evenement["detail"]) == (
        "Réception signée : PV-2026-00001",
        "Mme Lefèvre, avec réserves",
    )


async def test_what_was_signed_does_not_change_and_a_second_pv_lifts_the_reserves(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json
) -> None:
    premier = await signer(client, feuille, reserves="Goulotte")
    fiche = (await client.get(f"/feuilles/{feuille['id']}")).json()
    objet = fiche["colonnes"][0]["objets"][0]
    retrait = await client.post(f"/feuilles/{feuille['id']}/retirer", json={"historique_id": objet["id"]})
    assert retrait.status_code == 200
    relu = (await client.get(f"/pv-reception/{premier['id']}")).json()
    assert relu["contenu"] == premier["contenu"]
    assert relu["contenu"][0]["objets"][0]["numero_serie"] == "SN-42"
    assert (await signer(client, feuille, 409))["code"] == "rien_a_receptionner"
    await client.post(f"/feuilles/{feuille['id']}/prelever", json={"code": "SN-42"})
    second = await signer(client, feuille)
    liste = (await client.get("/pv-reception", params={"feuille_id": feuille["id"]})).json()["elements"]
    assert [(p["id"], p["reserves"]) for p in liste] == [(second["id"], ""), (premier["id"], "Goulotte")]


@pytest.mark.parametrize(
    "corps",
    [
        {"trace": ""},
        {"trace": "M10 20"},
        {"trace": 'M1 1L2 2"/><script>'},
        {"signe_par": "x"},
        {"reserves": "x" * 2001},
    ],
)
async def test_a_signature_is_a_drawing_and_nothing_else(client: httpx.AsyncClient, feuille: Json, corps: Json) -> None:
    await signer(client, feuille, 422, **corps)


async def test_only_who_prepares_makes_it_signed(
    atelier: Atelier, client: httpx.AsyncClient, feuille: Json, service_client: ServiceClient
) -> None:
    lecteur = await service_client("inventory", atelier.database, "feuille.lire")
    assert (await lecteur.post(f"/feuilles/{feuille['id']}/pv-reception", json=SAISIE)).status_code == 403
    assert (await lecteur.get("/pv-reception")).status_code == 200


async def test_a_line_that_was_given_up_is_not_signed_as_installed(atelier: Atelier, client: httpx.AsyncClient) -> None:
    lignes = (
        une_ligne(attend(atelier.telephone, "1"), designation="Poste d’accueil"),
        une_ligne(attend(atelier.telephone, "1"), designation="Poste du quai"),
        une_ligne(designation="Formation"),
    )
    await atelier.recevoir(un_devis_valide(*lignes))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.telephone, "1", ("SN-42",))))
    tete = (await client.get("/feuilles")).json()["elements"][0]
    colonnes = (await client.get(f"/feuilles/{tete['id']}")).json()["colonnes"]
    sans = next(c for c in colonnes if not c["objets"] and c["attendus"])
    url = f"/feuilles/{tete['id']}/attendus/{sans['attendus'][0]['id']}"
    assert (await client.put(url, json={"quantite": "0"})).status_code == 200
    dites = {
        c["designation"]: c["est_renoncee"] for c in (await client.get(f"/feuilles/{tete['id']}")).json()["colonnes"]
    }
    assert dites == {c["designation"]: c is sans for c in colonnes}
    pv = await signer(client, tete)
    await circuler(atelier.database)
    lu = texte((await client.get(f"/pv-reception/{pv['id']}/document")).content)
    assert f"{sans['designation']} Non installé 0 u" in lu
    assert lu.count("Non installé") == 1
