"""The configuration as screens need it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.type_demande import repository
from services.demandes.type_demande.models import Domaine, TypeDemande
from services.demandes.type_demande.schemas import LigneType, VueDomaine, VueEtat, VueRegle, VueType


async def lister(session: AsyncSession) -> list[LigneType]:
    """Every type with its states; a company has a handful."""
    requete = select(TypeDemande).options(selectinload(TypeDemande.etats))
    return [LigneType.model_validate(t) for t in await session.scalars(requete.order_by(TypeDemande.ordre))]


async def fiche(session: AsyncSession, code: str) -> VueType:
    """A whole type."""
    return vue(await repository.par_code(session, code))


async def domaines(session: AsyncSession) -> list[VueDomaine]:
    """What a demande may be about."""
    return [VueDomaine.model_validate(d) for d in await session.scalars(select(Domaine).order_by(Domaine.ordre))]


def vue(lu: TypeDemande) -> VueType:
    """A loaded type as the API gives it."""
    rangs = {etat.code: etat.ordre for etat in lu.etats}
    transitions: dict[str, list[str]] = {etat.code: [] for etat in lu.etats}
    for transition in sorted(lu.transitions, key=lambda t: rangs.get(t.vers, 0)):
        transitions.setdefault(transition.de, []).append(transition.vers)
    return VueType(
        id=lu.id,
        version=lu.version,
        code=lu.code,
        libelle=lu.libelle,
        icone=lu.icone,
        est_actif=lu.est_actif,
        nature=lu.nature,
        exige_couverture=lu.exige_couverture,
        ouverture_fait=lu.ouverture_fait,
        etats=[VueEtat.model_validate(e) for e in lu.etats],
        transitions=transitions,
        regles=[VueRegle.model_validate(r) for r in lu.regles],
    )
