"""Lists and screens about contracts."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.contrat import rules
from services.maintenance.contrat.models import Contrat, LigneContrat
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.contrat.schemas import (
    EquipementLigne,
    ResumeContrat,
    TotauxContrats,
    VisitePrevue,
    VueContrat,
    VueEcheance,
    VueLigne,
)
from services.maintenance.equipement.models import Equipement
from services.maintenance.errors import ContratInconnu
from services.maintenance.parc.models import Lieu
from services.maintenance.visite.models import Visite
from services.maintenance.visite.rules import EtatVisite, ajouter_mois, dates_de_visites
from shared.database.search import correspond
from shared.kernel.money import ZERO, arrondi
from shared.web.paging import Cle, Page, paginer

ECHEANCES_VUES = 12
A_VENIR = (EtatVisite.PROGRAMMEE, EtatVisite.DUE, EtatVisite.PLANIFIEE)
MONTANT = (
    select(func.coalesce(func.sum(LigneContrat.montant_ht), ZERO))
    .where(LigneContrat.contrat_id == Contrat.id)
    .scalar_subquery()
)
EQUIPEMENTS = (
    select(func.coalesce(func.sum(func.cardinality(LigneContrat.equipement_ids)), 0))
    .where(LigneContrat.contrat_id == Contrat.id)
    .scalar_subquery()
)
PROCHAINE = (
    select(func.min(func.coalesce(Visite.planifiee_le, Visite.date_prevue)))
    .where(Visite.contrat_id == Contrat.id, Visite.etat.in_(A_VENIR))
    .scalar_subquery()
)


@dataclass(frozen=True, slots=True)
class Filtre:
    """The filters of the contracts. `a_renouveler_avant`: in force and ending at the latest that day."""

    q: str | None = None
    tiers_id: UUID | None = None
    etat: str | None = None
    demande_id: UUID | None = None
    a_renouveler_avant: date | None = None

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        if self.q and (trouve := correspond(Contrat, self.q)) is not None:
            requete = requete.where(trouve)
        if self.tiers_id:
            requete = requete.where(Contrat.tiers_id == self.tiers_id)
        if self.etat:
            requete = requete.where(Contrat.etat == self.etat)
        if self.demande_id:
            requete = requete.where(Contrat.demande_id == self.demande_id)
        if self.a_renouveler_avant:
            requete = requete.where(Contrat.etat == EtatContrat.ACTIF, Contrat.fin <= self.a_renouveler_avant)
        return requete


async def lister(
    session: AsyncSession, filtre: Filtre, *, aujourd_hui: date, limite: int, curseur: str | None
) -> Page[ResumeContrat]:
    """Contracts, newest first, with what each bills and its next visit."""
    requete = filtre.appliquer(select(Contrat, MONTANT, EQUIPEMENTS, PROCHAINE))
    cles = [Cle(Contrat.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    elements = [ResumeContrat.model_validate(_resume(*ligne, aujourd_hui=aujourd_hui)) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def totaliser(session: AsyncSession, filtre: Filtre) -> TotauxContrats:
    """What the filtered contracts add up to, each brought back to a year."""
    par_an = MONTANT * 12 / Contrat.periodicite_mois
    sommes: Select[*tuple[Any, ...]] = select(func.count(), func.coalesce(func.sum(par_an), ZERO)).select_from(Contrat)
    ligne: Any = (await session.execute(filtre.appliquer(sommes))).one()
    return TotauxContrats(nombre=ligne[0], annuel_ht=arrondi(ligne[1]))


def _resume(
    contrat: Contrat, montant: Decimal, equipements: int, visite: date | None, *, aujourd_hui: date
) -> dict[str, Any]:
    propres = {c: getattr(contrat, c) for c in ResumeContrat.model_fields if c in Contrat.__table__.c}
    a_venir = _echeances(contrat, aujourd_hui, 1)
    prochaine = a_venir[0].facturee_le if a_venir and contrat.etat is EtatContrat.ACTIF else None
    calcules = {"montant_ht": montant, "equipements": int(equipements), "prochaine_visite": visite}
    return {**propres, **calcules, "prochaine_facture": prochaine}


def _echeances(contrat: Contrat, aujourd_hui: date, nombre: int) -> list[rules.Echeance]:
    """The next periods to bill, this month's included."""
    mois = aujourd_hui.replace(day=1)
    horizon = ajouter_mois(max(mois, contrat.debut), contrat.periodicite_mois * (nombre + 1))
    toutes = rules.echeances(
        debut=contrat.debut,
        fin=contrat.fin,
        periodicite_mois=contrat.periodicite_mois,
        est_a_echoir=contrat.est_a_echoir,
        jusqu_au=horizon,
    )
    return [e for e in toutes if e.facturee_le >= mois][:nombre]


async def fiche(session: AsyncSession, contrat_id: UUID, aujourd_hui: date) -> VueContrat:
    """A contract whole, with its next invoices and its visits."""
    requete = select(Contrat, MONTANT, EQUIPEMENTS, PROCHAINE).where(Contrat.id == contrat_id)
    ligne = (await session.execute(requete)).one_or_none()
    if ligne is None:
        raise ContratInconnu
    contrat, montant = ligne[0], ligne[1]
    champs = {c: getattr(contrat, c) for c in VueContrat.model_fields if c in Contrat.__table__.c}
    echeances = [
        VueEcheance(debut=e.debut, fin=e.fin, facturee_le=e.facturee_le, montant_ht=montant)
        for e in _echeances(contrat, aujourd_hui, ECHEANCES_VUES)
    ]
    return VueContrat.model_validate(
        {
            **champs,
            **_resume(*ligne, aujourd_hui=aujourd_hui),
            "lignes": await _lignes(session, contrat_id),
            "echeances": echeances if contrat.etat in rules.MODIFIABLES else [],
            "visites": await _visites(session, contrat),
        }
    )


async def _lignes(session: AsyncSession, contrat_id: UUID) -> list[VueLigne]:
    requete = select(LigneContrat).where(LigneContrat.contrat_id == contrat_id).order_by(LigneContrat.rang)
    lignes = (await session.scalars(requete)).all()
    objets = await _objets(session, {e for ligne in lignes for e in ligne.equipement_ids})
    return [
        VueLigne(
            id=ligne.id,
            designation=ligne.designation,
            montant_ht=ligne.montant_ht,
            taux_tva=ligne.taux_tva,
            equipements=[objets[e] for e in ligne.equipement_ids if e in objets],
        )
        for ligne in lignes
    ]


async def _objets(session: AsyncSession, ids: set[UUID]) -> dict[UUID, EquipementLigne]:
    requete = (
        select(Equipement.id, Equipement.designation, Equipement.numero_serie, Lieu.chemin, Equipement.est_retire)
        .outerjoin(Lieu, Lieu.id == Equipement.lieu_id)
        .where(Equipement.id.in_(ids))
    )
    return {
        id_: EquipementLigne(id=id_, designation=nom, numero_serie=serie, lieu=lieu or "", est_retire=retire)
        for id_, nom, serie, lieu, retire in await session.execute(requete)
    }


async def _visites(session: AsyncSession, contrat: Contrat) -> list[VisitePrevue]:
    """The visits scheduled; for a draft, those of the first two years it would schedule."""
    if contrat.etat is EtatContrat.BROUILLON:
        fin = min(contrat.fin or date.max, ajouter_mois(contrat.debut, 24))
        dates = dates_de_visites(contrat.premiere_visite, contrat.visites_par_an, fin)
        return [VisitePrevue(id=None, date_prevue=le, etat="proposee") for le in dates]
    requete = select(Visite).where(Visite.contrat_id == contrat.id).order_by(Visite.date_prevue.desc()).limit(60)
    return [VisitePrevue.model_validate(v) for v in reversed((await session.scalars(requete)).all())]
