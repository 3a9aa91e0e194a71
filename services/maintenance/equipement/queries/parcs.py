"""The parcs in figures: one row per client, and the tree of one of them."""

from typing import Any
from uuid import UUID

from sqlalchemy import Integer, Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.sql.elements import ColumnElement

from services.maintenance.copies.models import CopieTiers
from services.maintenance.equipement.models import Equipement
from services.maintenance.equipement.schemas import (
    BrancheGroupe,
    BrancheLieu,
    CompteType,
    ResumeParc,
    TotauxParcs,
    VueParc,
)
from services.maintenance.parc.models import Groupe, Lieu, Parc
from services.maintenance.parc.rules import SEPARATEUR
from services.maintenance.parc.schemas import VueGroupe, VueLieu
from shared.kernel.text import normaliser_recherche
from shared.web.paging import Cle, Page, paginer


def _nombre(*conditions: ColumnElement[bool]) -> Any:
    """How many objects still there meet `conditions`, as a column of a row of another table."""
    presents = select(func.count()).select_from(Equipement).where(Equipement.est_retire.is_(False), *conditions)
    return presents.correlate(Parc, Lieu, Groupe).scalar_subquery()


async def lister(session: AsyncSession, *, q: str | None, limite: int, curseur: str | None) -> Page[ResumeParc]:
    """Clients who own something, in alphabetical order."""
    du_client = Equipement.tiers_id == Parc.tiers_id
    lieux = select(func.count()).select_from(Lieu).where(Lieu.tiers_id == Parc.tiers_id).scalar_subquery()
    requete = select(
        Parc.tiers_id, Parc.nom, _nombre(du_client), _nombre(du_client, Equipement.contrat_id.is_not(None)), lieux
    )
    requete = _nommes(requete, q)
    cles = [Cle(Parc.nom_tri), Cle(Parc.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = tuple(ResumeParc.model_fields)
    elements = [ResumeParc.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def totaux(session: AsyncSession, *, q: str | None) -> TotauxParcs:
    """What the clients so named own together, each table read once."""
    nombre = await session.scalar(_nommes(select(func.count()).select_from(Parc), q))
    siens = _nommes(select(Parc.tiers_id), q)
    objets = select(func.count(), func.count().filter(Equipement.contrat_id.is_not(None))).where(
        Equipement.est_retire.is_(False), Equipement.tiers_id.in_(siens)
    )
    equipements, sous_contrat = (await session.execute(objets)).one()
    lieux = await session.scalar(select(func.count()).select_from(Lieu).where(Lieu.tiers_id.in_(siens)))
    return TotauxParcs(nombre=nombre or 0, equipements=equipements, sous_contrat=sous_contrat, lieux=lieux or 0)


def _nommes(requete: Select[Any], q: str | None) -> Select[Any]:
    for mot in normaliser_recherche(q or "").split()[:8]:
        requete = requete.where(Parc.nom_tri.contains(mot, autoescape=True))
    return requete


async def arbre(session: AsyncSession, tiers_id: UUID) -> VueParc:
    """Places, groups and types of one client with their counts; all zero when he owns nothing yet."""
    copie = await session.get(CopieTiers, tiers_id)
    nom = copie.nom if copie else await session.scalar(select(Parc.nom).where(Parc.tiers_id == tiers_id))
    return VueParc(
        tiers_id=tiers_id,
        nom=nom or "",
        code=copie.fiche.get("code") if copie else None,
        lieux=await _lieux(session, tiers_id),
        groupes=await _groupes(session, tiers_id),
        types=await _types(session, tiers_id),
        **await _chiffres(session, tiers_id),
    )


async def _chiffres(session: AsyncSession, tiers_id: UUID) -> dict[str, int]:
    ici = Equipement.est_retire.is_(False)
    colonnes = {
        "equipements": func.count().filter(ici),
        "sous_contrat": func.count().filter(ici, Equipement.contrat_id.is_not(None)),
        "sans_lieu": func.count().filter(ici, Equipement.lieu_id.is_(None)),
        "sans_groupe": func.count().filter(ici, Equipement.groupe_id.is_(None)),
        "retires": func.count().filter(Equipement.est_retire),
    }
    requete = select(*(c.label(n) for n, c in colonnes.items())).where(Equipement.tiers_id == tiers_id)
    return dict((await session.execute(requete)).mappings().one())


async def _lieux(session: AsyncSession, tiers_id: UUID) -> list[BrancheLieu]:
    requete = select(Lieu, _nombre(Equipement.lieu_id == Lieu.id)).where(Lieu.tiers_id == tiers_id)
    lus = [(lieu, int(nombre)) for lieu, nombre in await session.execute(requete.order_by(Lieu.chemin, Lieu.id))]
    return [
        BrancheLieu(
            **VueLieu.model_validate(lieu).model_dump(),
            equipements=nombre,
            equipements_dedans=sum(
                n for autre, n in lus if autre is lieu or autre.chemin.startswith(lieu.chemin + SEPARATEUR)
            ),
        )
        for lieu, nombre in lus
    ]


async def _groupes(session: AsyncSession, tiers_id: UUID) -> list[BrancheGroupe]:
    requete = select(Groupe, _nombre(Equipement.groupe_id == Groupe.id)).where(Groupe.tiers_id == tiers_id)
    return [
        BrancheGroupe(**VueGroupe.model_validate(groupe).model_dump(), equipements=nombre)
        for groupe, nombre in await session.execute(requete.order_by(Groupe.nom, Groupe.id))
    ]


async def _types(session: AsyncSession, tiers_id: UUID) -> list[CompteType]:
    libelle = func.max(func.coalesce(Equipement.type_libelle, Equipement.type_code))
    requete = (
        select(Equipement.type_code, libelle, func.count().cast(Integer))
        .where(Equipement.tiers_id == tiers_id, Equipement.est_retire.is_(False), Equipement.type_code.is_not(None))
        .group_by(Equipement.type_code)
        .order_by(libelle)
    )
    return [CompteType(code=c, libelle=lib, equipements=n) for c, lib, n in await session.execute(requete)]
