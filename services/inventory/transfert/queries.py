"""The list of transfers and one of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import joinedload, selectinload

from services.inventory.errors import TransfertInconnu
from services.inventory.transfert.models import Transfert
from services.inventory.transfert.rules import EtatTransfert
from services.inventory.transfert.schemas import EnTeteTransfert, VueTransfert
from shared.web.paging import Cle, Page, paginer

DEPOTS = (joinedload(Transfert.de_depot), joinedload(Transfert.vers_depot))
TETE = (
    *("id", "version", "numero", "etat", "de_depot_id", "vers_depot_id", "motif"),
    *("envoye_par", "envoye_le", "recu_par", "recu_le"),
)


async def lister(
    session: AsyncSession, *, etat: EtatTransfert | None, depot_id: UUID | None, limite: int, curseur: str | None
) -> Page[EnTeteTransfert]:
    """Transfers, the latest first; `depot_id` is where they leave or arrive."""
    requete = select(Transfert).options(*DEPOTS)
    if etat is not None:
        requete = requete.where(Transfert.etat == etat)
    if depot_id is not None:
        requete = requete.where(or_(Transfert.de_depot_id == depot_id, Transfert.vers_depot_id == depot_id))
    cles = [Cle(Transfert.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[EnTeteTransfert.model_validate(_tete(t)) for t in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, transfert_id: UUID) -> VueTransfert:
    """One transfer."""
    requete = select(Transfert).where(Transfert.id == transfert_id).options(*DEPOTS, selectinload(Transfert.lignes))
    transfert = (await session.scalars(requete.execution_options(populate_existing=True))).one_or_none()
    if transfert is None:
        raise TransfertInconnu
    return VueTransfert.model_validate({**_tete(transfert), "lignes": transfert.lignes}, from_attributes=True)


def _tete(transfert: Transfert) -> dict[str, Any]:
    return {
        **{nom: getattr(transfert, nom) for nom in TETE},
        "de": transfert.de_depot.nom,
        "vers": transfert.vers_depot.nom,
    }
