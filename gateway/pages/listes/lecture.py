"""A list as its page shows it: its columns with those the account hides, and what it adds up to."""

import json
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import Request
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import personnel
from gateway.pages.listes.definition import Adresse, Colonne, Json, Liste
from gateway.pages.rendu import aujourd_hui
from gateway.session.dependances import Utilisateur
from shared.kernel.money import ZERO

MILLIONIEME = Decimal("0.000001")  # what the scripts of the page count in


@dataclass(frozen=True, slots=True)
class VueListe:
    """What the table of a list needs. `sans` numbers the hidden columns, from 1, the one of the boxes to tick included;
    `totaux` is None when nothing adds up; `ajouts` are the columns that add up the rows one ticks, none: nothing to tick.
    """

    colonnes: list[Json]
    sans: str
    totaux: Json | None
    unite: str
    exporter: str
    choisir: str
    ajouts: list[Colonne]

    def sommes(self, ligne: Json) -> str:
        """What a row counts for in each column of totals, in their sequence, plain decimals; 0 where it has no amount."""
        return " ".join(f"{_ajoute(colonne, ligne):f}" for colonne in self.ajouts)


def adresse(request: Request) -> Adresse:
    """The query of the page, without what is empty nor the place in the list."""
    return {nom: valeur for nom, valeur in request.query_params.items() if valeur and nom != "curseur"}


async def lire(request: Request, user: Utilisateur, liste: Liste, **dits: str) -> tuple[Any, VueListe]:
    """A page of the list and how it is shown; the page is Indisponible when the service is stopped.

    `dits` are filters that the path of the page says, and not its query.
    """
    dite = {**adresse(request), **dits}
    filtres = liste.parametres(dite, aujourd_hui(request))
    curseur = request.query_params.get("curseur")
    demandes: list[tuple[str, str, Json]] = [(liste.service, liste.chemin, {**filtres, "curseur": curseur})]
    if liste.totaux and not curseur:
        demandes.append((liste.service, liste.totaux, {nom: v for nom, v in filtres.items() if nom != "tri"}))
    page, *totaux = await user.services.panneaux(*demandes)
    async with request.app.state.database.read() as session:
        cachees = await masquees(session, user.compte.id, liste)
    return page, _vue(liste, user, dite, cachees, totaux[0] if totaux else None)


async def lire_exigee(request: Request, user: Utilisateur, liste: Liste, **dits: str) -> tuple[Json, VueListe]:
    """The same where the page is nothing without its list: what the service refuses is raised."""
    page, vue = await lire(request, user, liste, **dits)
    if not page:
        filtres = liste.parametres({**adresse(request), **dits}, aujourd_hui(request))
        curseur = request.query_params.get("curseur")
        page = await user.services.get(liste.service, liste.chemin, {**filtres, "curseur": curseur})
    return page, vue


async def masquees(session: AsyncSession, compte_id: UUID, liste: Liste) -> frozenset[str]:
    """The names of the columns this account hides."""
    gardees = await personnel.preference(session, compte_id, cle_de(liste))
    return frozenset(json.loads(gardees)) if gardees else frozenset()


def cle_de(liste: Liste) -> str:
    """Under which name the choice of an account is kept."""
    return f"listes.{liste.cle}"


def _vue(liste: Liste, user: Utilisateur, dite: Adresse, cachees: frozenset[str], totaux: Any) -> VueListe:
    colonnes = [c for c in liste.colonnes if not c.fichier_seul and (c.si is None or c.si(dite))]
    interdites = {c.libelle for c in colonnes if c.droit and not user.may(c.droit)}
    ajouts = [c for c in colonnes if liste.totaux and c.total and c.libelle not in interdites]
    sans = [str(n) for n, c in enumerate(colonnes, 2 if ajouts else 1) if c.libelle in interdites | cachees]
    return VueListe(
        colonnes=[_colonne(c, totaux, ajouts) for c in colonnes],
        sans=" ".join(sans),
        totaux=totaux or None,
        unite=liste.unite,
        exporter=f"/listes/{liste.cle}/exporter?{urlencode(dite)}",
        choisir=f"/listes/{liste.cle}/colonnes",
        ajouts=ajouts,
    )


def _colonne(colonne: Colonne, totaux: Any, ajouts: list[Colonne]) -> Json:
    tri = {"cle": colonne.tri} if colonne.tri else {}
    total = totaux.get(colonne.total) if totaux and colonne.total else None
    rang = ajouts.index(colonne) if colonne in ajouts else None
    pied = {"total": total, "total_dit": colonne.total_dit, "est_nombre": colonne.est_nombre, "rang": rang}
    return {"libelle": colonne.libelle, "classe": colonne.classe, **tri, **pied}


def _ajoute(colonne: Colonne, ligne: Json) -> Decimal:
    lire_ = colonne.ajoute or colonne.valeur
    valeur = lire_(ligne) if lire_ else None
    return valeur.quantize(MILLIONIEME) if isinstance(valeur, Decimal) else ZERO
