"""Lists and screens about invoices."""

from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.billing.copies.models import Fusion
from services.billing.errors import DocumentEnPreparation, FactureInconnue
from services.billing.facture.documents import structuree
from services.billing.facture.models import EnvoiFacture, Facture, Reglement
from services.billing.facture.rules import EtatFacture
from services.billing.facture.schemas import (
    DossierFacture,
    ResumeFacture,
    TotauxFactures,
    VueEnvoi,
    VueFacture,
    VueReglement,
)
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, paginer


class Filtre:
    """The filters of the invoices table. `situation`: "en_retard", "a_envoyer", "non_payee" or a state."""

    def __init__(
        self, *, q: str | None, tiers_id: UUID | None, demande_id: UUID | None, situation: str | None, aujourd_hui: date
    ) -> None:
        self._q, self._tiers_id, self._demande_id = q, tiers_id, demande_id
        self._situation, self._aujourd_hui = situation, aujourd_hui

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        if self._q:
            requete = requete.where(Facture.numero.startswith(self._q.strip().upper(), autoescape=True))
        if self._tiers_id:
            absorbes = select(Fusion.absorbe_id).where(Fusion.tiers_id == self._tiers_id)
            requete = requete.where(or_(Facture.tiers_id == self._tiers_id, Facture.tiers_id.in_(absorbes)))
        if self._demande_id:
            requete = requete.where(Facture.demande_id == self._demande_id)
        return self._par_situation(requete)

    def _par_situation(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self._situation == "en_retard":
            return requete.where(Facture.solde_ttc > ZERO, Facture.echeance < self._aujourd_hui)
        if self._situation == "non_payee":
            return requete.where(Facture.solde_ttc > ZERO)
        if self._situation == "a_envoyer":
            return requete.where(Facture.etat == EtatFacture.EMISE)
        if self._situation in tuple(EtatFacture):
            return requete.where(Facture.etat == self._situation)
        return requete


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[ResumeFacture]:
    """Invoices, newest first."""
    requete = filtre.appliquer(select(Facture))
    lignes, suite = await paginer(
        session, requete, [Cle(Facture.rang, decroissant=True)], limite=limite, curseur=curseur
    )
    return Page(elements=[ResumeFacture.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def totaliser(session: AsyncSession, filtre: Filtre) -> TotauxFactures:
    """What the filtered invoices add up to."""
    sommes: Select[*tuple[Any, ...]] = select(
        func.count(), func.coalesce(func.sum(Facture.total_ttc), ZERO), func.coalesce(func.sum(Facture.solde_ttc), ZERO)
    ).select_from(Facture)
    ligne: Any = (await session.execute(filtre.appliquer(sommes))).one()
    return TotauxFactures(nombre=ligne[0], total_ttc=ligne[1], reste_du_ttc=ligne[2])


async def dossier(session: AsyncSession, facture_id: UUID) -> DossierFacture:
    """The invoice, its sendings and payments."""
    facture = await session.get(Facture, facture_id)
    if facture is None:
        raise FactureInconnue
    envois = await session.scalars(
        select(EnvoiFacture).where(EnvoiFacture.facture_id == facture_id).order_by(EnvoiFacture.demande_le)
    )
    reglements = await session.scalars(
        select(Reglement).where(Reglement.facture_id == facture_id).order_by(Reglement.recu_le, Reglement.id)
    )
    return DossierFacture(
        **VueFacture.model_validate(facture).model_dump(),
        manques=structuree.manques(facture.contenu),
        envois=[VueEnvoi.model_validate(e) for e in envois],
        reglements=[VueReglement.model_validate(r) for r in reglements],
    )


async def document(session: AsyncSession, facture_id: UUID) -> tuple[str, str]:
    """(number, sha256) of the kept PDF; refuses while it is being made."""
    facture = await session.get(Facture, facture_id)
    if facture is None:
        raise FactureInconnue
    if facture.document_sha256 is None:
        raise DocumentEnPreparation(numero=facture.numero)
    return facture.numero, facture.document_sha256
