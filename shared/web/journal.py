"""The audit read back over HTTP, the same in every service: the past of one object, or all that happened in a period.

A service says with `Lisible` which right reads each kind of object and which of its fields are costs; a kind it does
not name is for administrators alone.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated, Any
from uuid import UUID

from fastapi import APIRouter, Depends, Query, Request
from pydantic import BaseModel
from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from shared.database.etendue import HorsEtendue, Regles
from shared.database.platform import audit
from shared.kernel.actor import Actor
from shared.kernel.clock import PARIS, Clock, jour_paris
from shared.kernel.couts import PAR_LEUR_NOM
from shared.kernel.refusals import PermissionManquante
from shared.web.auth import CurrentActor, may
from shared.web.doors import Db
from shared.web.paging import Cle, Curseur, Limite, Page, paginer

router = APIRouter(tags=["journal"])
ADMINISTRATION = "administration"
COUTS = "couts.voir"
JOURS_MONTRES = 7
SIENS = 500  # of what belongs to an object, those whose past is told with its own
PREMIER_JOUR = date(2000, 1, 1)  # nothing was written before, and calendars have ends
CLES = (Cle(audit.c.le, decroissant=True), Cle(audit.c.id, decroissant=True))
COLONNES = (
    *(audit.c.id, audit.c.objet_type, audit.c.objet_id, audit.c.version, audit.c.par, audit.c.par_nom),
    *(audit.c.le, audit.c.origine, audit.c.avant, audit.c.apres),
)


@dataclass(frozen=True, slots=True)
class Lisible:
    """Who may read the past of a kind of object, and which of its fields only show to who sees costs.

    `de` is the table of a kind whose rows name, in `proprietaire_id`, the object they belong to: their past is told with its own.
    """

    permission: str
    couts: frozenset[str] = frozenset()
    de: type[Any] | None = None

    def cache(self, champ: str) -> bool:
        """Whether `champ` is a cost or a margin, declared or told by its name."""
        return champ in self.couts or champ.startswith(PAR_LEUR_NOM)


RESERVE = Lisible(ADMINISTRATION)
Lisibles = Mapping[str, Lisible]


class VueTrace(BaseModel):
    """One change: `avant` is None for a creation, `apres` for a removal; costs are left out for who may not see them."""

    id: int
    objet_type: str
    objet_id: UUID
    version: int
    par: UUID | None
    par_nom: str
    le: datetime
    origine: str
    avant: dict[str, Any] | None
    apres: dict[str, Any] | None


class FiltreJournal(BaseModel):
    """What the whole journal is narrowed to; days are those of France, both included."""

    qui: str = ""
    objet_type: str = ""
    origine: str = ""
    du: date | None = None
    au: date | None = None


def _filtre(
    qui: Annotated[str, Query(max_length=120)] = "",
    objet_type: Annotated[str, Query(max_length=60)] = "",
    origine: Annotated[str, Query(max_length=40)] = "",
    du: date | None = None,
    au: date | None = None,
) -> FiltreJournal:
    return FiltreJournal(qui=qui.strip(), objet_type=objet_type, origine=origine, du=du, au=au)


@router.get("/journal")
async def journal(
    request: Request,
    db: Db,
    filtre: Annotated[FiltreJournal, Depends(_filtre)],
    actor: Annotated[Actor, may(ADMINISTRATION)],
    limite: Limite = 50,
    curseur: Curseur = None,
) -> Page[VueTrace]:
    """Everything that happened in the period (a week by default), the latest first."""
    async with db.read() as session:
        requete = tout(filtre, db.database.clock)
        return await lire(session, requete, actor, request.app.state.journal, limite=limite, curseur=curseur)


@router.get("/journal/{objet_id}")
async def de_l_objet(
    objet_id: UUID, request: Request, db: Db, actor: CurrentActor, limite: Limite = 50, curseur: Curseur = None
) -> Page[VueTrace]:
    """Every change of one object and of what belongs to it, the latest first, for who may read them."""
    lisibles: Lisibles = request.app.state.journal
    async with db.read() as session:
        siens = audit.c.objet_id.in_(await _siens(session, objet_id, lisibles))
        connus = set(await session.scalars(select(audit.c.objet_type).where(siens).distinct()))
        permis = {genre for genre in connus if actor.may(lisibles.get(genre, RESERVE).permission)}
        if connus and not permis:
            raise PermissionManquante(permission=lisibles.get(connus.pop(), RESERVE).permission)
        await _refuser_hors_etendue(session, actor, db.database.etendues, objet_id)
        requete = select(*COLONNES).where(siens, audit.c.objet_type.in_(permis))
        return await lire(session, requete, actor, lisibles, limite=limite, curseur=curseur)


async def _siens(session: AsyncSession, objet_id: UUID, lisibles: Lisibles) -> list[UUID]:
    """The object and the latest of what is named as its own; read first, so that traces are found by their index."""
    ids = [objet_id]
    for table in (lisible.de for lisible in lisibles.values() if lisible.de is not None):
        siens = select(table.id).where(table.proprietaire_id == objet_id)
        ids += await session.scalars(siens.order_by(table.id.desc()).limit(SIENS))
    return ids


def tout(filtre: FiltreJournal, clock: Clock) -> Select[Any]:
    """The rows of the period that pass the filter; the period bounds what is read, by the index of `le`."""
    aujourd_hui = jour_paris(clock.now())
    au = min(max(filtre.au or aujourd_hui, PREMIER_JOUR), aujourd_hui)
    du = min(max(filtre.du or au - timedelta(days=JOURS_MONTRES), PREMIER_JOUR), aujourd_hui + timedelta(days=1))
    requete = select(*COLONNES).where(audit.c.le >= _minuit(du), audit.c.le < _minuit(au + timedelta(days=1)))
    if filtre.qui:
        requete = requete.where(audit.c.par_nom.icontains(filtre.qui, autoescape=True))
    for colonne, valeur in ((audit.c.objet_type, filtre.objet_type), (audit.c.origine, filtre.origine)):
        if valeur:
            requete = requete.where(colonne == valeur)
    return requete


async def lire(
    session: AsyncSession,
    requete: Select[Any],
    actor: Actor,
    lisibles: Lisibles,
    *,
    limite: int,
    curseur: str | None = None,
) -> Page[VueTrace]:
    """A page of traces as `actor` may see them."""
    lignes, suite = await paginer(session, requete, CLES, limite=limite, curseur=curseur)
    couts = actor.may(COUTS)
    return Page(elements=[_vue(ligne, lisibles, couts) for ligne in lignes], curseur_suivant=suite)


async def _refuser_hors_etendue(session: AsyncSession, actor: Actor, regles: Regles, objet_id: UUID) -> None:
    """A record out of reach has no past either."""
    if not actor.etendues:
        return
    propres = set(await session.scalars(select(audit.c.objet_type).where(audit.c.objet_id == objet_id).distinct()))
    for regle in regles:
        modeles: list[Any] = [regle.modele, *(cle.class_ for cle in regle.suivent)]
        for modele in modeles:
            concerne = modele.__tablename__ in propres and actor.reduit_a(regle.genre) is not None
            if concerne and await session.get(modele, objet_id) is None:
                raise HorsEtendue


def _vue(ligne: Any, lisibles: Lisibles, couts: bool) -> VueTrace:
    valeurs = dict(zip((colonne.name for colonne in COLONNES), ligne, strict=True))
    if not couts:
        lisible = lisibles.get(valeurs["objet_type"], RESERVE)
        for cote in ("avant", "apres"):
            dit = valeurs[cote]
            valeurs[cote] = dit and {champ: v for champ, v in dit.items() if not lisible.cache(champ)}
    return VueTrace(**valeurs)


def _minuit(jour: date) -> datetime:
    return datetime.combine(jour, time(), PARIS)
