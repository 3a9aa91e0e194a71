"""Lists and screens about tariff agreements."""

from datetime import date
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.accord_tarifaire import rules
from services.maintenance.accord_tarifaire.models import AccordTarifaire, TarifHabituel
from services.maintenance.accord_tarifaire.schemas import AccordPublic, VueAccord, VueTarif
from services.maintenance.copies import queries as copies
from services.maintenance.equipement.models import Equipement
from services.maintenance.errors import AccordInconnu, LienInvalide
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer


async def lister(
    session: AsyncSession, *, q: str | None, tiers_id: UUID | None, etat: str | None, limite: int, curseur: str | None
) -> Page[VueAccord]:
    """Agreements, newest first."""
    requete = select(AccordTarifaire)
    if q and (trouve := correspond(AccordTarifaire, q)) is not None:
        requete = requete.where(trouve)
    if tiers_id:
        requete = requete.where(AccordTarifaire.tiers_id == tiers_id)
    if etat:
        requete = requete.where(AccordTarifaire.etat == etat)
    cles = [Cle(AccordTarifaire.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[VueAccord.model_validate(a) for a in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, accord_id: UUID) -> VueAccord:
    """One agreement."""
    accord = await session.get(AccordTarifaire, accord_id)
    if accord is None:
        raise AccordInconnu
    return VueAccord.model_validate(accord)


async def tarif_habituel(session: AsyncSession) -> VueTarif | None:
    """The usual rates, when they were given."""
    tarif = await session.scalar(select(TarifHabituel))
    return VueTarif.model_validate(tarif) if tarif else None


async def public(session: AsyncSession, jeton: str, jour: date) -> AccordPublic:
    """What the client reads behind his link."""
    requete = select(AccordTarifaire).where(AccordTarifaire.jeton_sha256 == rules.empreinte(jeton))
    accord = await session.scalar(requete)
    if accord is None:
        raise LienInvalide
    societe = await copies.societe(session)
    equipement = await session.get(Equipement, accord.equipement_id) if accord.equipement_id else None
    return AccordPublic(
        numero=accord.numero,
        etat=accord.etat,
        societe=societe.raison_sociale,
        telephone=societe.telephone,
        courriel=societe.email,
        client=accord.tiers_nom,
        equipement=equipement.designation if equipement else "",
        taux_horaire_ht=accord.taux_horaire_ht,
        deplacement_ht=accord.deplacement_ht,
        conditions=accord.conditions,
        valable_jusqu_au=accord.valable_jusqu_au,
        est_expire=jour > accord.valable_jusqu_au,
        repondu_le=accord.repondu_le,
        repondu_par=accord.repondu_par,
    )
