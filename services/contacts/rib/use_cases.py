"""What staff can cause to the bank details of a tiers."""

from uuid import UUID

from sqlalchemy import select

from services.contacts.errors import RibDejaConnu, RibInconnu, TiersAbsorbe
from services.contacts.rib.models import Rib
from services.contacts.rib.schemas import SaisieRib
from services.contacts.tiers import repository, rules
from shared.database.transaction import Transaction


async def creer(tx: Transaction, tiers_id: UUID, saisie: SaisieRib) -> None:
    """One more account."""
    rib = Rib(proprietaire_id=tiers_id)
    await _remplir(tx, rib, saisie)
    tx.add(rib)


async def modifier(tx: Transaction, tiers_id: UUID, rib_id: UUID, saisie: SaisieRib, version: int | None) -> None:
    """Another number, holder or bank; the trace keeps what was there."""
    rib = await _get_for_update(tx, tiers_id, rib_id)
    await tx.expect_version(rib, version)
    await _remplir(tx, rib, saisie)


async def supprimer(tx: Transaction, tiers_id: UUID, rib_id: UUID) -> None:
    """The account is closed; the trace keeps it."""
    await tx.delete(await _get_for_update(tx, tiers_id, rib_id))


async def _get_for_update(tx: Transaction, tiers_id: UUID, rib_id: UUID) -> Rib:
    rib = await tx.get(Rib, rib_id, with_for_update=True)
    if rib is None or rib.proprietaire_id != tiers_id:
        raise RibInconnu
    return rib


async def _remplir(tx: Transaction, rib: Rib, saisie: SaisieRib) -> None:
    """Checked: the figures of the IBAN, the letters of the BIC, within reach of whoever writes it, once on a file."""
    tiers = await repository.get_for_update(tx, rib.proprietaire_id)
    if tiers.absorbe_par_id:
        raise TiersAbsorbe
    iban = rules.iban(saisie.iban)
    meme = select(Rib.id).where(Rib.proprietaire_id == tiers.id, Rib.iban == iban, Rib.id.is_distinct_from(rib.id))
    if await tx.scalar(meme.limit(1)):
        raise RibDejaConnu(nom=tiers.nom)
    rib.titulaire, rib.iban, rib.bic = saisie.titulaire or tiers.nom, iban, rules.bic(saisie.bic)
