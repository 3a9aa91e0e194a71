"""Whole sales while every process is killed in turn: each fact announced has its effect, once, in every subscription.

`make test` sells a few; `make rafale` sells two thousand.
"""

import asyncio
import os
import signal
from collections import Counter
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import suppress
from typing import Any

import psutil
import pytest

from deploy.topology import PARTS
from shared.database.engine import connect
from shared.kernel.ids import new_id
from shared.testing.broker import Broker
from shared.testing.eventually import eventually
from shared.testing.fixtures import folder_for_servers
from shared.testing.postgres import Databases
from shared.testing.rabbit import LocalRabbit
from tests.builders.adresses import ANNECY
from tests.faults.banc import Postgres
from tests.journeys.equipe import Equipe, Personne
from tests.journeys.systeme import Systeme, sur_rabbitmq

VENTES = int(os.environ.get("AMANELA_TEST_VENTES", "19"))  # one more than what is killed
VENDEURS = 8
REPRISE = 120.0  # a server restarts, the supervisor waits longer after each fall, an outbox drains
Json = dict[str, Any]


@pytest.fixture
async def systeme(private_postgres: Postgres, private_rabbit: LocalRabbit) -> AsyncIterator[Systeme]:
    """Separate processes, on servers of their own."""
    with folder_for_servers() as dossier:
        async with sur_rabbitmq(dossier, Databases(private_postgres.url), Broker(private_rabbit.url)) as ouvert:
            yield ouvert


@pytest.fixture
async def equipe(systeme: Systeme) -> AsyncIterator[Equipe]:
    """Everybody at work."""
    gens = Equipe(systeme)
    await gens.embaucher()
    yield gens
    await gens.partir()


class Tenace:
    """Somebody who insists: the same request with the same key, until it is done."""

    def __init__(self, personne: Personne) -> None:
        self.personne = personne

    async def creer(self, chemin: str, corps: Json | None = None) -> Json:
        """POST."""
        cle = str(new_id())

        async def envoyer() -> Json:
            return dict(await self.personne.creer(chemin, corps, **{"Idempotency-Key": cle}) or {"fait": True})

        return await eventually(envoyer, REPRISE)

    async def attendre(self, chemin: str, assez: Callable[[Any], Any], **params: str) -> Any:
        """GET, until `assez` finds in it what it wants."""

        async def lire() -> Any:
            return assez(await self.personne.lire(chemin, **params))

        return await eventually(lire, REPRISE)

    async def remplir(self, proposition_id: str, lignes: list[Json]) -> None:
        """Save the lines on the version just read."""
        chemin = f"/commercial/propositions/{proposition_id}"

        async def enregistrer() -> None:
            lue = await self.personne.lire(chemin)
            await self.personne.changer("PUT", f"{chemin}/lignes", {"lignes": lignes}, lue["version"])

        await eventually(enregistrer, REPRISE)

    async def compter(self, chemin: str, quantite: str) -> None:
        """Type what came in."""
        await eventually(lambda: self.personne.changer("PUT", chemin, {"quantite": quantite}), REPRISE)


async def vendre(gens: Tenace, rang: int, cable: Json, fournisseur: Json, agence_id: str) -> str:
    """From the first call to the issued facture; the demande."""
    adresse = {"lignes": ["12 rue du Lac"], "code_postal": "74000", "ville": "Annecy"}
    tiers = await gens.creer("/contacts/tiers", {"nom": f"Client {rang}", "roles": ["client"], "adresses": [adresse]})
    demande = await gens.creer(
        "/demandes/demandes", {"type_code": "commercial", "tiers_id": tiers["id"], "objet": f"Câblage {rang}"}
    )
    etude = await gens.creer("/commercial/etudes", {"demande_id": demande["id"], "objet": demande["objet"]})
    proposition = (
        etude["propositions"][0]
        if etude["propositions"]
        else await gens.creer(f"/commercial/etudes/{etude['id']}/propositions", {"libelle": "Base"})
    )
    ligne = {
        "designation": "Câblage",
        "quantite": "10",
        "prix_fixe_ht": "1.81",
        "cout_ht": "0.86",
        "taux_tva": "20",
        "produits": [{"produit_id": cable["id"], "quantite": "10"}],
    }
    await gens.remplir(proposition["id"], [ligne])
    await gens.creer(f"/commercial/propositions/{proposition['id']}/valider", {"signe_par": "Mme Lefèvre"})
    await acheter(gens, demande, cable, fournisseur, agence_id)
    feuille = await gens.attendre("/inventory/feuilles", _verte, demande_id=demande["id"])
    await gens.creer(f"/inventory/feuilles/{feuille['id']}/cloturer")
    await gens.creer(f"/inventory/feuilles/{feuille['id']}/valider")
    affaire = await gens.attendre("/billing/affaires-client", _premier, demande_id=demande["id"])
    await gens.creer(f"/billing/affaires-client/{affaire['id']}/facturer")
    return str(demande["id"])


async def acheter(gens: Tenace, demande: Json, cable: Json, fournisseur: Json, agence_id: str) -> None:
    """The need, its price, its commande, its reception."""
    groupe = await gens.attendre("/purchasing/besoins", _premier, demande_id=demande["id"])
    besoin = next(b for b in groupe["besoins"] if b["demande_id"] == demande["id"])
    negociation = await gens.creer(
        "/purchasing/negociations",
        {
            "produit_id": cable["id"],
            "fournisseur_id": fournisseur["id"],
            "prix_ht": "0.80",
            "besoins": [{"besoin_id": besoin["id"], "quantite": "10"}],
        },
    )
    commande = await gens.creer(
        "/purchasing/commandes",
        {"fournisseur_id": fournisseur["id"], "negociation_ids": [negociation["id"]], "agence_id": agence_id},
    )
    reception = await gens.creer("/purchasing/receptions", {"commande_ids": [commande["id"]]})
    chemin = f"/purchasing/receptions/{reception['id']}"
    await gens.compter(f"{chemin}/lignes/{reception['lignes'][0]['id']}", "10")
    await gens.creer(f"{chemin}/valider", {"facture_fournisseur": f"F-{reception['numero']}"})


def _premier(page: Json) -> Json:
    return dict(page["elements"][0])


def _verte(page: Json) -> Json:
    feuille = _premier(page)
    assert feuille["nb_vertes"] == feuille["nb_colonnes"]
    return feuille


@pytest.mark.timeout(400 + 4 * VENTES)
async def test_sales_survive_the_death_of_everything(
    systeme: Systeme, equipe: Equipe, private_postgres: Postgres, private_rabbit: LocalRabbit
) -> None:
    gens = Tenace(equipe.admin)
    agence_id = (await equipe.admin.lire("/contacts/societe"))["agences"][0]["id"]
    fournisseur = await gens.creer(
        "/contacts/tiers", {"nom": "Elecdis", "roles": ["fournisseur"], "adresses": [ANNECY]}
    )
    cable = await gens.creer("/inventory/produits", {"reference": "CAB", "designation": "Câble", "unite": "m"})
    attente, vendues = list(range(VENTES)), list[str]()

    pannes = [*_meurtres(systeme), *_arrets(private_postgres, private_rabbit)]
    frequence = max(1, VENTES // (len(pannes) + 1))

    async def vendeur() -> None:
        while attente:
            vendues.append(await vendre(gens, attente.pop(), cable, fournisseur, agence_id))
            if pannes and len(vendues) % frequence == 0:
                await pannes.pop(0)()

    async with asyncio.TaskGroup() as ensemble:
        for _ in range(VENDEURS):
            ensemble.create_task(vendeur())
    assert pannes == []
    await eventually(lambda: _tout_a_suivi(systeme), REPRISE)
    await _rien_en_double(systeme)


def _meurtres(systeme: Systeme) -> list[Callable[[], Awaitable[None]]]:
    """kill -9 of each process of the system, one after the other."""

    def tuer(argument: str, nom: str) -> Callable[[], Awaitable[None]]:
        async def frapper() -> None:
            for enfant in psutil.Process(systeme.processus.pid).children():
                with suppress(psutil.NoSuchProcess):  # one killed just before
                    if enfant.cmdline()[-2:] == [argument, nom]:
                        enfant.send_signal(signal.SIGKILL)

        return frapper

    return [tuer(argument, part.name) for part in PARTS for argument in ("serve", "worker")]


def _arrets(postgres: Postgres, rabbit: LocalRabbit) -> list[Callable[[], Awaitable[None]]]:
    """The broker then the database, restarted under load."""

    async def courtier() -> None:
        await asyncio.to_thread(rabbit.stop)
        await asyncio.to_thread(rabbit.start)

    async def base() -> None:
        await asyncio.to_thread(postgres.stop_immediate)
        await asyncio.to_thread(postgres.start)

    return [courtier, base]


async def _lignes(systeme: Systeme, service: str, requete: str) -> list[tuple[Any, ...]]:
    connexion = await connect(systeme.environnement[f"AMANELA_DATABASE_URL_{service.upper()}"])
    try:
        return [tuple(ligne) for ligne in await connexion.fetch(requete)]
    finally:
        await connexion.close()


async def _tout_a_suivi(systeme: Systeme) -> None:
    """Every fact is sent, none is put aside, and each subscription handled each fact it listens to, once."""
    annonces: Counter[str] = Counter()
    for part in PARTS:
        assert await _lignes(systeme, part.name, "SELECT seq FROM outbox WHERE published_at IS NULL") == [], part.name
        assert await _lignes(systeme, part.name, "SELECT subscription, error FROM parked") == [], part.name
        annonces.update(dict(await _lignes(systeme, part.name, "SELECT type, count(*) FROM outbox GROUP BY type")))
    for part in PARTS:
        compte = "SELECT subscription, count(*) FROM inbox GROUP BY subscription"
        traites = dict(await _lignes(systeme, part.name, compte))
        attendus = {s.name: sum(annonces[t] for t in s.types) for s in part.subscriptions() if s.when is None}
        assert traites == {nom: nombre for nom, nombre in attendus.items() if nombre}, part.name


async def _rien_en_double(systeme: Systeme) -> None:
    """One of everything per sale, invoices numbered without gap, and what came in went out."""
    for service, table in (
        ("demandes", "demande"),
        ("commercial", "etude"),
        ("purchasing", "besoin"),
        ("purchasing", "commande"),
        ("purchasing", "reception"),
        ("inventory", "feuille"),
        ("billing", "affaire_client"),
        ("billing", "affaire_fournisseur"),
        ("billing", "facture"),
    ):
        assert await _lignes(systeme, service, f"SELECT count(*) FROM {table}") == [(VENTES,)], table
    numeros = await _lignes(systeme, "billing", "SELECT numero FROM facture ORDER BY numero")
    assert [int(numero[0][-5:]) for numero in numeros] == list(range(1, VENTES + 1))
    etats = await _lignes(systeme, "demandes", "SELECT DISTINCT etat_code FROM demande")
    assert etats == [("a_facturer",)]  # the invoice is issued, not sent
