"""The life of a contract: activated, ended by somebody or by time, prolonged."""

from datetime import date, timedelta
from uuid import UUID

from services.maintenance.contrat import repository
from services.maintenance.contrat.models import Contrat
from services.maintenance.contrat.use_cases.annonce import annoncer, programmer
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

A_LA_FOIS = 200
TOUJOURS_VISIBLE = timedelta(days=365)


async def activer(tx: Transaction, contrat_id: UUID, version: int | None) -> Contrat:
    """It is signed: recurring invoices, coverage and visits start."""
    contrat = await repository.get_for_update(tx, contrat_id)
    await tx.expect_version(contrat, version)
    contrat.activer(tx.actor.nom, tx.now)
    await programmer(tx, contrat)
    await annoncer(tx, contrat)
    return contrat


async def resilier(tx: Transaction, contrat_id: UUID, effet: date, motif: str, version: int | None) -> Contrat:
    """It ends on that day: no invoice, coverage or visit after it."""
    contrat = await repository.get_for_update(tx, contrat_id)
    await tx.expect_version(contrat, version)
    contrat.resilier(effet, motif, tx.now)
    contrat.clore(jour_paris(tx.now))
    await programmer(tx, contrat)
    await annoncer(tx, contrat)
    return contrat


async def actualiser(tx: Transaction, aujourd_hui: date) -> int:
    """Contracts that begin to cover, or are over, as days pass; answers how many were told."""
    contrats = await repository.a_actualiser(tx, aujourd_hui, A_LA_FOIS)
    for contrat in contrats:
        if contrat.clore(aujourd_hui):
            await programmer(tx, contrat)
        await annoncer(tx, contrat)
    return len(contrats)


async def prolonger(tx: Transaction, aujourd_hui: date) -> int:
    """A year of visits is always in view; answers how many schedules were extended."""
    contrats = await repository.a_prolonger(tx, aujourd_hui + TOUJOURS_VISIBLE, A_LA_FOIS)
    for contrat in contrats:
        await programmer(tx, contrat)
    return len(contrats)
