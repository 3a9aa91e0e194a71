"""Lists and pages about demandes, straight from SQL to schemas."""

from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, func, literal, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.copies import queries as copies
from services.demandes.demande.models import Demande
from services.demandes.demande.rules import Urgence
from services.demandes.demande.schemas import EtatVu, Fille, Filtres, LigneDemande, Proposition, Resume, VueDemande
from services.demandes.errors import DemandeInconnue
from services.demandes.lien import queries as liens
from services.demandes.type_demande import repository as types
from services.demandes.type_demande.models import Domaine, Etat, Regle, TypeDemande
from shared.database.statements import once
from shared.kernel.actor import Actor
from shared.kernel.clock import PARIS
from shared.kernel.search import requete_recherche
from shared.web.paging import Cle, Page, Totaux, paginer, totaliser

ICONE = func.coalesce(
    select(Domaine.icone).where(Domaine.code == Demande.domaine_code).scalar_subquery(),
    select(TypeDemande.icone).where(TypeDemande.id == Demande.type_id).scalar_subquery(),
)
CALCULEES: dict[str, Any] = {"icone": ICONE, "etat_libelle": Etat.libelle, "etat_couleur": Etat.couleur}
COLONNES = tuple(LigneDemande.model_fields)
COLONNES_FILLE = tuple(Fille.model_fields)
LOIN = date(9999, 12, 31)
TRIS: dict[str, tuple[Cle, ...]] = {
    "urgence": (Cle(Demande.urgence_rang), Cle(Demande.cree_le), Cle(Demande.id)),
    "anciennete": (Cle(Demande.cree_le), Cle(Demande.id)),
    "-anciennete": (Cle(Demande.cree_le, decroissant=True), Cle(Demande.id, decroissant=True)),
    "echeance": (Cle(func.coalesce(Demande.echeance, literal(LOIN))), Cle(Demande.id)),
    "client": (Cle(Demande.tiers_nom), Cle(Demande.id)),
}
COMPTEURS = once(
    select(
        func.count().label("ouvertes"),
        func.count().filter(Demande.responsable_id == bindparam("moi")).label("miennes"),
        func.count().filter(Demande.urgence == Urgence.URGENTE).label("urgentes"),
        func.count().filter(Demande.echeance < bindparam("jour")).label("en_retard"),
        func.count().filter(Demande.prochaine_relance_le <= bindparam("jour")).label("a_relancer"),
        func.count().filter(Demande.etat_depuis < bindparam("avant")).label("attente_15_jours"),
    ).where(Demande.est_close.is_(False))
)
FILLES_MAX = 100


def minuit(jour: date, avant: int) -> datetime:
    """The start of the day in Paris, `avant` days before."""
    return datetime.combine(jour - timedelta(days=avant), time(0), PARIS)


def conditions(filtres: Filtres, jour: date) -> list[ColumnElement[bool]]:
    """Filters in SQL. `jour` is today in Paris."""
    egales = ("type_code", "etat_code", "urgence", "responsable_id", "tiers_id", "affaire_id", "equipement_id")
    trouvees: list[ColumnElement[bool]] = [
        getattr(Demande, champ) == getattr(filtres, champ) for champ in egales if getattr(filtres, champ) is not None
    ]
    if filtres.q and (texte := requete_recherche(filtres.q)):
        trouvees.append(Demande.recherche.op("@@")(func.to_tsquery("simple", texte)))
    if filtres.sous_contrat:
        trouvees.append(Demande.sous_contrat.is_(True))
    ouvertes = True if filtres.ne_vise_que_les_ouvertes else filtres.ouvertes
    if ouvertes is not None:
        trouvees.append(Demande.est_close.is_(not ouvertes))
    if filtres.en_retard:
        trouvees.append(Demande.echeance < jour)
    if filtres.attente_jours is not None:
        trouvees.append(Demande.etat_depuis < minuit(jour, filtres.attente_jours))
    if filtres.a_relancer:
        trouvees.append(Demande.prochaine_relance_le <= jour)
    return trouvees


async def resoudre(session: AsyncSession, filtres: Filtres, actor: Actor) -> Filtres:
    """ "Mine" means: of the collaborator behind the signed-in person."""
    if not filtres.miennes:
        return filtres
    moi, _ = await copies.moi(session, actor)
    return filtres.model_copy(update={"responsable_id": moi})


async def lister(
    session: AsyncSession, filtres: Filtres, *, jour: date, tri: str, limite: int, curseur: str | None
) -> Page[LigneDemande]:
    """Demandes in the asked order, with the label of their state."""
    requete = (
        select(*(CALCULEES[c] if c in CALCULEES else getattr(Demande, c) for c in COLONNES))
        .join(Etat, (Etat.type_id == Demande.type_id) & (Etat.code == Demande.etat_code))
        .where(*conditions(filtres, jour))
    )
    lignes, suite = await paginer(session, requete, TRIS[tri], limite=limite, curseur=curseur)
    elements = [LigneDemande.model_validate(dict(zip(COLONNES, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def totaux(session: AsyncSession, filtres: Filtres, *, jour: date) -> Totaux:
    """How many demandes the filters keep, and what they are worth."""
    return await totaliser(session, select(Demande.id).where(*conditions(filtres, jour)), Demande.montant_ht.expression)


async def fiche(session: AsyncSession, demande_id: UUID, actor: Actor) -> VueDemande:
    """The page of a demande: itself, its circuit, its family, the objects of the other services."""
    demande = await session.get(Demande, demande_id)
    if demande is None:
        raise DemandeInconnue
    genre = await types.par_id(session, demande.type_id)
    mere = await session.get(Demande, demande.parent_id) if demande.parent_id else None
    propres = {c: getattr(demande, c) for c in VueDemande.model_fields if hasattr(Demande, c)}
    etat = next(e for e in genre.etats if e.code == demande.etat_code)
    return VueDemande(
        **propres,
        type_libelle=genre.libelle,
        type_icone=genre.icone,
        type_nature=genre.nature,
        etat=EtatVu.model_validate(etat),
        etats=[EtatVu.model_validate(e) for e in genre.etats],
        possibles=[e.code for e in genre.suites(demande.etat_code)],
        motifs=genre.motifs(demande.etat_code),
        proposition=await _proposition(session, demande, genre.etats),
        parent=Resume.model_validate(mere) if mere else None,
        filles=await _filles(session, demande_id),
        liens=await liens.de_la_demande(session, demande_id, actor),
    )


async def _filles(session: AsyncSession, demande_id: UUID) -> list[Fille]:
    requete = (
        select(*(CALCULEES[c] if c in CALCULEES else getattr(Demande, c) for c in COLONNES_FILLE))
        .join(Etat, (Etat.type_id == Demande.type_id) & (Etat.code == Demande.etat_code))
        .where(Demande.parent_id == demande_id)
        .order_by(Demande.cree_le)
        .limit(FILLES_MAX)
    )
    lignes = await session.execute(requete)
    return [Fille.model_validate(dict(zip(COLONNES_FILLE, ligne, strict=True))) for ligne in lignes]


async def _proposition(session: AsyncSession, demande: Demande, etats: list[Etat]) -> Proposition | None:
    if demande.etat_propose is None:
        return None
    libelle: Any = next((e.libelle for e in etats if e.code == demande.etat_propose), demande.etat_propose)
    regle = await session.get(Regle, demande.propose_regle_id) if demande.propose_regle_id else None
    return Proposition(
        vers=demande.etat_propose,
        vers_libelle=libelle,
        regle_id=regle.id if regle else None,
        parce_que=demande.propose_parce_que,
    )


async def compteurs(session: AsyncSession, *, jour: date, actor: Actor) -> dict[str, int]:
    """Counts of the personal views of the left panel, in one statement."""
    moi, _ = await copies.moi(session, actor)
    valeurs = {"moi": moi, "jour": jour, "avant": minuit(jour, 15)}
    ligne = (await session.execute(COMPTEURS, valeurs)).one()
    return {nom: int(valeur) for nom, valeur in ligne._mapping.items()}
