"""Lists about received electronic invoices."""

from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.copies import queries as copies
from services.billing.errors import FactureRecueInconnue
from services.billing.facture_recue.models import FactureRecue
from services.billing.facture_recue.repository import en_attente
from services.billing.facture_recue.rules import sommes
from services.billing.facture_recue.rules.etat import EtatRecue
from services.billing.facture_recue.schemas import AchatPossible, ResumeRecue, TotauxRecues, VueRecue
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession, etat: EtatRecue | None, achat_id: UUID | None, *, limite: int, curseur: str | None
) -> Page[ResumeRecue]:
    """Received invoices, newest first."""
    requete = select(FactureRecue)
    if etat is not None:
        requete = requete.where(FactureRecue.etat == etat)
    if achat_id is not None:
        requete = requete.where(FactureRecue.achat_id == achat_id)
    cles = [Cle(FactureRecue.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeRecue.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaliser(session: AsyncSession) -> TotauxRecues:
    """Those that wait."""
    totaux: Select[*tuple[Any, ...]] = select(func.count(), func.coalesce(func.sum(FactureRecue.total_ht), ZERO))
    ligne: Any = (await session.execute(totaux.where(FactureRecue.etat == EtatRecue.A_RAPPROCHER))).one()
    return TotauxRecues(nombre=ligne[0], total_ht=ligne[1])


async def fiche(session: AsyncSession, recue_id: UUID) -> VueRecue:
    """One of them; FactureRecueInconnue."""
    recue = await session.get(FactureRecue, recue_id)
    if recue is None:
        raise FactureRecueInconnue
    vue = VueRecue.model_validate(recue)
    if recue.etat is not EtatRecue.A_RAPPROCHER:
        etat = select(AffaireFournisseur.etat).where(AffaireFournisseur.id == recue.achat_id)
        return vue.model_copy(update={"achat_etat": await session.scalar(etat)})
    fournisseurs = await copies.fournisseurs(session, vue.lue.vendeur.identifiants, vue.lue.vendeur.nom)
    achats = await session.scalars(en_attente(select(AffaireFournisseur), fournisseurs))
    possibles = [AchatPossible.model_validate(achat) for achat in achats]
    return vue.model_copy(update={"possibles": possibles, "est_juste": not sommes.ecarts(vue.lue)})
