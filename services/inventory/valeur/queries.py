"""The value of the stock at the end of a day. Everything follows from the movements and from what each object was known to cost
that day: nothing is stored, nothing drifts.
"""

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import CTE, Select, case, func, literal, null, select, union_all
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.cout.models import CorrectionCout
from services.inventory.depot.models import Depot
from services.inventory.historique.models import Historique, Mouvement
from services.inventory.historique.rules import Genre
from services.inventory.produit.models import Produit
from services.inventory.valeur.schemas import LigneValeur, ValeurLieu, ValeurStock
from shared.kernel.clock import PARIS
from shared.web.paging import Cle, paginer

# What is ours: in a depot, prepared on a feuille and not delivered, on its way between two depots.
A_NOUS = (Genre.DEPOT, Genre.FEUILLE, Genre.TRANSIT)
HORS_DEPOT = {Genre.FEUILLE: "En préparation", Genre.TRANSIT: "En transit"}
NOMS = ("genre", "lieu", "produit_id", "reference", "designation", "unite", "nature", "quantite", "valeur_ht")


async def au(
    session: AsyncSession, le: date, *, depot_id: UUID | None, limite: int, curseur: str | None
) -> ValeurStock:
    """Totals by place, and the first lines by product; `depot_id` keeps one depot."""
    lignes = _lignes(le, depot_id)
    par_lieu = (
        select(lignes.c.genre, lignes.c.depot_id, func.count(), func.sum(lignes.c.valeur_ht), Depot.nom)
        .outerjoin(Depot, Depot.id == lignes.c.depot_id)
        .group_by(lignes.c.genre, lignes.c.depot_id, Depot.nom)
        .order_by(lignes.c.genre, Depot.nom)
    )
    lieux = [
        ValeurLieu(genre=g, depot_id=d, lieu=nom or HORS_DEPOT[Genre(g)], references=n, valeur_ht=v)
        for g, d, n, v, nom in await session.execute(par_lieu)
    ]
    requete, cles = _detail(lignes)
    trouvees, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return ValeurStock(
        le=le,
        total_ht=sum((lieu.valeur_ht for lieu in lieux), Decimal("0.00")),
        lieux=lieux,
        lignes=[_ligne(ligne) for ligne in trouvees],
        curseur_suivant=suite,
    )


async def exporter(session: AsyncSession, le: date, *, depot_id: UUID | None) -> list[list[str]]:
    """Every line, as a French spreadsheet reads it, the headings first."""
    requete, cles = _detail(_lignes(le, depot_id))
    rangees = [["Lieu", "Référence", "Désignation", "Nature", "Quantité", "Unité", "Valeur HT"]]
    for brute in await session.execute(requete.order_by(*(cle.colonne for cle in cles))):
        x = _ligne(brute)
        rangees.append([x.lieu, x.reference, x.designation, x.nature, _fr(x.quantite), x.unite, _fr(x.valeur_ht)])
    return rangees


def fin_du_jour(le: date) -> datetime:
    """The instant a day ends in France."""
    return datetime.combine(le + timedelta(days=1), time.min, PARIS)


def _lignes(le: date, depot_id: UUID | None) -> CTE:
    """(genre, depot_id, produit_id, nature, quantite, valeur_ht): movements in minus movements out, at real cost."""
    avant = Mouvement.le < fin_du_jour(le)
    corriges = _corriges(le)
    cout = func.coalesce(corriges.c.cout_unitaire_ht, Historique.cout_recu_ht)
    sens = [
        (Mouvement.vers_genre, Mouvement.vers_id, Mouvement.vers_nature, Mouvement.quantite),
        (Mouvement.de_genre, Mouvement.de_id, Mouvement.de_nature, -Mouvement.quantite),
    ]
    cotes: list[Select[Any]] = []
    for genre, lieu_id, nature, quantite in sens:
        depot = case((genre == Genre.DEPOT, lieu_id), else_=null())
        cote = select(
            genre.label("genre"),
            depot.label("depot_id"),
            Mouvement.produit_id.label("produit_id"),
            case((genre == Genre.DEPOT, nature), else_="").label("nature"),  # what is no depot has none
            quantite.label("quantite"),
            (quantite * cout).label("valeur"),
        ).join(Historique, Historique.id == Mouvement.historique_id)
        cote = cote.outerjoin(corriges, corriges.c.historique_id == Historique.id)
        cote = cote.where(avant, genre.in_(A_NOUS))
        if depot_id is not None:
            cote = cote.where(genre == Genre.DEPOT, lieu_id == depot_id)
        cotes.append(cote)
    tous = union_all(*cotes).subquery()
    cle = (tous.c.genre, tous.c.depot_id, tous.c.produit_id, tous.c.nature)
    return (
        select(
            *cle,
            func.sum(tous.c.quantite).label("quantite"),
            func.round(func.sum(tous.c.valeur), 2).label("valeur_ht"),
        )
        .group_by(*cle)
        .having(func.sum(tous.c.quantite) != 0)
        .cte("lignes")
    )


def _corriges(le: date) -> CTE:
    """(historique_id, cout_unitaire_ht): what the invoices accepted by then had made objects cost."""
    correction = CorrectionCout
    return (
        select(correction.historique_id, correction.cout_unitaire_ht)
        .ext(distinct_on(correction.historique_id))
        .where(correction.le < fin_du_jour(le))
        .order_by(correction.historique_id, correction.revision.desc())
        .cte("corriges")
    )


def _detail(lignes: CTE) -> tuple[Select[Any], list[Cle]]:
    place = func.coalesce(Depot.nom, case(*((lignes.c.genre == g, literal(mot)) for g, mot in HORS_DEPOT.items())))
    requete = (
        select(
            lignes.c.genre,
            place.label("lieu"),
            lignes.c.produit_id,
            Produit.reference,
            Produit.designation,
            Produit.unite,
            lignes.c.nature,
            lignes.c.quantite,
            lignes.c.valeur_ht,
        )
        .join(Produit, Produit.id == lignes.c.produit_id)
        .outerjoin(Depot, Depot.id == lignes.c.depot_id)
    )
    return requete, [Cle(place), Cle(Produit.designation_tri), Cle(lignes.c.nature), Cle(Produit.id)]


def _ligne(brute: Sequence[Any]) -> LigneValeur:
    return LigneValeur.model_validate(dict(zip(NOMS, brute, strict=False)))


def _fr(nombre: Decimal) -> str:
    return f"{nombre:f}".replace(".", ",")
