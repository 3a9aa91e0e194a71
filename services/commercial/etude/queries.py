"""Lists and screens about etudes, straight from SQL to schemas."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, ScalarSelect, Select, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute

from services.commercial.copies.models import CopieCollaborateur
from services.commercial.errors import EtudeInconnue
from services.commercial.etude.models import Etude
from services.commercial.etude.schemas import EtatEtude, LigneEtude, Resume, VueEtude
from services.commercial.proposition import queries as propositions
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules import chiffrage
from services.commercial.proposition.rules.statuts import MODIFIABLES, Statut
from shared.database.search import correspond
from shared.web.paging import Cle, Page, Totaux, paginer, totaliser

COLONNES = (
    *("id", "numero", "objet", "demande_id", "demande_numero", "tiers_id", "tiers_nom", "commercial_id", "cree_le"),
)
PROPRES = (*COLONNES, "version", "affaire_id", "agence_id", "notes", "modifie_le")
Filtres = dict[str, UUID | None]


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    etat: EtatEtude | None,
    filtres: Filtres,
    limite: int,
    curseur: str | None,
) -> Page[LigneEtude]:
    """Etudes, the latest first, each with its propositions: two statements whatever their number."""
    choix = _filtrees(q, etat, filtres, *(getattr(Etude, colonne) for colonne in COLONNES), _montant())
    cles = [Cle(Etude.id, decroissant=True)]
    lignes, suite = await paginer(session, choix, cles, limite=limite, curseur=curseur)
    resumes = await _resumes(session, [ligne[0] for ligne in lignes])
    noms = (*COLONNES, "montant_ht")
    elements = [_ligne(dict(zip(noms, ligne, strict=True)), resumes.get(ligne[0], [])) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def totaux(session: AsyncSession, *, q: str | None, etat: EtatEtude | None, filtres: Filtres) -> Totaux:
    """How many etudes the filters keep, and what they are worth."""
    return await totaliser(session, _filtrees(q, etat, filtres, Etude.id), _montant())


def _montant() -> ScalarSelect[Decimal]:
    """What is signed, amendments included; else the dearest proposition still open."""
    signe = func.sum(Proposition.total_ht).filter(Proposition.statut == Statut.VALIDE)
    ouvert = func.max(Proposition.total_ht).filter(Proposition.statut.in_(MODIFIABLES))
    montant = select(func.coalesce(signe, ouvert, 0)).where(Proposition.etude_id == Etude.id)
    return montant.correlate(Etude).scalar_subquery()


def _filtrees(
    q: str | None, etat: EtatEtude | None, filtres: Filtres, *colonnes: ColumnElement[Any] | InstrumentedAttribute[Any]
) -> Select[Any]:
    choix = select(*colonnes)
    if (trouve := correspond(Etude, q)) is not None:
        choix = choix.where(trouve)
    for nom, valeur in filtres.items():
        if valeur is not None:
            choix = choix.where(getattr(Etude, nom) == valeur)
    if etat:
        choix = choix.where(_condition(etat))
    return choix


async def entiere(session: AsyncSession, etude_id: UUID, *, couts: bool) -> VueEtude:
    """The etude and its propositions side by side."""
    choix = (
        select(CopieCollaborateur.nom, *(getattr(Etude, nom) for nom in PROPRES))
        .select_from(Etude)
        .outerjoin(CopieCollaborateur, CopieCollaborateur.collaborateur_id == Etude.commercial_id)
        .where(Etude.id == etude_id)
    )
    trouvee = (await session.execute(choix)).one_or_none()
    if trouvee is None:
        raise EtudeInconnue
    soeurs = propositions.resumees().where(Proposition.etude_id == etude_id).order_by(Proposition.rang)
    vues = [propositions.resumee(tuple(valeurs), couts=couts) for valeurs in await session.execute(soeurs)]
    valeurs = dict(zip(("commercial_nom", *PROPRES), trouvee, strict=True))
    return VueEtude.model_validate(valeurs | {"propositions": vues})


async def _resumes(session: AsyncSession, etude_ids: Sequence[UUID]) -> dict[UUID, list[Resume]]:
    colonnes = ("etude_id", "id", "rang", "libelle", "numero", "statut", "total_ht")
    choix = (
        select(*(getattr(Proposition, colonne) for colonne in colonnes))
        .where(Proposition.etude_id.in_(etude_ids))
        .order_by(Proposition.rang)
    )
    par_etude: dict[UUID, list[Resume]] = {}
    for etude_id, *valeurs in await session.execute(choix):
        v = dict(zip(colonnes[1:], valeurs, strict=True))
        par_etude.setdefault(etude_id, []).append(Resume.model_validate(v | {"lettre": chiffrage.lettre(v["rang"])}))
    return par_etude


def _ligne(valeurs: dict[str, object], resumes: list[Resume]) -> LigneEtude:
    statuts = {resume.statut for resume in resumes}
    etat: EtatEtude = "perdue"
    if Statut.VALIDE in statuts:
        etat = "gagnee"
    elif statuts & MODIFIABLES or not statuts:
        etat = "en_cours"
    return LigneEtude.model_validate(valeurs | {"propositions": resumes, "etat": etat})


def _condition(etat: EtatEtude) -> ColumnElement[bool]:
    sienne = Proposition.etude_id == Etude.id
    gagnee = exists().where(sienne, Proposition.statut == Statut.VALIDE)
    ouverte = exists().where(sienne, Proposition.statut.in_(MODIFIABLES))
    conditions: dict[str, ColumnElement[bool]] = {
        "gagnee": gagnee,
        "en_cours": ~gagnee & ouverte,
        "perdue": ~gagnee & ~ouverte,
    }
    return conditions[etat]
