"""The rows of an import, in batches outside any request; called again after a crash, it goes on where it was."""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from services.contacts.echange import rules as regles
from services.contacts.echange import use_cases
from services.contacts.echange.models import ImportTiers
from shared.contracts.contacts import ImportDemande
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.means import Means
from shared.web.problems import phrase_champ

LOT = 200


async def executer(db: Database, fait: ImportDemande) -> None:
    """Each batch and its progress are written together, or, when trying, only the progress."""
    async with db.read() as session:
        ouvert = await session.get(ImportTiers, fait.import_id)
    if ouvert is None or ouvert.etat not in ("essai", "application"):
        return
    with await Means.of(db).stockage.ouvrir(ouvert.sha256) as fichier:
        rangees = (await asyncio.to_thread(use_cases.lire, fichier))[1:]
    colonnes = {int(rang): cle for rang, cle in ouvert.colonnes.items()}
    doubles = regles.doubles(rangees, colonnes, ouvert.cle)
    acteur = Actor.systeme(f"Import par {ouvert.par}")
    for debut in range(ouvert.traitees, len(rangees), LOT):
        lot = list(enumerate(rangees[debut : debut + LOT], debut + 2))  # the headings are line 1
        traiter = partial(use_cases.traiter, colonnes=colonnes, cle=ouvert.cle, doubles=doubles, phrase=phrase_champ)
        await _lot(db, acteur, fait, lot, traiter, debut + len(lot))
    async with db.transaction(acteur) as tx:
        fini = await tx.get(ImportTiers, fait.import_id, with_for_update=True)
        if fini is not None and fini.etat in ("essai", "application"):
            fini.finir()


async def _lot(
    db: Database,
    acteur: Actor,
    fait: ImportDemande,
    rangees: list[tuple[int, list[str]]],
    traiter: Callable[[Transaction, list[tuple[int, list[str]]]], Awaitable[use_cases.Lot]],
    traitees: int,
) -> None:
    tx = db.begin(acteur)
    try:
        resultat = await traiter(tx, rangees)
        if fait.est_essai:
            await tx.abandon()
            tx = db.begin(acteur)
        ouvert = await tx.get(ImportTiers, fait.import_id, with_for_update=True)
        if ouvert is not None:
            ouvert.noter(
                traitees=traitees,
                creations=resultat.creations,
                modifications=resultat.modifications,
                erreurs=resultat.erreurs,
            )
    except BaseException:
        await tx.abandon()
        raise
    await tx.finish()
