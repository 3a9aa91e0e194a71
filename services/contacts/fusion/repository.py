"""What changes owner when a tiers absorbs another."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select, update
from sqlalchemy.orm import aliased

from services.contacts.encours.models import Piece
from services.contacts.fichier.models import FichierTiers
from services.contacts.note.models import NoteTiers
from services.contacts.rib.models import Rib
from services.contacts.tiers.models import Interlocuteur, Site, Tiers
from shared.database.transaction import Transaction
from shared.fichiers_joints import use_cases as fichiers


async def deplacer(tx: Transaction, garde: Tiers, absorbe: Tiers) -> None:
    """People, files, notes, accounts, addresses, sites and encours of the absorbed file go to the kept one; a code taken there gets a suffix."""
    await tx.execute(update(Tiers).where(Tiers.absorbe_par_id == absorbe.id).values(absorbe_par_id=garde.id))
    await fichiers.reunir(tx, FichierTiers, garde.id, absorbe.id)
    await tx.execute(update(NoteTiers).where(NoteTiers.tiers_id == absorbe.id).values(tiers_id=garde.id))
    deja = select(Rib.iban).where(Rib.proprietaire_id == garde.id)
    await tx.execute(delete(Rib).where(Rib.proprietaire_id == absorbe.id, Rib.iban.in_(deja)))
    await tx.execute(update(Rib).where(Rib.proprietaire_id == absorbe.id).values(proprietaire_id=garde.id))
    await tx.execute(update(Piece).where(Piece.tiers_id == absorbe.id).values(tiers_id=garde.id))
    await tx.execute(update(Interlocuteur).where(Interlocuteur.tiers_id == absorbe.id).values(tiers_id=garde.id))
    renommees = await _prendre(tx, garde, absorbe.adresses, {a.code for a in garde.adresses})
    await _prendre(tx, garde, absorbe.sites, {s.code for s in garde.sites})
    for ancien, nouveau in renommees.items():
        siens = (Site.id.in_([s.id for s in absorbe.sites]), Site.adresse_code == ancien)
        await tx.execute(update(Site).where(*siens).values(adresse_code=nouveau))


async def _prendre(tx: Transaction, garde: Tiers, rangees: Sequence[Any], pris: set[str]) -> dict[str, str]:
    """The rows change owner; the codes that had to change, old to new."""
    renommes: dict[str, str] = {}
    for rang, rangee in enumerate(rangees, len(pris)):
        code = next(c for c in (rangee.code, *(f"{rangee.code[:17]}-{n}" for n in range(2, 99))) if c not in pris)
        pris.add(code)
        if code != rangee.code:
            renommes[rangee.code] = code
        table: Any = type(rangee)
        await tx.execute(update(table).where(table.id == rangee.id).values(tiers_id=garde.id, code=code, rang=rang))
    return renommes


async def fusions_depuis(tx: Transaction, le: datetime) -> list[tuple[Tiers, UUID]]:
    """The tiers kept and the id absorbed, for each merge since `le`."""
    absorbe = aliased(Tiers)
    choix = select(Tiers, absorbe.id).join(absorbe, absorbe.absorbe_par_id == Tiers.id).where(absorbe.absorbe_le >= le)
    lignes: list[Any] = list(await tx.execute(choix))
    return [(garde, absorbe_id) for garde, absorbe_id in lignes]
