"""Lists about affaires fournisseur."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, case, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.affaire_fournisseur.models import AffaireFournisseur
from services.billing.affaire_fournisseur.rules import EtatAchat
from services.billing.affaire_fournisseur.schemas import ResumeAchat, TotauxAchats
from shared.database.search import correspond
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, Recherche, paginer


@dataclass(frozen=True, slots=True)
class Filtre:
    """The filters of the supplier invoices."""

    q: Recherche = None
    etat: EtatAchat | None = None
    fournisseur_id: UUID | None = None
    reception_id: UUID | None = None

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        if (trouve := correspond(AffaireFournisseur, self.q)) is not None:
            requete = requete.where(trouve)
        if self.etat is not None:
            requete = requete.where(AffaireFournisseur.etat == self.etat)
        if self.fournisseur_id is not None:
            requete = requete.where(AffaireFournisseur.fournisseur_id == self.fournisseur_id)
        if self.reception_id is not None:
            requete = requete.where(AffaireFournisseur.reception_id == self.reception_id)
        return requete


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[ResumeAchat]:
    """Supplier invoices, newest first."""
    requete = filtre.appliquer(select(AffaireFournisseur))
    cles = [Cle(AffaireFournisseur.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeAchat.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaliser(session: AsyncSession, filtre: Filtre) -> TotauxAchats:
    """What the filtered supplier invoices add up to."""
    achat = AffaireFournisseur
    total, etat = func.coalesce(achat.total_facture_ht, achat.total_ht), achat.etat
    sommes: Select[*tuple[Any, ...]] = select(
        func.count(),
        func.coalesce(func.sum(total), ZERO),
        func.coalesce(func.sum(case((etat == EtatAchat.A_CONTROLER, total))), ZERO),
        func.coalesce(func.sum(case((etat == EtatAchat.BLOQUEE, total))), ZERO),
    ).select_from(AffaireFournisseur)
    ligne: Any = (await session.execute(filtre.appliquer(sommes))).one()
    return TotauxAchats(nombre=ligne[0], total_ht=ligne[1], a_controler_ht=ligne[2], bloquees_ht=ligne[3])
