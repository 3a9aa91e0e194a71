"""The planning, straight from SQL to schemas."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.absence import queries as presences
from services.demandes.absence import rules as absence
from services.demandes.absence.models import Absence
from services.demandes.absence.rules import DemiJour
from services.demandes.copies import queries as copies
from services.demandes.copies.models import CopieCollaborateur, CopieEquipe, CopieTiers
from services.demandes.demande.models import Demande
from services.demandes.intervention import rules
from services.demandes.intervention.models import Intervention
from services.demandes.intervention.repository import PREVUES
from services.demandes.intervention.rules import Creneau, EtatIntervention
from services.demandes.intervention.schemas import (
    APlanifier,
    Case,
    CaseAbsente,
    CaseChomee,
    EquipePlanning,
    FicheIntervention,
    InterventionPlacee,
    JourFerie,
    LigneIntervention,
    Personne,
    Planning,
    VueIntervention,
)
from services.demandes.type_demande.models import Etat
from shared.contracts.contacts import SEMAINE_ORDINAIRE
from shared.kernel.actor import Actor
from shared.kernel.clock import PARIS
from shared.web.paging import Cle, Page, paginer

PROPRES = tuple(VueIntervention.model_fields)
DE_LA_DEMANDE = ("tiers_nom", "tiers_ville", "objet", "urgence", "type_code", "personnes_prevues")
SEMAINE_MAX = 1000
ATTENTE_MAX = 100


def _requete() -> Select[Any]:
    champs = [getattr(Intervention, c) for c in PROPRES]
    champs += [CopieTiers.adresse, CopieTiers.telephone, Demande.numero, *(getattr(Demande, c) for c in DE_LA_DEMANDE)]
    return (
        select(*champs)
        .join(Demande, Demande.id == Intervention.demande_id)
        .outerjoin(CopieTiers, CopieTiers.tiers_id == Demande.tiers_id)
    )


async def _lignes(session: AsyncSession, lues: Iterable[Any]) -> list[LigneIntervention]:
    """Rows with the names of their people, in one more statement."""
    noms_champs = (*PROPRES, "tiers_adresse", "tiers_telephone", "demande_numero", *DE_LA_DEMANDE)
    bruts = [dict(zip(noms_champs, ligne, strict=True)) for ligne in lues]
    noms = await copies.noms(session, {p for brut in bruts for p in brut["collaborateur_ids"]}) if bruts else {}
    for brut in bruts:
        brut["collaborateurs"] = [noms.get(p, "") for p in brut["collaborateur_ids"]]
    return [LigneIntervention.model_validate(brut) for brut in bruts]


async def lister(
    session: AsyncSession,
    *,
    demande_id: UUID | None,
    collaborateur_id: UUID | None,
    du: date | None,
    au: date | None,
    limite: int,
    curseur: str | None,
) -> Page[LigneIntervention]:
    """Interventions by date, latest first."""
    requete = _requete()
    if demande_id is not None:
        requete = requete.where(Intervention.demande_id == demande_id)
    if collaborateur_id is not None:
        requete = requete.where(Intervention.collaborateur_ids.contains([collaborateur_id]))
    if du is not None:
        requete = requete.where(Intervention.fin >= datetime.combine(du, time(0), PARIS))
    if au is not None:
        requete = requete.where(Intervention.debut < datetime.combine(au + timedelta(days=1), time(0), PARIS))
    cles = [Cle(Intervention.debut, decroissant=True), Cle(Intervention.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=await _lignes(session, lignes), curseur_suivant=suite)


async def une(session: AsyncSession, intervention_id: UUID) -> FicheIntervention | None:
    """One intervention with its demande and its signature."""
    lues = (await session.execute(_requete().where(Intervention.id == intervention_id))).all()
    if not lues:
        return None
    (ligne,) = await _lignes(session, lues)
    signature = select(Intervention.signe_par, Intervention.trace).where(Intervention.id == intervention_id)
    signe_par, trace = (await session.execute(signature)).one()
    return FicheIntervention(**ligne.model_dump(), signe_par=signe_par, trace=trace)


async def semaine(
    session: AsyncSession, jour: date, equipe_id: UUID | None, personne_id: UUID | None, actor: Actor
) -> Planning:
    """The week of `jour`, of everybody, of a team or of a person, as `actor` may read it."""
    jours = rules.semaine(jour)
    debut, fin = (datetime.combine(d, time(0), PARIS) for d in (jours[0], jours[-1] + timedelta(days=1)))
    lues = await session.execute(
        _requete()
        .where(Intervention.debut < fin, Intervention.fin > debut, Intervention.etat != EtatIntervention.ANNULEE)
        .order_by(Intervention.debut, Intervention.id)
        .limit(SEMAINE_MAX)
    )
    lignes = await _lignes(session, lues)
    tous, equipes = await copies.collaborateurs(session), await copies.equipes(session)
    gens = _gens(tous, equipes, equipe_id, personne_id, lignes)
    if not any(rules.dimanches(i.debut, i.fin) & set(jours) for i in lignes) and not _travaillent(gens, jours[-1]):
        jours = jours[:-1]
    sait = await presences.qui_sait(session, actor)
    absences = _absences(await presences.entre(session, jours[0], jours[-1]), jours, sait)
    feries = absence.feries(jours)
    semaines = {p.collaborateur_id: p.demi_journees for p in tous}
    return Planning(
        jours=list(jours),
        personnes=[Personne(id=p.collaborateur_id, nom=p.nom, fonction=p.fonction) for p in gens],
        equipes=[EquipePlanning(id=e.equipe_id, nom=e.nom, membre_ids=e.membre_ids) for e in equipes],
        interventions=_placer(lignes, set(jours), absences, feries, semaines),
        absences=absences,
        chomees=[
            CaseChomee(personne=p.collaborateur_id, jour=jour, demi=demi)
            for p in gens
            for jour in jours
            for demi in rules.DEMIS
            if not absence.travaille(p.demi_journees, (jour, demi))
        ],
        feries=[JourFerie(jour=j, nom=nom) for j, nom in feries.items()],
        a_planifier=await _a_planifier(session),
    )


def _travaillent(gens: Iterable[CopieCollaborateur], jour: date) -> bool:
    return any(absence.travaille(p.demi_journees, (jour, demi)) for p in gens for demi in rules.DEMIS)


def _gens(
    tous: Sequence[CopieCollaborateur],
    equipes: Sequence[CopieEquipe],
    equipe_id: UUID | None,
    personne_id: UUID | None,
    lignes: Sequence[LigneIntervention],
) -> list[CopieCollaborateur]:
    """The rows of the grid: a person; a team; else members of any team and whoever is planned; everybody without teams."""
    if personne_id is not None:
        voulus = {personne_id}
    elif equipe_id is not None:
        voulus = {m for e in equipes if e.equipe_id == equipe_id for m in e.membre_ids}
    elif not equipes:
        return list(tous)
    else:
        voulus = partants(equipes, (i.collaborateur_ids for i in lignes))
    return [p for p in tous if p.collaborateur_id in voulus]


def partants(equipes: Iterable[CopieEquipe], planifies: Iterable[Iterable[UUID]]) -> set[UUID]:
    """Who goes to clients: the members of the teams, and whoever is planned."""
    return {m for e in equipes for m in e.membre_ids} | {p for personnes in planifies for p in personnes}


def _absences(lues: Iterable[Absence], jours: Sequence[date], sait: presences.Savoir) -> list[CaseAbsente]:
    return [
        CaseAbsente(
            personne=a.collaborateur_id,
            jour=jour,
            demi=demi,
            motif=absence.libelle(a.motif, est_visible=sait(a.collaborateur_id)),
        )
        for a in lues
        for jour, demi in absence.cases(a.du, a.au, a.demi, jours)
    ]


def _placer(
    lignes: Sequence[LigneIntervention],
    jours: set[date],
    absences: Iterable[CaseAbsente],
    feries: Mapping[date, str],
    semaines: Mapping[UUID, Collection[str]],
) -> list[InterventionPlacee]:
    doubles = rules.conflits(Creneau(i.id, frozenset(i.collaborateur_ids), i.debut, i.fin) for i in lignes)
    absents: dict[UUID, dict[DemiJour, str]] = defaultdict(dict)
    for absente in absences:
        absents[absente.personne][absente.jour, absente.demi] = absente.motif
    placees = []
    for ligne in lignes:
        touchees = rules.cases(ligne.debut, ligne.fin)
        cases = [case for case in touchees if case[0] in jours]
        conflits = ["Autre intervention au même moment"] if ligne.id in doubles else []
        for personne, nom in zip(ligne.collaborateur_ids, ligne.collaborateurs, strict=True):
            semaine_ = semaines.get(personne, SEMAINE_ORDINAIRE)
            prises = [case for case in absence.prises(touchees, semaine_) if case in cases]
            conflits += _indisponible(nom, prises, absents[personne], semaine_)
        conflits += dict.fromkeys(f"Jour férié : {feries[j]}" for j, _ in cases if j in feries)
        conflits += _manque(ligne)
        placees.append(
            InterventionPlacee(
                **ligne.model_dump(),
                cases=[Case(jour=j, demi=d) for j, d in cases],
                en_conflit=bool(conflits),
                conflits=conflits,
            )
        )
    return placees


def _indisponible(
    nom: str, prises: Iterable[DemiJour], absent: Mapping[DemiJour, str], travaillees: Collection[str]
) -> list[str]:
    motifs = [absent[case].lower() for case in prises if case in absent]
    chomees = [case for case in prises if case not in absent and not absence.travaille(travaillees, case)]
    dits = [f"{nom} : {motifs[0]}"] if motifs else []
    return [*dits, f"{nom} ne travaille pas {absence.repos(chomees)}"] if chomees else dits


def _manque(ligne: LigneIntervention) -> list[str]:
    presents, prevus = len(ligne.collaborateur_ids), ligne.personnes_prevues
    if ligne.etat is not EtatIntervention.PLANIFIEE or presents >= prevus:
        return []
    return [f"{presents} personne{'s' if presents > 1 else ''} sur {prevus} prévues"]


def en_attente(*colonnes: Any) -> Select[Any]:
    """These columns of the demandes to plan: in such a state, or whose intervention was cancelled, with none left."""
    siennes = select(Intervention.id).where(Intervention.demande_id == Demande.id)
    prevues = siennes.where(Intervention.etat.in_(PREVUES))
    faites = siennes.where(Intervention.etat == EtatIntervention.TERMINEE)
    annulees = siennes.where(Intervention.etat == EtatIntervention.ANNULEE)
    a_reprendre = Etat.est_planifiable & annulees.exists() & ~faites.exists()
    return (
        select(*colonnes)
        .join_from(Demande, Etat, (Etat.type_id == Demande.type_id) & (Etat.code == Demande.etat_code))
        .where(Etat.est_a_planifier | a_reprendre, ~prevues.exists())
    )


async def _a_planifier(session: AsyncSession) -> list[APlanifier]:
    """What waits for a date, most urgent first."""
    noms = tuple(c for c in APlanifier.model_fields if c != "demande_id")
    requete = en_attente(Demande.id, *(getattr(Demande, c) for c in noms))
    rangee = (Demande.urgence_rang, Demande.cree_le, Demande.id)
    lues = await session.execute(requete.order_by(*rangee).limit(ATTENTE_MAX))
    return [APlanifier.model_validate(dict(zip(("demande_id", *noms), ligne, strict=True))) for ligne in lues]
