"""What administrators can cause to the kinds of tiers."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select

from services.contacts.errors import GenreFerme, GenreInconnu, GenrePris, GenresTropNombreux, TypeDeContactInconnu
from services.contacts.genre import rules
from services.contacts.genre.models import GenreTiers
from services.contacts.genre.schemas import SaisieGenre
from shared.database.transaction import Transaction
from shared.kernel.refusals import Refusal

MAXIMUM = 30


async def creer(tx: Transaction, saisie: SaisieGenre) -> GenreTiers:
    """A new kind, after the others."""
    connus = list(await tx.scalars(select(GenreTiers)))
    if len(connus) >= MAXIMUM:
        raise GenresTropNombreux(maximum=MAXIMUM)
    await _refuser_nom_pris(tx, saisie.libelle, None)
    code = rules.code_libre(saisie.libelle, {g.code for g in connus})
    genre = GenreTiers(**saisie.model_dump(), code=code, rang=max((g.rang for g in connus), default=0) + 1)
    tx.add(genre)
    return genre


async def modifier(tx: Transaction, genre_id: UUID, saisie: SaisieGenre, version: int | None) -> GenreTiers:
    """Rename it, or stop offering it."""
    genre = await tx.get(GenreTiers, genre_id, with_for_update=True)
    if genre is None:
        raise GenreInconnu
    await tx.expect_version(genre, version)
    await _refuser_nom_pris(tx, saisie.libelle, genre_id)
    genre.modifier(saisie.libelle, saisie.ton, est_actif=saisie.est_actif)
    return genre


async def verifier(tx: Transaction, codes: Sequence[str], deja: Collection[str]) -> None:
    """Refuse a kind that does not exist, or that is closed unless the tiers is already of it."""
    neufs = {code: rang for rang, code in enumerate(codes) if code not in rules.FIXES and code not in deja}
    if not neufs:
        return
    connus = {g.code: g for g in await tx.scalars(select(GenreTiers).where(GenreTiers.code.in_(neufs)))}
    for code, rang in neufs.items():
        if code not in connus:
            raise _au_champ(rang, TypeDeContactInconnu(code=code))
        if not connus[code].est_actif:
            raise _au_champ(rang, GenreFerme(libelle=connus[code].libelle))


def _au_champ(rang: int, refus: Refusal) -> Refusal:
    """The refusal, said beside the kind it is about."""
    refus.contexte["erreurs"] = [{"champ": f"roles.{rang}", "message": refus.detail}]
    return refus


async def _refuser_nom_pris(tx: Transaction, libelle: str, sauf: UUID | None) -> None:
    meme = func.lower(GenreTiers.libelle) == libelle.lower()
    if await tx.scalar(select(GenreTiers.id).where(meme, GenreTiers.id.is_distinct_from(sauf)).limit(1)):
        raise GenrePris(libelle=libelle)
