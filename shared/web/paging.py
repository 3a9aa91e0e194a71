"""Lists page by key: no OFFSET, a cursor that holds the sort values of the last row seen."""

import base64
from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Annotated, Any, Generic, TypeVar
from uuid import UUID

import orjson
from fastapi import Query
from pydantic import BaseModel
from sqlalchemy import ColumnElement, Select, and_, func, null, or_
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import InstrumentedAttribute
from sqlalchemy.sql.visitors import iterate

from shared.kernel.refusals import Invalid

LIMITE_MAX = 200
T = TypeVar("T")


class CurseurIllisible(Invalid):
    """La suite de cette liste n’est plus accessible ; rechargez la liste."""


class Page(BaseModel, Generic[T]):
    """One page of a list; `curseur_suivant` is None on the last one."""

    elements: list[T]
    curseur_suivant: str | None = None


class Totaux(BaseModel):
    """What a filtered list adds up to, euros HT; None for who may not see it."""

    nombre: int
    total_ht: Decimal | None


Limite = Annotated[int, Query(ge=1, le=LIMITE_MAX)]
Curseur = Annotated[str | None, Query(max_length=600)]
Recherche = Annotated[str | None, Query(max_length=120)]


class Cle:
    """One column of a sort order. `analyser` reads its value back from the cursor."""

    def __init__(self, colonne: ColumnElement[Any] | InstrumentedAttribute[Any], *, decroissant: bool = False) -> None:
        self.colonne: ColumnElement[Any] = colonne.expression if isinstance(colonne, InstrumentedAttribute) else colonne
        self.decroissant = decroissant

    def ordre(self, *, sans_index: bool = False) -> ColumnElement[Any]:
        colonne = func.coalesce(self.colonne, self.colonne) if sans_index else self.colonne
        return colonne.desc() if self.decroissant else colonne.asc()

    def apres(self, valeur: Any) -> ColumnElement[bool]:
        return self.colonne.__lt__(valeur) if self.decroissant else self.colonne.__gt__(valeur)

    def a_partir_de(self, valeur: Any) -> ColumnElement[bool]:
        return self.colonne.__le__(valeur) if self.decroissant else self.colonne.__ge__(valeur)

    def analyser(self, brut: Any) -> Any:
        kind = self.colonne.type.python_type
        readers: dict[type, Any] = {
            UUID: UUID,
            datetime: datetime.fromisoformat,
            date: date.fromisoformat,
            Decimal: Decimal,
        }
        return readers.get(kind, kind)(brut)


def _ecrire(valeurs: Sequence[Any]) -> str:
    texte = [str(v) if isinstance(v, Decimal | UUID) else v for v in valeurs]
    return base64.urlsafe_b64encode(orjson.dumps(texte)).decode().rstrip("=")


def curseur_de(valeurs: Sequence[Any]) -> str:
    """The cursor after a row whose sort values are `valeurs`: for lists whose first page comes from another query."""
    return _ecrire(valeurs)


def _lire(curseur: str, cles: Sequence[Cle]) -> list[Any]:
    try:
        brut = orjson.loads(base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)))
        return [cle.analyser(v) for cle, v in zip(cles, brut, strict=True)]
    except (ValueError, TypeError, ArithmeticError) as error:
        raise CurseurIllisible from error


def _condition(cles: Sequence[Cle], valeurs: Sequence[Any]) -> ColumnElement[bool]:
    """Rows after `valeurs` in the sort order: (a > x) or (a = x and b > y) ..., and a >= x, which is where the index begins:
    without it PostgreSQL reads again every page before this one.
    """
    branches = []
    for rang, cle in enumerate(cles):
        egaux = [avant.colonne == valeur for avant, valeur in zip(cles[:rang], valeurs, strict=False)]
        branches.append(and_(*egaux, cle.apres(valeurs[rang])))
    return and_(cles[0].a_partir_de(valeurs[0]), or_(*branches))


def _cherche_des_mots(requete: Select[Any]) -> bool:
    """Whether words are searched. PostgreSQL believes a word's beginning hits 2 % of the rows: walking the index of the
    sort order looks cheap to it, and reads the whole table when few rows hit. Such a list is found first, then sorted.
    """
    ou = requete.whereclause
    if ou is None or requete._distinct:
        return False
    return any(getattr(getattr(e, "operator", None), "opstring", "") == "@@" for e in iterate(ou))


async def paginer(
    session: AsyncSession, requete: Select[Any], cles: Sequence[Cle], *, limite: int, curseur: str | None
) -> tuple[Sequence[Any], str | None]:
    """Rows of `requete` sorted by `cles` (the last one unique and NOT NULL), after `curseur`.

    Returns the rows (entities when the statement selects one) and the cursor of the next page or None.
    """
    cles_sql = [cle.colonne.label(f"_cle{rang}") for rang, cle in enumerate(cles)]
    if curseur:
        requete = requete.where(_condition(cles, _lire(curseur, cles)))
    sans_index = _cherche_des_mots(requete)
    ordre = [cle.ordre(sans_index=sans_index) for cle in cles]
    requete = requete.add_columns(*cles_sql).order_by(*ordre).limit(limite + 1)
    lignes = (await session.execute(requete)).all()
    suite = _ecrire(lignes[limite - 1][-len(cles) :]) if len(lignes) > limite else None
    utiles = [ligne[: -len(cles)] for ligne in lignes[:limite]]
    return [u[0] if len(u) == 1 else u for u in utiles], suite


async def totaliser(session: AsyncSession, requete: Select[Any], montant: ColumnElement[Any] | None) -> Totaux:
    """How many rows `requete` finds, and the sum of `montant` over them."""
    somme = func.coalesce(func.sum(montant), 0) if montant is not None else null()
    compte = requete.with_only_columns(func.count(), somme, maintain_column_froms=True).order_by(None)
    nombre, total = (await session.execute(compte)).one()
    return Totaux(nombre=nombre, total_ht=total)
