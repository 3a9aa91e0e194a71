"""Lists and screens about visits."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.maintenance.equipement import repository as equipements
from services.maintenance.equipement.models import Equipement
from services.maintenance.errors import VisiteInconnue
from services.maintenance.parc.models import Lieu
from services.maintenance.visite.models import Releve, Visite
from services.maintenance.visite.rules import EtatVisite
from services.maintenance.visite.schemas import EquipementVisite, ResumeVisite, VueVisite
from shared.database.search import correspond
from shared.web.paging import Cle, Page, paginer

RELEVEES = ("compteur", "utilisateur")
A_TRAITER = (EtatVisite.DUE, EtatVisite.PLANIFIEE, EtatVisite.EFFECTUEE)


@dataclass(frozen=True, slots=True)
class Filtre:
    """The filters of the visits. `etat` may be "a_traiter": due, planned or awaiting readings."""

    q: str | None = None
    tiers_id: UUID | None = None
    contrat_id: UUID | None = None
    demande_id: UUID | None = None
    etat: str | None = None
    du: date | None = None
    au: date | None = None

    def appliquer(self, requete: Select[*tuple[Any, ...]]) -> Select[*tuple[Any, ...]]:
        """`requete` narrowed."""
        egaux = {
            Visite.tiers_id: self.tiers_id,
            Visite.contrat_id: self.contrat_id,
            Visite.demande_id: self.demande_id,
        }
        for colonne, valeur in egaux.items():
            if valeur:
                requete = requete.where(colonne == valeur)
        if self.etat == "a_traiter":
            requete = requete.where(Visite.etat.in_(A_TRAITER))
        elif self.etat:
            requete = requete.where(Visite.etat == self.etat)
        if self.du:
            requete = requete.where(Visite.date_prevue >= self.du)
        if self.au:
            requete = requete.where(Visite.date_prevue <= self.au)
        if self.q and (trouve := correspond(Visite, self.q)) is not None:
            requete = requete.where(trouve)
        return requete


async def lister(session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None) -> Page[ResumeVisite]:
    """Visits by due date."""
    cles = [Cle(Visite.date_prevue), Cle(Visite.id)]
    lignes, suite = await paginer(session, filtre.appliquer(select(Visite)), cles, limite=limite, curseur=curseur)
    return Page(elements=[ResumeVisite.model_validate(v) for v in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, visite_id: UUID) -> VueVisite:
    """A visit with its objects: those ticked first, then the others of its contract while it is open."""
    visite = await session.get(Visite, visite_id)
    if visite is None:
        raise VisiteInconnue
    champs = {c: getattr(visite, c) for c in VueVisite.model_fields if c != "equipements"}
    return VueVisite.model_validate({**champs, "equipements": await _equipements(session, visite)})


async def _equipements(session: AsyncSession, visite: Visite) -> list[EquipementVisite]:
    coche = (Releve.equipement_id == Equipement.id) & (Releve.visite_id == visite.id)
    requete = (
        select(Equipement, Releve, func.coalesce(Lieu.chemin, ""))
        .outerjoin(Releve, coche)
        .outerjoin(Lieu, Lieu.id == Equipement.lieu_id)
        .order_by(Releve.rang.nulls_last(), Lieu.chemin.nulls_last(), Equipement.nom_tri, Equipement.id)
    )
    ouverte = visite.etat not in {EtatVisite.REALISEE, EtatVisite.ANNULEE}
    du_contrat = (Equipement.contrat_id == visite.contrat_id) & Equipement.est_retire.is_(False)
    voulus = Releve.id.is_not(None)
    requete = requete.where(or_(voulus, du_contrat) if ouverte else voulus)
    lignes = (await session.execute(requete)).all()
    valeurs = await equipements.valeurs_actuelles(session, [e.id for e, _, _ in lignes], RELEVEES)
    return [_ligne(e, releve, lieu, valeurs.get(e.id, {})) for e, releve, lieu in lignes]


def _ligne(e: Equipement, releve: Releve | None, lieu: str, valeurs: dict[str, str]) -> EquipementVisite:
    return EquipementVisite(
        equipement_id=e.id,
        designation=e.designation,
        numero_serie=e.numero_serie,
        etiquette=e.etiquette,
        lieu=lieu,
        type_libelle=e.type_libelle,
        est_coche=releve is not None,
        compteur_actuel=valeurs.get("compteur", ""),
        utilisateur_actuel=valeurs.get("utilisateur", ""),
        compteur=releve.compteur if releve else "",
        utilisateur=releve.utilisateur if releve else "",
        remarque=releve.remarque if releve else "",
        genre=releve.genre if releve else "info",
    )
