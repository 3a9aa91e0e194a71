"""Two people on one contact: nobody's typing is lost, what both changed is shown in French and chosen."""

from collections.abc import AsyncIterator
from typing import Any

import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, Poste, ouvrir
from tests.gateway.pages.saisie import champs

Json = dict[str, Any]


@pytest.fixture
async def office(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The gateway in front of contacts."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def _tiers(claire: Poste) -> Json:
    corps = {
        "nom": "Cabinet Martin",
        "roles": ["client"],
        "telephone": "04 50 51 00 00",
        "email": "contact@martin.fr",
        "notes": "Passer par l’arrière",
        "adresses": [
            {"code": "SIEGE", "lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"},
            {"code": "DEPOT", "lignes": ["3 rue des Prés"], "code_postal": "74960", "ville": "Cran"},
        ],
        "interlocuteurs": [{"nom": "Durand", "prenom": "Zoé"}, {"nom": "Petit", "prenom": "Luc"}],
        "sites": [{"code": "LYON", "libelle": "Lyon", "horaires": "8 h – 17 h"}],
    }
    return await _api(claire, "POST", "/tiers", corps)


async def _api(poste: Poste, methode: str, chemin: str, corps: Json | None = None, **entetes: str) -> Json:
    tetes = {"X-CSRF-Token": poste.csrf, "accept": "application/json", **entetes}
    reponse = await poste.http.request(methode, f"/api/contacts{chemin}", json=corps, headers=tetes)
    assert reponse.status_code < 400, reponse.text
    lue: Json = reponse.json()
    return lue


async def _lire(poste: Poste, tiers: Json) -> Json:
    return await _api(poste, "GET", f"/tiers/{tiers['id']}")


async def _changer(poste: Poste, tiers: Json, **change: Any) -> None:
    """Somebody else saves the file first."""
    lue = await _lire(poste, tiers)
    await _api(poste, "PUT", f"/tiers/{tiers['id']}", {**lue, **change})


async def _formulaire(poste: Poste, tiers: Json) -> tuple[str, Json]:
    url = f"/contacts/{tiers['id']}/modifier"
    return url, dict(champs(await poste.lire(url), url))


async def test_ce_que_chacun_a_change_se_rejoint(office: Bureau) -> None:
    claire, manon = await office.asseoir("claire", "accueil"), await office.asseoir("manon", "commercial")
    tiers = await _tiers(claire)
    url, saisie = await _formulaire(claire, tiers)
    avant = await _lire(manon, tiers)
    durand, petit = avant["interlocuteurs"]
    await _changer(
        manon,
        tiers,
        email="accueil@martin.fr",
        commercial_ids=["01890a5d-ac96-774b-bcce-b302099a8057"],
        adresses=[*avant["adresses"], {"code": "ATELIER", "ville": "Meythet"}],
        interlocuteurs=[durand | {"fonction": "Gérante"}, petit, {"nom": "Blanc", "prenom": "Eva"}],
        sites=[*avant["sites"], {"code": "PARIS", "libelle": "Paris"}],
    )
    saisie["telephone"] = ["04 50 51 99 99"]
    saisie["ville"] = ["Annecy", "Cran-Gevrier"]
    saisie["personne_fonction"] = ["", "Comptable"]
    saisie["site_horaires"] = ["7 h – 15 h"]
    await claire.envoyer(url, 204, **saisie)
    apres = await _lire(claire, tiers)
    assert (apres["telephone"], apres["email"]) == ("+33450519999", "accueil@martin.fr")
    assert apres["commercial_ids"] == ["01890a5d-ac96-774b-bcce-b302099a8057"]
    assert [(a["code"], a["ville"]) for a in apres["adresses"]] == [
        ("SIEGE", "Annecy"),
        ("DEPOT", "Cran-Gevrier"),
        ("ATELIER", "Meythet"),
    ]
    gens = {i["nom"]: i for i in apres["interlocuteurs"]}
    assert {nom: i["fonction"] for nom, i in gens.items()} == {"Blanc": "", "Durand": "Gérante", "Petit": "Comptable"}
    assert (gens["Durand"]["id"], gens["Petit"]["id"]) == (durand["id"], petit["id"])
    assert [(s["code"], s["horaires"]) for s in apres["sites"]] == [("LYON", "7 h – 15 h"), ("PARIS", "")]


@pytest.mark.parametrize(("choix", "garde"), [("mien", "+33450511111"), ("leur", "+33450512222")])
async def test_un_champ_change_des_deux_cotes_se_choisit(office: Bureau, choix: str, garde: str) -> None:
    claire, manon = await office.asseoir("claire", "accueil"), await office.asseoir("manon", "commercial")
    tiers = await _tiers(claire)
    url, saisie = await _formulaire(claire, tiers)
    durand = (await _lire(manon, tiers))["interlocuteurs"][0]
    petit = (await _lire(manon, tiers))["interlocuteurs"][1]
    await _changer(
        manon, tiers, telephone="04 50 51 22 22", notes="Sonner", interlocuteurs=[durand | {"fonction": "PDG"}, petit]
    )
    saisie |= {"telephone": ["04 50 51 11 11"], "personne_fonction": ["Gérante", ""]}
    page = (await claire.envoyer(url, 422, **saisie)).text.replace("\u202f", " ").replace("\xa0", " ")
    for texte in ("Téléphone", "04 50 51 11 11", "04 50 51 22 22", "Zoé Durand : Fonction", "Gérante", "PDG", "Manon"):
        assert texte in page
    assert "Sonner" in page, "ce que Manon a seule changé est déjà repris"
    suite = champs(page, url)
    assert sorted(c for c in suite if c.startswith("conflit:")) == [
        f"conflit:interlocuteurs/{durand['id']}/fonction",
        "conflit:telephone",
    ]
    await claire.envoyer(url, 204, **{**suite, "conflit:telephone": [choix]})
    apres = await _lire(claire, tiers)
    assert (apres["telephone"], apres["notes"], apres["interlocuteurs"][0]["fonction"]) == (garde, "Sonner", "Gérante")


async def test_ce_qui_est_retire_d_un_cote_et_change_de_l_autre_reste(office: Bureau) -> None:
    claire, manon = await office.asseoir("claire", "accueil"), await office.asseoir("manon", "commercial")
    tiers = await _tiers(claire)
    url, saisie = await _formulaire(claire, tiers)
    siege, depot = (await _lire(manon, tiers))["adresses"]
    durand, petit = (await _lire(manon, tiers))["interlocuteurs"]
    await _changer(
        manon, tiers, adresses=[siege], interlocuteurs=[durand, petit | {"email": "luc@martin.fr"}], sites=[]
    )
    for nom in [c for c in saisie if c.startswith("personne_")]:
        saisie[nom] = saisie[nom][:1]  # Claire removes Luc, whom Manon just completed
    saisie["ville"] = ["Annecy", "Cran-Gevrier"]  # and corrects the address Manon removed
    await claire.envoyer(url, 204, **saisie)
    apres = await _lire(claire, tiers)
    assert [i["nom"] for i in apres["interlocuteurs"]] == ["Durand", "Petit"]
    assert [(a["code"], a["ville"]) for a in apres["adresses"]] == [("SIEGE", "Annecy"), ("DEPOT", "Cran-Gevrier")]
    assert apres["sites"] == [], "ce que personne n’a touché depuis suit qui l’a retiré"
    assert depot["ville"] == "Cran"


async def test_le_journal_dit_ce_qui_a_change_des_adresses_et_des_gens(office: Bureau) -> None:
    claire = await office.asseoir("claire", "accueil")
    tiers = await _tiers(claire)
    url, saisie = await _formulaire(claire, tiers)
    saisie["ville"] = ["Annecy", "Cran-Gevrier"]
    saisie["personne_fonction"] = ["Gérante", ""]
    saisie["site_horaires"] = ["7 h – 15 h"]
    await claire.envoyer(url, 204, **saisie)
    (trace, _) = (await _api(claire, "GET", f"/journal/{tiers['id']}"))["elements"]
    assert set(trace["apres"]) == {"adresses", "interlocuteurs", "sites"}
    assert [a["ville"] for a in trace["avant"]["adresses"]] == ["Cran"]
    assert [a["ville"] for a in trace["apres"]["adresses"]] == ["Cran-Gevrier"]
    assert [i["fonction"] for i in trace["apres"]["interlocuteurs"]] == ["Gérante"]
    assert [s["horaires"] for s in trace["avant"]["sites"]] == ["8 h – 17 h"]
