"""Everything behind a label, in a handful of statements."""

from datetime import date
from typing import Literal
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.accord_tarifaire.models import AccordTarifaire
from services.maintenance.accord_tarifaire.rules import EtatAccord
from services.maintenance.contrat.models import Contrat
from services.maintenance.copies import queries as copies
from services.maintenance.equipement.queries import listes
from services.maintenance.equipement.schemas import ResumeEquipement
from services.maintenance.errors import EtiquetteInconnue
from services.maintenance.identification.schemas import (
    AccordIdentifie,
    ContratIdentifie,
    Identification,
    TiersIdentifie,
)
from services.maintenance.visite.models import Visite
from services.maintenance.visite.rules import EtatVisite
from shared.database.etendue import HORS_ETENDUE

Couverture = Literal["contrat", "accord", "en_attente", "refuse", "aucune"]
A_VENIR = (EtatVisite.PROGRAMMEE, EtatVisite.DUE, EtatVisite.PLANIFIEE)
# The tariffs that decide: signed ones first, then those waiting for an answer, then the refused ones.
DECISIFS = (EtatAccord.SIGNE, EtatAccord.ENVOYE, EtatAccord.A_ENVOYER, EtatAccord.ECHOUE, EtatAccord.REFUSE)


async def par_etiquette(session: AsyncSession, code: str) -> Identification:
    """Client, object, place and contract behind a label (MA-24)."""
    filtre = listes.Filtre(etiquette=code)
    trouves = (await listes.lister(session, filtre, limite=1, curseur=None)).elements
    if not trouves:
        raise EtiquetteInconnue(code=code)
    equipement = trouves[0]
    contrat = await _contrat(session, equipement.contrat_id)
    accord = await _accord(session, equipement.tiers_id)
    return Identification(
        code=equipement.etiquette or code,
        equipement=equipement,
        tiers=await _tiers(session, equipement),
        contrat=ContratIdentifie.model_validate(contrat, from_attributes=True) if contrat else None,
        accord=AccordIdentifie.model_validate(accord, from_attributes=True) if accord else None,
        couverture=_couverture(contrat, accord),
        prochaine_visite=await _prochaine_visite(session, contrat.id) if contrat else None,
    )


async def _contrat(session: AsyncSession, contrat_id: UUID | None) -> Contrat | None:
    """Whoever holds the object must know that it is covered, whose ever the contract is."""
    return await session.get(Contrat, contrat_id, execution_options=HORS_ETENDUE) if contrat_id else None


def _couverture(contrat: Contrat | None, accord: AccordTarifaire | None) -> Couverture:
    if contrat is not None:
        return "contrat"
    if accord is None:
        return "aucune"
    if accord.etat is EtatAccord.SIGNE:
        return "accord"
    return "refuse" if accord.etat is EtatAccord.REFUSE else "en_attente"


async def _accord(session: AsyncSession, tiers_id: UUID) -> AccordTarifaire | None:
    requete = select(AccordTarifaire).where(AccordTarifaire.tiers_id == tiers_id, AccordTarifaire.etat.in_(DECISIFS))
    accords = (await session.scalars(requete.order_by(AccordTarifaire.id.desc()).limit(20))).all()
    return min(accords, key=lambda a: DECISIFS.index(a.etat), default=None)


async def _tiers(session: AsyncSession, equipement: ResumeEquipement) -> TiersIdentifie:
    fiche = await copies.fiche_tiers(session, equipement.tiers_id)
    return TiersIdentifie(
        id=equipement.tiers_id,
        nom=equipement.tiers_nom,
        code=fiche.code if fiche else None,
        telephone=fiche.telephone if fiche else None,
        email=fiche.email if fiche else None,
        ville=fiche.adresse.ville if fiche and fiche.adresse else "",
    )


async def _prochaine_visite(session: AsyncSession, contrat_id: UUID) -> date | None:
    le = func.min(func.coalesce(Visite.planifiee_le, Visite.date_prevue))
    prochaine: date | None = await session.scalar(
        select(le).where(Visite.contrat_id == contrat_id, Visite.etat.in_(A_VENIR))
    )
    return prochaine
