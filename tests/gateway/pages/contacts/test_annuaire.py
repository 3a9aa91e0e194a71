"""A contact filled in from the public directory of companies, asked over HTTP of a directory of the test."""

import asyncio
import re
from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qs, urlsplit

import orjson
import pytest

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import Bureau, ouvrir

SIEGE = {
    **{"siret": "73282932000074", "adresse": "12 RUE DU LAC 74000 ANNECY", "code_postal": "74000"},
    **{"libelle_commune": "ANNECY", "etat_administratif": "A"},
}
AGENCE = {
    **{"siret": "73282932000082", "adresse": "3 QUAI DE SAONE 69002 LYON", "code_postal": "69002"},
    **{"libelle_commune": "LYON", "etat_administratif": "F"},
}
ENTREPRISE: dict[str, Any] = {
    **{"siren": "732829320", "nom_complet": "ALPES CUISINES (AC)", "nom_raison_sociale": "ALPES CUISINES"},
    **{"etat_administratif": "A", "siege": SIEGE, "matching_etablissements": [AGENCE]},
}


@dataclass
class Annuaire:
    """The directory: what it answers, and what it was asked."""

    resultats: list[Any] = field(default_factory=lambda: [ENTREPRISE])
    statut: str = "200 OK"
    demandes: list[str] = field(default_factory=list)
    adresse: str = ""

    async def servir(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        requete = (await reader.readuntil(b"\r\n\r\n")).decode()
        self.demandes += parse_qs(urlsplit(requete.split(" ")[1]).query)["q"]
        corps = orjson.dumps({"results": self.resultats, "total_results": len(self.resultats)})
        writer.write(
            f"HTTP/1.1 {self.statut}\r\nContent-Length: {len(corps)}\r\nConnection: close\r\n\r\n".encode() + corps
        )
        await writer.drain()
        writer.close()


@pytest.fixture
async def annuaire() -> AsyncIterator[Annuaire]:
    ouvert = Annuaire()
    serveur = await asyncio.start_server(ouvert.servir, "127.0.0.1", 0)
    ouvert.adresse = f"http://127.0.0.1:{serveur.sockets[0].getsockname()[1]}"
    async with serveur:
        yield ouvert


@pytest.fixture
async def carnet(
    annuaire: Annuaire,
    service_database: ServiceDatabase,
    clock: FrozenClock,
    test_settings: Settings,
    renderer: Renderer,
) -> AsyncIterator[Bureau]:
    """The directory of the company, beside the public one."""
    reglages = test_settings.model_copy(update={"company_directory": annuaire.adresse})
    async with ouvrir(
        "contacts", service_database=service_database, clock=clock, settings=reglages, renderer=renderer
    ) as ouvert:
        yield ouvert


def _valeur(page: str, nom: str) -> str:
    trouve = re.search(rf'<input id="c-{nom}"[^>]* value="([^"]*)"', page)
    assert trouve is not None, nom
    return trouve[1]


async def test_une_entreprise_choisie_remplit_la_fiche_et_garde_ce_qui_est_tape(
    carnet: Bureau, annuaire: Annuaire
) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    choix = await alice.lire("/contacts/annuaire?nom=alpes+cuisines&siren=&siret=&suite=demande")
    assert annuaire.demandes == ["alpes cuisines"]
    assert "ALPES CUISINES" in choix
    assert "12 RUE DU LAC, 74000 ANNECY" in choix
    assert "Fermé" not in choix
    tape = {"nom": "alpes cuis", "roles": "client", "telephone": "04 50 00 00 00", "etablissement": SIEGE["siret"]}
    page = (await alice.envoyer("/contacts/annuaire", 200, suite="demande", **tape)).text
    remplis = ("nom", "siret", "siren", "tva_intracom")
    assert [_valeur(page, nom) for nom in remplis] == ["ALPES CUISINES", SIEGE["siret"], "732829320", "FR44732829320"]
    assert "12 RUE DU LAC" in page
    assert 'value="74000"' in page
    assert "04" in _valeur(page, "telephone")
    assert "suite=demande" in page
    await alice.envoyer("/contacts/nouveau", 204, roles="client", **{nom: _valeur(page, nom) for nom in remplis})


async def test_un_siret_d_agence_donne_cette_agence_et_ce_qui_est_ferme_se_voit(
    carnet: Bureau, annuaire: Annuaire
) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    choix = await alice.lire(f"/contacts/annuaire?nom=Alpes&siret={AGENCE['siret'][:9]}%20{AGENCE['siret'][9:]}")
    assert annuaire.demandes == [AGENCE["siret"]]
    assert "3 QUAI DE SAONE, 69002 LYON" in choix
    assert "Fermé" in choix


async def test_une_adresse_deja_tapee_reste(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    tape = {
        "nom": "Alpes",
        "adresse": "Zone des Bois",
        "code_postal": "74960",
        "ville": "Cran",
        "adresse_code": "USINE",
    }
    page = (await alice.envoyer("/contacts/annuaire", 200, etablissement=SIEGE["siret"], **tape)).text
    assert "Zone des Bois" in page
    assert "12 RUE DU LAC" not in page


@pytest.mark.parametrize(
    "resultats",
    [
        [],
        ["n’importe quoi", {"siren": "123"}],
        [{**ENTREPRISE, "siege": None, "matching_etablissements": 3}],
        [{**ENTREPRISE, "siege": {**SIEGE, "siret": "12345678901234"}, "matching_etablissements": []}],
    ],
)
async def test_ce_qui_n_a_pas_de_sens_n_est_pas_propose(
    carnet: Bureau, annuaire: Annuaire, resultats: list[Any]
) -> None:
    annuaire.resultats = resultats
    alice = await carnet.asseoir("alice", "accueil")
    assert "ne connaît pas « alpes »" in await alice.lire("/contacts/annuaire?nom=alpes")


async def test_un_annuaire_en_panne_le_dit_et_la_fiche_se_tape(carnet: Bureau, annuaire: Annuaire) -> None:
    annuaire.statut = "503 Service Unavailable"
    alice = await carnet.asseoir("alice", "accueil")
    assert "L’annuaire des entreprises ne répond pas" in await alice.lire("/contacts/annuaire?nom=alpes")
    page = (await alice.envoyer("/contacts/annuaire", 422, nom="Alpes", etablissement=SIEGE["siret"])).text
    assert "L’annuaire des entreprises ne répond pas" in page
    assert _valeur(page, "nom") == "Alpes"
    assert "au moins trois lettres" in await alice.lire("/contacts/annuaire?nom=al")


async def test_il_faut_pouvoir_creer_un_contact(carnet: Bureau, annuaire: Annuaire) -> None:
    technicien = await carnet.asseoir("nicolas", "technicien")
    assert "ALPES" not in await technicien.lire("/contacts/annuaire?nom=alpes")
    assert annuaire.demandes == []
