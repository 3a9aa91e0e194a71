"""The journal in pages: a record's history reads in French, the company's merges every service and pages through it."""

import re
from collections.abc import AsyncIterator
from datetime import timedelta

import pytest

from gateway.pages.journal import lecture
from gateway.pages.journal.presentation import Lecture, nom_du_champ, trace
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, Poste, ouvrir


@pytest.fixture
async def carnet(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Bureau]:
    """The directory and the demandes; other services are stopped."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir("contacts", "demandes", **moyens) as ouvert:  # type: ignore[arg-type]
        yield ouvert


async def contact(poste: Poste, nom: str) -> str:
    """Create a contact through its form; its id."""
    reponse = await poste.envoyer("/contacts/nouveau", 204, nom=nom, roles="client", email="a@exemple.fr")
    return reponse.headers["hx-redirect"].split("?")[0].rsplit("/", 1)[1]


def test_les_valeurs_se_lisent_en_francais() -> None:
    dites = [Lecture().valeur(v) for v in (None, True, "2026-03-17", "12.5000", ["a", "b"], {"ville": "Annecy"}, "")]
    assert [d.replace("\u202f", " ") for d in dites] == [
        "–",
        "Oui",
        "17/03/2026",
        "12,5",
        "a, b",
        "Ville : Annecy",
        "–",
    ]
    assert nom_du_champ("email_facturation") == "E-mail de facturation"
    assert nom_du_champ("delai_paiement_jours") == "Délai de paiement (jours)"
    assert [nom_du_champ(c) for c in ("etat_code", "personnes_prevues")] == ["État", "Personnes prévues"]


def test_un_code_se_lit_avec_les_mots_de_la_societe_sinon_en_francais() -> None:
    etats = {"etat_code": {"a_facturer": "À facturer ce mois"}}
    demande = Lecture("demande", etats)
    assert demande.valeur("a_facturer", "etat_code") == "À facturer ce mois"
    assert demande.valeur("attente_reception", "etat_code") == "Attente réception"
    assert demande.valeur("cameras", "objet") == "cameras", "ce que les gens écrivent reste tel quel"
    assert (demande.valeur("conges", "motif"), Lecture("absence").valeur("conges", "motif")) == ("conges", "Congés")
    assert Lecture("tiers").valeur(["client", "fournisseur"], "roles") == "Client, Fournisseur"
    assert Lecture("collaborateur").valeur(["jeudi_apres_midi"], "demi_journees") == "Jeudi après-midi"


def test_les_cles_se_lisent_par_leur_nom_et_ce_que_les_machines_comparent_ne_se_montre_pas() -> None:
    nadia = "01900000-0000-7000-8000-000000000001"
    siege = {"id": nadia, "rang": 0, "code": "SIEGE", "ville": "Annecy", "lignes": []}
    apres = {"empreinte": "ab" * 32, "commercial_ids": [nadia], "tiers_id": str(new_id()), "adresses": [siege]}
    apres |= {"telephone": "+33450510000", "iban": "FR7630006000011234567890189", "canal_envoi": "papier"}
    lue = {"objet_type": "tiers", "objet_id": nadia, "origine": "page", "avant": None, "apres": apres}
    champs = {champ: dit for champ, _, dit in trace(lue, "contacts", {"gens": {nadia: "Nadia Rey"}})["champs"]}
    assert champs == {
        "Commerciaux": "Nadia Rey",
        "Adresses": "Code : SIEGE, Ville : Annecy",
        "Téléphone": "04\u00a050\u00a051\u00a000\u00a000",
        "IBAN": "FR76 3000 6000 0112 3456 7890 189",
        "Envoi des factures": "Papier",
    }


async def test_l_historique_d_un_contact(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    tiers = await contact(alice, "Boulangerie Favre")
    fiche = await alice.lire(f"/contacts/{tiers}/modifier")
    version = re.search(r'name="version" value="(\d+)"', fiche)
    assert version is not None
    await alice.envoyer(
        f"/contacts/{tiers}/modifier", 204, nom="Boulangerie Favre et fils", roles="client", version=version[1]
    )
    assert f'href="/journal/contacts/{tiers}"' in await alice.lire(f"/contacts/{tiers}")
    page = await alice.lire(f"/journal/contacts/{tiers}")
    avant, apres = page.index("Modification"), page.index("Création")
    assert avant < apres, "le plus récent d’abord"
    rangee = page[avant:apres]
    assert "par Alice" in rangee.replace("</strong>", "")
    assert "Depuis une page" in rangee
    assert '<td class="jo-avant">Boulangerie Favre</td><td>Boulangerie Favre et fils</td>' in rangee
    await alice.lire(f"/journal/gateway/{tiers}", 404)
    await alice.lire("/administration/journal", 403)


async def test_le_journal_reunit_les_services_et_se_pagine(carnet: Bureau, clock: FrozenClock) -> None:
    admin = await carnet.asseoir("root", "administrateur")
    for rang in range(lecture.PAR_PAGE + 5):
        await admin.http.post(
            "/api/contacts/tiers",
            json={"nom": f"Client {rang:03}", "roles": ["client"]},
            headers={"X-CSRF-Token": admin.csrf},
        )
    clock.advance(timedelta(seconds=1))
    await carnet.embaucher("nouveau", "accueil")
    page = await admin.lire("/administration/journal")
    assert "Compte Nouveau" in page, "les comptes du portail aussi"
    assert "Le service Achats ne répond pas" in page
    vus: list[str] = []
    lien = "/administration/journal?service=contacts&qui=root"
    for _ in range(3):
        page = await admin.lire(lien)
        vus += re.findall(r"Contact (Client \d{3})", page)
        suite = re.search(r'hx-get="(/administration/journal[^"]+)"', page)
        if suite is None:
            break
        lien = suite[1].replace("&amp;", "&")
    assert sorted(vus) == sorted({f"Client {rang:03}" for rang in range(lecture.PAR_PAGE + 5)})
    assert "Rien dans cette période" in await admin.lire("/administration/journal?du=2020-01-01&au=2020-01-02")


async def test_l_historique_d_une_demande_dit_ses_etats_par_leur_nom(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "administrateur")
    tiers = await contact(alice, "Garage Perrin")
    entetes = {"X-CSRF-Token": alice.csrf}
    corps = {"type_code": "commercial", "tiers_id": tiers, "tiers_nom": "Garage Perrin", "objet": "Alarme"}
    demande = (await alice.http.post("/api/demandes/demandes", json=corps, headers=entetes)).json()
    passage = {"vers": "attente_client"}
    await alice.http.post(f"/api/demandes/demandes/{demande['id']}/etat", json=passage, headers=entetes)
    page = await alice.lire(f"/journal/demandes/{demande['id']}")
    assert '<td class="jo-avant">Devis à réaliser</td><td>Attente client</td>' in page
    assert not re.search(r"<td[^>]*>\w+_\w+</td>", page), "aucun code"
    assert "Attente client" in await alice.lire("/administration/journal?service=demandes")


@pytest.mark.parametrize("jours", ["au=9999-12-31", "du=0001-01-01", "au=0001-01-01", "du=9999-12-31"])
async def test_les_bouts_du_calendrier_ne_cassent_pas_le_journal(carnet: Bureau, jours: str) -> None:
    admin = await carnet.asseoir("root", "administrateur")
    await admin.lire(f"/administration/journal?{jours}")
    assert (await admin.http.get(f"/api/contacts/journal?{jours}")).status_code == 200


async def test_un_caractere_nul_est_refuse_sans_panne(carnet: Bureau) -> None:
    admin = await carnet.asseoir("root", "administrateur")
    reponse = await admin.http.get("/api/contacts/journal?qui=%00")
    assert (reponse.status_code, reponse.json()["code"]) == (422, "caractere_interdit")
