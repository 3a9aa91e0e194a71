"""What this service knows of tiers, staff and coverage."""

from collections.abc import Iterable
from datetime import date
from uuid import UUID

from sqlalchemy import bindparam, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.copies.models import (
    CopieAccord,
    CopieCollaborateur,
    CopieCompte,
    CopieContrat,
    CopieCouverture,
    CopieEquipe,
    CopieEquipement,
    CopieTiers,
)
from services.demandes.copies.rules import Accord, Contrat, Couverture, decider
from services.demandes.errors import CollaborateurNonConnu
from shared.database.statements import once
from shared.kernel.actor import Actor

MOI = once(
    select(CopieCollaborateur.collaborateur_id, CopieCollaborateur.nom)
    .join(CopieCompte, CopieCompte.collaborateur_id == CopieCollaborateur.collaborateur_id)
    .where(CopieCompte.compte_id == bindparam("compte_id"))
)


async def tiers(session: AsyncSession, tiers_id: UUID) -> CopieTiers | None:
    """The tiers, if its fact arrived."""
    return await session.get(CopieTiers, tiers_id)


async def tiers_par_email(session: AsyncSession, email: str) -> UUID | None:
    """The only tiers of a mail address; None when several share it."""
    requete = select(CopieTiers.tiers_id).where(func.lower(CopieTiers.email) == email.lower()).limit(2)
    trouves = list(await session.scalars(requete))
    return trouves[0] if len(trouves) == 1 else None


async def equipement(session: AsyncSession, equipement_id: UUID) -> CopieEquipement | None:
    """The object, if its fact arrived."""
    return await session.get(CopieEquipement, equipement_id)


async def equipements_de(session: AsyncSession, tiers_id: UUID) -> list[CopieEquipement]:
    """The objects of a client, by name; 200 at most."""
    requete = select(CopieEquipement).where(CopieEquipement.tiers_id == tiers_id)
    return list(await session.scalars(requete.order_by(CopieEquipement.designation).limit(200)))


async def par_etiquette(session: AsyncSession, code: str) -> CopieEquipement | None:
    """The object that wears a label."""
    return (await session.scalars(select(CopieEquipement).where(CopieEquipement.etiquette == code).limit(1))).first()


async def collaborateur(session: AsyncSession, collaborateur_id: UUID) -> CopieCollaborateur:
    """An active member of staff; refuses anybody else."""
    trouve = await session.get(CopieCollaborateur, collaborateur_id)
    if trouve is None or not trouve.est_actif:
        raise CollaborateurNonConnu
    return trouve


async def collaborateurs(session: AsyncSession) -> list[CopieCollaborateur]:
    """Active staff, by name."""
    requete = select(CopieCollaborateur).where(CopieCollaborateur.est_actif).order_by(CopieCollaborateur.nom)
    return list(await session.scalars(requete))


async def equipes(session: AsyncSession) -> list[CopieEquipe]:
    """Active teams, by name."""
    return list(await session.scalars(select(CopieEquipe).where(CopieEquipe.est_active).order_by(CopieEquipe.nom)))


async def membres(session: AsyncSession, equipe_id: UUID) -> list[UUID]:
    """The active members of a team, in its own sequence; none when the team is unknown."""
    equipe = await session.get(CopieEquipe, equipe_id)
    requete = select(CopieCollaborateur.collaborateur_id).where(CopieCollaborateur.est_actif)
    siens = list(equipe.membre_ids) if equipe else []
    actifs = set(await session.scalars(requete.where(CopieCollaborateur.collaborateur_id.in_(siens))))
    return [membre for membre in siens if membre in actifs]


async def travaillees(session: AsyncSession, ids: Iterable[UUID]) -> set[str]:
    """The half-days at least one of these people works in a week."""
    requete = select(func.unnest(CopieCollaborateur.demi_journees)).distinct()
    return set(await session.scalars(requete.where(CopieCollaborateur.collaborateur_id.in_(set(ids)))))


async def noms(session: AsyncSession, ids: Iterable[UUID]) -> dict[UUID, str]:
    """Names of collaborators."""
    requete = select(CopieCollaborateur.collaborateur_id, CopieCollaborateur.nom)
    lignes = await session.execute(requete.where(CopieCollaborateur.collaborateur_id.in_(set(ids))))
    return {ligne[0]: ligne[1] for ligne in lignes}


async def moi(session: AsyncSession, actor: Actor) -> tuple[UUID | None, str]:
    """The collaborator behind a signed-in person (id and name), else the person themselves."""
    ligne = (await session.execute(MOI, {"compte_id": actor.id})).first()
    return (ligne[0], ligne[1]) if ligne else (actor.id, actor.nom)


async def sous_contrat(session: AsyncSession, tiers_id: UUID) -> bool:
    """Whether a client has a contract in force."""
    couvert = select(CopieCouverture.tiers_id).where(
        CopieCouverture.tiers_id == tiers_id, func.cardinality(CopieCouverture.contrat_ids) > 0
    )
    actif = select(CopieContrat.contrat_id).where(CopieContrat.tiers_id == tiers_id, CopieContrat.etat == "actif")
    return bool(await session.scalar(select(or_(couvert.exists(), actif.exists()))))


async def couverture(session: AsyncSession, tiers_id: UUID, equipement_id: UUID | None, jour: date) -> Couverture:
    """Whether maintenance or signed tariffs allow an intervention at that client's on that day."""
    dite = await session.get(CopieCouverture, tiers_id)
    contrats = await session.scalars(
        select(CopieContrat).where(CopieContrat.tiers_id == tiers_id).order_by(CopieContrat.debut)
    )
    accords = await session.scalars(select(CopieAccord).where(CopieAccord.tiers_id == tiers_id))
    signes = [Accord(a.accord_id, a.etat, a.equipement_id) for a in accords]
    if dite is not None and dite.accord_id is not None and all(a.accord_id != dite.accord_id for a in signes):
        signes.append(Accord(dite.accord_id, "signe", None))
    return decider(
        contrats=[Contrat(c.contrat_id, c.etat, c.debut, c.fin, tuple(c.equipement_ids)) for c in contrats],
        accords=signes,
        couverts=dite.equipement_ids if dite else (),
        couverts_par=dite.contrat_ids if dite else (),
        equipement_id=equipement_id,
        jour=jour,
    )
