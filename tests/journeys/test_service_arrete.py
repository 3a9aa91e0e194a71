"""A stopped service degrades only its own screens, then catches up; a frozen one does not hold the pages of the others."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path
from time import monotonic

import httpx
import pytest

from gateway.clients.services import PANNEAU_AU_PLUS
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.postgres import Databases
from shared.testing.texte import simple
from tests.journeys.equipe import SECRET, Equipe
from tests.journeys.etapes import PATIENCE, catalogue, devis, etat, ouvrir
from tests.journeys.systeme import PRET_EN, Systeme, sur_rabbitmq

ACHATS_ARRETES = "Les achats : indisponible pour le moment"
LE_RESTE_VA = "Le service Achats ne répond pas pour l’instant"
VITE = 2.5  # less than a panel waits; a page takes tens of milliseconds
TEMOIN = "/demandes/liste"  # asks nothing of purchasing: what the machine makes any page wait for, at the same moment


@pytest.fixture
async def systeme(databases: Databases, broker: Broker, tmp_path: Path) -> AsyncIterator[Systeme]:
    """Separate processes over RabbitMQ, purchasing not started."""
    async with sur_rabbitmq(tmp_path, databases, broker, sauf=frozenset({"purchasing"})) as ouvert:
        yield ouvert


@pytest.fixture
async def equipe(systeme: Systeme) -> AsyncIterator[Equipe]:
    """Everybody at work."""
    gens = Equipe(systeme)
    await gens.embaucher()
    yield gens
    await gens.partir()


class Ecran:
    """Somebody in front of the pages."""

    def __init__(self, http: httpx.AsyncClient) -> None:
        self.http = http

    async def entrer(self, identifiant: str) -> None:
        """Sign in."""
        entree = {"identifiant": identifiant, "mot_de_passe": SECRET}
        assert (await self.http.post("/connexion", data=entree)).status_code in (204, 303)

    async def lire(self, chemin: str, statut: int = 200) -> tuple[str, float]:
        """A page and the seconds it took."""
        debut = monotonic()
        reponse = await self.http.get(chemin, headers={"accept": "text/html"})
        assert reponse.status_code == statut, f"{chemin}: {reponse.status_code} {reponse.text[:500]}"
        return simple(reponse.text), monotonic() - debut

    async def lire_vite(self, chemin: str, statut: int = 200, attente: float = 0.0) -> str:
        """A page that waits for nothing but the machine, after the `attente` seconds it is allowed to wait for a service."""
        (texte, duree), (_, ailleurs) = await asyncio.gather(self.lire(chemin, statut), self.lire(TEMOIN))
        assert attente <= duree < attente + VITE + ailleurs, f"{chemin} : {duree:.1f} s, {TEMOIN} : {ailleurs:.1f} s"
        return texte


@pytest.mark.feature("GW-14")
@pytest.mark.timeout(600)
async def test_achats_arrete_puis_fige_ne_degrade_que_ses_ecrans(systeme: Systeme, equipe: Equipe) -> None:
    async with systeme.partie("purchasing"):
        await eventually(lambda: equipe.thomas.lire("/purchasing/besoins"), PRET_EN)
        produits = await catalogue(equipe)
        fournisseur = produits["fournisseurs"][0]
    async with systeme.client() as navigateur:
        ecran = Ecran(navigateur)
        await ecran.entrer("helene")
        # stopped: a sale goes on, the pages of the others open at once
        demande = await ouvrir(equipe, "Vendu pendant que les achats dorment")
        proposition = await devis(equipe, demande, produits)
        chemin = f"/commercial/propositions/{proposition['id']}/valider"
        await equipe.manon.creer(chemin, {"signe_par": "Mme Lefèvre"})
        await etat(equipe, demande["id"], "devis_valide")
        for page, attendu in (
            (f"/contacts/{demande['tiers_id']}", "Cabinet dentaire"),
            (f"/devis/propositions/{proposition['id']}", proposition["numero"]),
            (f"/demandes/{demande['id']}", demande["numero"]),
            ("/demandes/liste", demande["numero"]),
            ("/atelier", "Feuilles de travail"),
            (f"/contacts/{fournisseur['id']}", ACHATS_ARRETES),
        ):
            assert attendu in await ecran.lire_vite(page), page
        for page in ("/achats", "/achats/negociations", "/achats/commandes"):
            assert LE_RESTE_VA in await ecran.lire_vite(page, 503), page
        # back: what was signed meanwhile is there to buy, its panel too
        async with systeme.partie("purchasing") as (service, _):
            await eventually(lambda: _besoins(equipe, demande["id"]), PRET_EN)
            await _revenu(ecran, fournisseur["id"])
            # frozen: connections open but nothing answers
            service.send_signal(signal.SIGSTOP)
            try:
                panneau = await ecran.lire_vite(f"/contacts/{fournisseur['id']}", attente=PANNEAU_AU_PLUS)
                assert ACHATS_ARRETES in panneau
                await ecran.lire_vite(f"/contacts/{demande['tiers_id']}")
            finally:
                service.send_signal(signal.SIGCONT)
            await _revenu(ecran, fournisseur["id"])


async def _besoins(equipe: Equipe, demande_id: str) -> None:
    lus = (await equipe.thomas.lire("/purchasing/besoins", demande_id=demande_id))["elements"]
    assert len(lus) == 2, f"{len(lus)} besoins"


async def _revenu(ecran: Ecran, fournisseur_id: str) -> None:
    async def revenu() -> None:
        texte, _ = await ecran.lire(f"/contacts/{fournisseur_id}")
        assert ACHATS_ARRETES not in texte

    await eventually(revenu, PATIENCE)
