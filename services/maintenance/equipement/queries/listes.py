"""Lists and screens about parcs and equipment, straight from SQL to schemas."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.copies.models import CopieTiers
from services.maintenance.equipement import rules
from services.maintenance.equipement.models import Equipement, ValeurEquipement
from services.maintenance.equipement.schemas import ResumeEquipement, SuiteValeurs, ValeurDatee, VueEquipement
from services.maintenance.errors import EquipementInconnu
from services.maintenance.parc.models import Groupe, Lieu
from services.maintenance.parc.rules import SEPARATEUR
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

NOM = func.coalesce(CopieTiers.nom, Equipement.tiers_nom).label("tiers_nom")
LIEU = func.coalesce(Lieu.chemin, "").label("lieu")
GROUPE = func.coalesce(Groupe.nom, "").label("groupe")
RESUME = tuple(
    getattr(Equipement, c) for c in ResumeEquipement.model_fields if c not in {"tiers_nom", "lieu", "groupe"}
)


@dataclass(frozen=True, slots=True)
class Filtre:
    """The filters of a parc. `lieu_id` includes the places inside it."""

    q: str | None = None
    tiers_id: UUID | None = None
    etiquette: str | None = None
    lieu_id: UUID | None = None
    groupe_id: UUID | None = None
    type_code: str | None = None
    contrat_id: UUID | None = None
    sous_contrat: bool | None = None
    sans_lieu: bool = False
    retires: bool = False

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        requete = requete.where(Equipement.est_retire.is_(self.retires))
        egaux = {
            Equipement.tiers_id: self.tiers_id,
            Equipement.etiquette: self.etiquette.strip().upper() if self.etiquette else None,
            Equipement.groupe_id: self.groupe_id,
            Equipement.type_code: self.type_code,
            Equipement.contrat_id: self.contrat_id,
        }
        for colonne, valeur in egaux.items():
            if valeur:
                requete = requete.where(colonne == valeur)
        return self._par_lieu(self._par_couverture(self._par_mots(requete)))

    def _par_mots(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        trouve = correspond(Equipement, self.q)
        return requete if trouve is None else requete.where(trouve)

    def _par_couverture(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.sous_contrat is None:
            return requete
        couvert = Equipement.contrat_id.is_not(None)
        return requete.where(couvert if self.sous_contrat else ~couvert)

    def _par_lieu(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        if self.sans_lieu:
            return requete.where(Equipement.lieu_id.is_(None))
        if self.lieu_id is None:
            return requete
        dehors = select(Lieu.tiers_id, Lieu.chemin).where(Lieu.id == self.lieu_id).cte("dehors")
        dedans = select(Lieu.id).join(dehors, dehors.c.tiers_id == Lieu.tiers_id)
        prefixe = func.starts_with(Lieu.chemin, dehors.c.chemin + SEPARATEUR)
        return requete.where(Equipement.lieu_id.in_(dedans.where((Lieu.id == self.lieu_id) | prefixe)))


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[ResumeEquipement]:
    """Equipment in alphabetical order."""
    requete = filtre.appliquer(_jointe(select(*RESUME, NOM, LIEU, GROUPE)))
    cles = [Cle(Equipement.nom_tri), Cle(Equipement.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = [c.key for c in (*RESUME, NOM, LIEU, GROUPE)]
    elements = [ResumeEquipement.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


def _jointe(requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
    return (
        requete.select_from(Equipement)
        .outerjoin(CopieTiers, CopieTiers.tiers_id == Equipement.tiers_id)
        .outerjoin(Lieu, Lieu.id == Equipement.lieu_id)
        .outerjoin(Groupe, Groupe.id == Equipement.groupe_id)
    )


async def fiche(session: AsyncSession, equipement_id: UUID) -> VueEquipement:
    """The whole file of an object."""
    requete = _jointe(select(Equipement, NOM, LIEU, GROUPE)).where(Equipement.id == equipement_id)
    ligne = (await session.execute(requete)).one_or_none()
    if ligne is None:
        raise EquipementInconnu
    equipement, nom, lieu, groupe = ligne
    simples = {c: getattr(equipement, c) for c in VueEquipement.model_fields if c in Equipement.__table__.c}
    remplacant = select(Equipement.id).where(Equipement.remplace_id == equipement_id).order_by(Equipement.id).limit(1)
    calculees = {
        "remplace_par_id": await session.scalar(remplacant),
        "tiers_nom": nom,
        "lieu": lieu,
        "groupe": groupe,
        "valeurs": await suites(session, equipement_id, equipement.libelles),
    }
    return VueEquipement.model_validate(simples | calculees)


async def suites(session: AsyncSession, equipement_id: UUID, libelles: Mapping[str, str]) -> list[SuiteValeurs]:
    """Every field of an object with its values over time, newest first; `libelles` is how the workshop calls them."""
    v = ValeurEquipement
    requete = select(v).where(v.equipement_id == equipement_id).order_by(v.champ, v.le.desc(), v.id.desc())
    par_champ: dict[str, list[ValeurDatee]] = {}
    for valeur in await session.scalars(requete):
        par_champ.setdefault(valeur.champ, []).append(ValeurDatee.model_validate(valeur))
    return [
        SuiteValeurs(
            champ=champ,
            libelle=libelles.get(champ) or rules.libelle(champ),
            valeur=liste[0].valeur,
            le=liste[0].le,
            suite=liste,
        )
        for champ, liste in par_champ.items()
    ]
