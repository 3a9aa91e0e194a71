"""The files of an object, and those of every object of a tiers."""

from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from shared.fichiers_joints.errors import FichierInconnu
from shared.fichiers_joints.models import FichierJoint
from shared.fichiers_joints.schemas import FichierDetaille, FichierDuTiers, VueFichier
from shared.web.paging import Cle, Page, paginer

Colonne = InstrumentedAttribute[Any] | ColumnElement[Any]


async def lister(
    session: AsyncSession, modele: type[FichierJoint], proprietaire_id: UUID, *, limite: int, curseur: str | None
) -> Page[VueFichier]:
    """The present edition of each file, the latest attached first."""
    requete = select(modele).where(modele.proprietaire_id == proprietaire_id, modele.est_courant)
    lignes, suite = await paginer(session, requete, _cles(modele), limite=limite, curseur=curseur)
    return Page(elements=[VueFichier.model_validate(ligne) for ligne in lignes], curseur_suivant=suite)


async def detailler(
    session: AsyncSession, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID
) -> FichierDetaille:
    """One edition, with all those of its name that hold their place."""
    fichier = await un(session, modele, proprietaire_id, fichier_id)
    soeurs = (modele.proprietaire_id == proprietaire_id, func.lower(modele.nom) == func.lower(fichier.nom))
    requete = select(modele).where(*soeurs, modele.retire_le.is_(None)).order_by(modele.rang.desc())
    editions = [VueFichier.model_validate(e) for e in await session.scalars(requete)]
    return FichierDetaille(**VueFichier.model_validate(fichier).model_dump(), editions=editions)


async def un(
    session: AsyncSession, modele: type[FichierJoint], proprietaire_id: UUID, fichier_id: UUID
) -> FichierJoint:
    """The file, when it is one of this object; taken off, it stays readable where the journal names it."""
    fichier = await session.get(modele, fichier_id)
    if fichier is None or fichier.proprietaire_id != proprietaire_id:
        raise FichierInconnu
    return fichier


async def du_tiers(
    session: AsyncSession,
    modele: type[FichierJoint],
    tiers: InstrumentedAttribute[Any],
    noms: tuple[Colonne, Colonne],
    tiers_id: UUID,
    *,
    limite: int,
    curseur: str | None,
) -> Page[FichierDuTiers]:
    """The present files of every object of a tiers, the latest attached first; `noms` are number and subject of the object."""
    numero, objet = noms
    jointure = modele.proprietaire_id == tiers.class_.id
    siens = (tiers == tiers_id, modele.est_courant)
    requete = select(modele).add_columns(numero, objet).join(tiers.class_, jointure).where(*siens)
    lignes, suite = await paginer(session, requete, _cles(modele), limite=limite, curseur=curseur)
    return Page(elements=[_du_tiers(*ligne) for ligne in lignes], curseur_suivant=suite)


def _cles(modele: type[FichierJoint]) -> list[Cle]:
    return [Cle(modele.cree_le, decroissant=True), Cle(modele.id, decroissant=True)]


def _du_tiers(fichier: FichierJoint, numero: str, objet: str) -> FichierDuTiers:
    vue = VueFichier.model_validate(fichier).model_dump()
    return FichierDuTiers(
        **vue, proprietaire_id=fichier.proprietaire_id, proprietaire_numero=numero, proprietaire_objet=objet
    )
