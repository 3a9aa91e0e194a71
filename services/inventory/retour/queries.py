"""The list of returns and one of them."""

from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.errors import RetourInconnu
from services.inventory.retour.models import Retour
from services.inventory.retour.rules import EtatRetour
from services.inventory.retour.schemas import VueRetour
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession,
    *,
    etat: EtatRetour | None,
    fournisseur_id: UUID | None,
    limite: int,
    curseur: str | None,
    avec_couts: bool,
) -> Page[VueRetour]:
    """Returns, the latest first."""
    requete = select(Retour)
    if etat is not None:
        requete = requete.where(Retour.etat == etat)
    if fournisseur_id is not None:
        requete = requete.where(Retour.fournisseur_id == fournisseur_id)
    lignes, suite = await paginer(session, requete, [Cle(Retour.id, decroissant=True)], limite=limite, curseur=curseur)
    return Page(elements=[vue(retour, avec_couts=avec_couts) for retour in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, retour_id: UUID, *, avec_couts: bool) -> VueRetour:
    """One return."""
    retour = await session.get(Retour, retour_id)
    if retour is None:
        raise RetourInconnu
    return vue(retour, avec_couts=avec_couts)


def vue(retour: Retour, *, avec_couts: bool) -> VueRetour:
    """A return as the API gives it."""
    complete = VueRetour.model_validate(retour)
    return complete if avec_couts else complete.model_copy(update={"avoir_ht": None})
