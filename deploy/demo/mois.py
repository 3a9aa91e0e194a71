"""What happens every month whatever is sold: contracts signed, visits, invoices of the contracts, a few SAV calls."""

from uuid import UUID

from sqlalchemy import select

from deploy.demo import demandes, maintenance
from deploy.demo.ventes import Monde
from services.billing.campagne import use_cases as campagnes
from services.billing.copies.models import CopieContrat
from shared.kernel.clock import jour_paris

INTERVENANTS = ("Nicolas Mercier", "Antoine Faure")


async def passer_le_mois(monde: Monde, rang: int, tiers: list[tuple[UUID, str]], *, envoyer: bool) -> None:
    """The third of the month; mails leave only for the last months, as printing is what costs."""
    platform, celine = monde.platform, monde.gens["celine"]
    parc = platform.database("maintenance")
    for client in tiers[rang % 5 :: 5]:
        await maintenance.ranger(parc, monde.gens["nicolas"], client[0])
    await maintenance.signer_brouillons(parc, celine)
    await platform.drain()
    await maintenance.passer_le_jour(parc)
    await platform.drain()
    await maintenance.realiser_visites(parc, monde.gens["nicolas"], INTERVENANTS)
    await platform.drain()
    await _facturer_les_contrats(monde, envoyer=envoyer)


async def depanner(monde: Monde, rang: int) -> None:
    """A client under contract calls: taken at once, solved at a distance, or waiting."""
    base, claire, nicolas = monde.platform.database("demandes"), monde.gens["claire"], monde.gens["nicolas"]
    jour = jour_paris(monde.platform.clock.now())
    commences = (CopieContrat.etat == "actif", CopieContrat.debut <= jour)
    couverts = select(CopieContrat.tiers_id, CopieContrat.tiers_nom).where(*commences)
    async with monde.platform.database("billing").read() as session:
        clients = (await session.execute(couverts.order_by(CopieContrat.numero))).all()
    if not clients:
        return
    tiers = (clients[rang % len(clients)].tiers_id, clients[rang % len(clients)].tiers_nom)
    panne = demandes.PANNES[rang % len(demandes.PANNES)]
    demande_id = await demandes.ouvrir_sav(base, claire, tiers, panne)
    await monde.platform.drain()
    if rang % 3:
        await demandes.prendre(base, nicolas, demande_id)
    if rang % 3 == 1:
        await demandes.saisir_temps(
            base, nicolas, demande_id, 35 + 5 * rang, "Prise en main à distance, réglage corrigé."
        )
        await demandes.deplacer(base, nicolas, demande_id, "resolu")


async def _facturer_les_contrats(monde: Monde, *, envoyer: bool) -> None:
    base, celine = monde.platform.database("billing"), monde.gens["celine"]
    periode = jour_paris(monde.platform.clock.now()).strftime("%Y-%m")
    async with base.transaction(celine) as tx:
        campagne = await campagnes.ouvrir(tx, periode)
    etapes = [campagnes.creer_affaires, campagnes.emettre, *([campagnes.envoyer] if envoyer else [])]
    for etape in etapes if campagne.lignes else []:
        async with base.transaction(celine) as tx:
            await etape(tx, campagne.id)
    await monde.platform.drain()
