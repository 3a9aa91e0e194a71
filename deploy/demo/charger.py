"""Makes the demo company live eighteen months, through the use cases, always the same way."""

import heapq
import random
from collections.abc import Iterator
from datetime import datetime, timedelta
from functools import partial
from itertools import count
from uuid import UUID

from deploy.demo import bureau, commercial, contacts, demandes, derniers, inventory, maintenance, messages
from deploy.demo.contacts import CLIENTS, FOURNISSEURS
from deploy.demo.demandes import SUJETS
from deploy.demo.mois import depanner, passer_le_mois
from deploy.demo.societe import MOT_DE_PASSE, PERSONNES, installer, notifications_lues
from deploy.demo.ventes import Geste, Monde, Vente
from deploy.platform import Platform
from services.demandes.demande.rules import Urgence
from shared.kernel.clock import SystemClock

ACCUEIL = (
    f"Mot de passe de tous les comptes de démonstration : {MOT_DE_PASSE}",
    *(f"  {p.identifiant:<10} {p.fonction}" for p in PERSONNES),
)
Tiers = tuple[UUID, str]
# Sales of the first sixteen months, of the last ten weeks, and calls of the last fortnight.
ANCIENNES, RECENTES, NOUVELLES = 6, 13, 12
FENETRE_RECENTE = timedelta(days=68)
QUINZAINE = timedelta(days=13)
DEUX_JOURS = timedelta(days=2)
PERDUES = {4, 9, 14}  # ranks of the sales a client refused: an old one, two that were answered lately
URGENCES = (Urgence.NORMALE, Urgence.NORMALE, Urgence.HAUTE, Urgence.NORMALE, Urgence.URGENTE, Urgence.BASSE)


async def charger(platform: Platform) -> None:
    """Company, people, catalogue, suppliers; then every sale, day by day, up to the present."""
    monde = await _ouvrir_la_societe(platform)
    maintenant = SystemClock().now()
    file: list[tuple[datetime, int, Geste]] = []
    ordre = count()
    tiers, ventes = await _ventes(monde, maintenant)
    for instant, geste in _chaque_mois(monde, maintenant, tiers):
        heapq.heappush(file, (instant, next(ordre), geste))
    for debut, vente in ventes:
        for delai, geste in vente.pas():
            if debut + delai <= maintenant:
                heapq.heappush(file, (debut + delai, next(ordre), geste))
    for instant, geste in (
        *derniers.pas(monde, tiers[0], maintenant),
        *bureau.pas(monde, tiers, maintenant),
        *messages.pas(monde, maintenant),
    ):
        heapq.heappush(file, (instant, next(ordre), geste))
    while file:
        instant, _, geste = heapq.heappop(file)
        platform.frozen_clock.set(instant)
        await geste()
        await platform.drain()
    platform.frozen_clock.set(maintenant)
    await notifications_lues(platform, maintenant - DEUX_JOURS)


async def _ouvrir_la_societe(platform: Platform) -> Monde:
    gens = await installer(platform)
    await platform.drain()
    fournisseurs = await contacts.installer_fournisseurs(platform.database("contacts"), gens["thomas"])
    assert len(fournisseurs) == len(FOURNISSEURS)
    await platform.drain()
    connus = await inventory.installer_catalogue(platform.database("inventory"), gens["admin"], fournisseurs)
    await platform.drain()
    await inventory.inventaire_ouverture(platform.database("inventory"), gens["sonia"], connus)
    await inventory.equiper_les_vehicules(platform.database("inventory"), gens["sonia"], connus)
    await platform.drain()
    await demandes.fixer_cout_horaire(platform.database("demandes"), gens["admin"])
    await maintenance.installer(platform.database("maintenance"), gens["celine"])
    await commercial.outiller(platform.database("commercial"), gens["manon"], connus)
    await platform.drain()
    return Monde(platform, gens, connus)


def _chaque_mois(monde: Monde, maintenant: datetime, tiers: list[Tiers]) -> Iterator[tuple[datetime, Geste]]:
    """The third of each month once there are contracts, and a breakdown every three weeks of the last months."""
    debut = monde.platform.clock.now()
    for rang in range(9, 19):
        instant = (debut + timedelta(days=31 * rang)).replace(day=3, hour=8)
        if instant < maintenant:
            recent = maintenant - instant < timedelta(days=100)
            yield instant, partial(passer_le_mois, monde, rang, tiers, envoyer=recent)
    for rang in range(9):
        yield maintenant - timedelta(days=21 * rang + 1, hours=rang % 5), partial(depanner, monde, rang)


async def _ventes(monde: Monde, maintenant: datetime) -> tuple[list[Tiers], list[tuple[datetime, Vente]]]:
    """The clients, and every sale with the instant of its first call; the same list for the same day."""
    hasard = random.Random(20261123)
    base, claire = monde.platform.database("contacts"), monde.gens["claire"]
    tiers = [await contacts.inscrire(base, claire, rang) for rang in range(len(CLIENTS))]
    await monde.platform.drain()
    debut = monde.platform.clock.now() + timedelta(days=3)
    ancienne = (maintenant - FENETRE_RECENTE - debut) / ANCIENNES
    instants = [debut + ancienne * n for n in range(ANCIENNES)]
    instants += [maintenant - FENETRE_RECENTE + FENETRE_RECENTE / RECENTES * n for n in range(RECENTES)]
    instants += [maintenant - QUINZAINE + QUINZAINE / NOUVELLES * n for n in range(NOUVELLES)]
    return tiers, [
        (
            instant.replace(hour=7, minute=30, second=0, microsecond=0),
            Vente(
                monde=monde,
                rang=rang,
                tiers=tiers[client := hasard.randrange(len(CLIENTS))],
                courriel=contacts.courriel(client),
                est_public=CLIENTS[client][5],
                sujet=SUJETS[rang % len(SUJETS)],
                urgence=URGENCES[hasard.randrange(len(URGENCES))],
                rythme=hasard.randrange(6),
                est_perdue=rang in PERDUES,
            ),
        )
        for rang, instant in enumerate(instants)
    ]
