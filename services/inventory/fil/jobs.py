"""What an operator has done to the fil de vie."""

from collections.abc import Callable

from services.inventory.fil.use_cases import reconstruction
from services.inventory.fil.use_cases.reconstruction import Bilan, Recits
from shared.database.database import Database
from shared.kernel.actor import Actor

ENSEMBLE = 500
OPERATEUR = Actor.systeme("Reconstruction du fil de vie")


async def reconstruire(db: Database, recits: Recits, progres: Callable[[int], None] = lambda _faits: None) -> Bilan:
    """Tell every life again while the product runs; `progres` is called with the number of facts told so far.

    All in one transaction: people read the old lives until the new ones are whole, and a rebuild that is stopped,
    killed or repeated changes nothing. Facts that arrive meanwhile are told in both; only the last of them wait, for
    the time of putting right what differs.
    """
    async with db.transaction(OPERATEUR) as tx:
        dernier = await reconstruction.dernier_rang(tx)
    async with db.transaction(OPERATEUR) as tx:
        await reconstruction.preparer(tx)
        rang, faits = 0, 0
        while rang < dernier:
            rang, lus = await reconstruction.raconter_de_nouveau(tx, recits, rang, dernier, ENSEMBLE)
            faits += lus
            progres(faits)
        await reconstruction.arreter_les_recits(tx)
        fin = await reconstruction.dernier_rang(tx)
        while rang < fin:
            rang, lus = await reconstruction.raconter_de_nouveau(tx, recits, rang, fin, ENSEMBLE)
            faits += lus
        return await reconstruction.remplacer(tx, faits)
