"""The configuration as screens need it."""

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm import selectinload

from services.demandes.errors import VersionInconnue
from services.demandes.type_demande import repository
from services.demandes.type_demande.models import Domaine, TypeDemande, VersionType
from services.demandes.type_demande.rules import FAITS
from services.demandes.type_demande.schemas import (
    Condition,
    FaitSuivi,
    LigneType,
    LigneVersion,
    SaisieEtat,
    SaisieRegle,
    SaisieType,
    VueDomaine,
    VueEtat,
    VueRegle,
    VueType,
)

TETE = {"code", "libelle", "icone", "est_actif", "nature", "exige_couverture", "ouverture_fait"}
VERSIONS_MONTREES = 100


async def lister(session: AsyncSession) -> list[LigneType]:
    """Every type with its states; a company has a handful."""
    requete = select(TypeDemande).options(selectinload(TypeDemande.etats))
    return [LigneType.model_validate(t) for t in await session.scalars(requete.order_by(TypeDemande.ordre))]


async def fiche(session: AsyncSession, code: str) -> VueType:
    """A whole type."""
    return vue(await repository.par_code(session, code))


async def domaines(session: AsyncSession) -> list[VueDomaine]:
    """What a demande may be about."""
    return [VueDomaine.model_validate(d) for d in await session.scalars(select(Domaine).order_by(Domaine.ordre))]


def vue(lu: TypeDemande) -> VueType:
    """A loaded type as the API gives it."""
    rangs = {etat.code: etat.ordre for etat in lu.etats}
    transitions: dict[str, list[str]] = {etat.code: [] for etat in lu.etats}
    for transition in sorted(lu.transitions, key=lambda t: rangs.get(t.vers, 0)):
        transitions.setdefault(transition.de, []).append(transition.vers)
    return VueType(
        id=lu.id,
        version=lu.version,
        code=lu.code,
        libelle=lu.libelle,
        icone=lu.icone,
        est_actif=lu.est_actif,
        nature=lu.nature,
        exige_couverture=lu.exige_couverture,
        ouverture_fait=lu.ouverture_fait,
        etats=[VueEtat.model_validate(e) for e in lu.etats],
        transitions=transitions,
        motifs={etat.code: sorted(lu.motifs(etat.code)) for etat in lu.etats if lu.motifs(etat.code)},
        regles=[VueRegle.model_validate(r) for r in lu.regles],
    )


def contenu(lu: TypeDemande) -> SaisieType:
    """A loaded type as it is written: what an earlier version keeps, and what putting it back sends."""
    vu = vue(lu)
    regles = [
        SaisieRegle(
            libelle=r.libelle,
            fait_type=r.fait_type,
            de_etats=r.de_etats,
            condition=Condition(champ=r.condition_champ, valeur=r.condition_valeur) if r.condition_champ else None,
            vers=r.vers,
            mode=r.mode,
        )
        for r in vu.regles
    ]
    etats = [SaisieEtat.model_validate(e.model_dump()) for e in vu.etats]
    passages = {"transitions": vu.transitions, "motifs": vu.motifs}
    return SaisieType(**vu.model_dump(include=TETE), etats=etats, **passages, regles=regles)


def faits() -> list[FaitSuivi]:
    """The facts rules may wait for, as staff say them."""
    return [FaitSuivi(type=type_, libelle=f.libelle, conditions=dict(f.conditions)) for type_, f in FAITS.items()]


async def versions(session: AsyncSession, code: str) -> list[LigneVersion]:
    """The circuits a type had before, latest first."""
    colonnes = (VersionType.version, VersionType.remplacee_le, VersionType.par_nom, VersionType.contenu)
    requete = select(*colonnes).join(TypeDemande, TypeDemande.id == VersionType.type_id)
    lues = await session.execute(
        requete.where(TypeDemande.code == code).order_by(VersionType.version.desc()).limit(VERSIONS_MONTREES)
    )
    return [
        LigneVersion(version=v, remplacee_le=le, par_nom=nom, nb_etats=len(c["etats"]), nb_regles=len(c["regles"]))
        for v, le, nom, c in lues
    ]


async def version(session: AsyncSession, code: str, numero: int) -> SaisieType:
    """An earlier circuit, as it would be written again."""
    requete = select(VersionType.contenu).join(TypeDemande, TypeDemande.id == VersionType.type_id)
    trouve = await session.scalar(requete.where(TypeDemande.code == code, VersionType.version == numero))
    if trouve is None:
        raise VersionInconnue
    return SaisieType.model_validate(trouve)
