"""One line of time from moves, facts, notes, calls and time spent: one statement, of a demande or of a contact."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, String, Uuid, case, cast, literal, null, select, union_all
from sqlalchemy.ext.asyncio import AsyncSession

from services.demandes.chronologie.schemas import Moment, MomentDuTiers
from services.demandes.demande.models import Demande, Note, Passage, Relance
from services.demandes.fichier.models import FichierDemande
from services.demandes.lien.models import Evenement
from services.demandes.temps.models import Temps
from shared.database.platform import audit

CHAMPS = tuple(Moment.model_fields)
VIDES: dict[str, ColumnElement[Any]] = {
    "titre": literal("", String),
    "texte": literal("", String),
    "objet_id": cast(null(), Uuid),
    "minutes": cast(null(), Temps.minutes.type),
}
CANAUX = {"appel": "Client rappelé", "mail": "Client relancé par e-mail", "visite": "Client visité"}
DERNIERS = 300
DERNIERS_DU_TIERS = 100
Choix = Callable[[Any], ColumnElement[bool]]  # of which demandes, from the column that holds their id


def _morceau(genre: str, demande: Any, choix: Choix, **valeurs: Any) -> Select[Any]:
    defaut = cast(null(), String)
    colonnes = {"genre": literal(genre, String), **{c: VIDES.get(c, defaut) for c in CHAMPS[1:]}, **valeurs}
    return select(*(colonnes[c].label(c) for c in CHAMPS), demande.label("demande_id")).where(choix(demande))


def _morceaux(choix: Choix) -> list[Select[Any]]:
    return [
        *_echanges(choix),
        _morceau(
            "passage",
            Passage.demande_id,
            choix,
            id=Passage.id,
            le=Passage.le,
            par_nom=Passage.par_nom,
            titre=Passage.vers_libelle,
            texte=Passage.motif,
            de=Passage.de_libelle,
            vers=Passage.vers,
            regle=Passage.regle_libelle,
            parce_que=Passage.parce_que,
            fait_type=Passage.fait_type,
        ),
        _morceau(
            "temps",
            Temps.demande_id,
            choix,
            id=Temps.id,
            le=Temps.cree_le,
            par_nom=Temps.collaborateur_nom,
            texte=Temps.travaux,
            minutes=Temps.minutes,
        ),
        _fichier(choix, "joint", FichierDemande.cree_le, FichierDemande.depose_par),
        _fichier(choix, "retire", FichierDemande.retire_le, FichierDemande.retire_par),
    ]


def _echanges(choix: Choix) -> list[Select[Any]]:
    """What was said and what was done with the client."""
    return [
        _morceau(
            "fait",
            Evenement.demande_id,
            choix,
            id=Evenement.fait_id,
            le=Evenement.le,
            par_nom=Evenement.par_nom,
            titre=Evenement.titre,
            texte=Evenement.detail,
            fait_type=Evenement.fait_type,
            objet_type=Evenement.objet_type,
            objet_id=Evenement.objet_id,
            numero=Evenement.numero,
        ),
        _morceau("note", Note.demande_id, choix, id=Note.id, le=Note.le, par_nom=Note.par_nom, texte=Note.texte),
        _morceau(
            "relance",
            Relance.demande_id,
            choix,
            id=Relance.id,
            le=Relance.le,
            par_nom=Relance.par_nom,
            titre=Relance.canal,
            texte=Relance.compte_rendu,
        ),
        _creation(choix),
    ]


def _fichier(choix: Choix, acte: str, le: Any, par_nom: Any) -> Select[Any]:
    """A file that was attached, or taken off."""
    return _morceau(
        "fichier",
        FichierDemande.proprietaire_id,
        lambda demande: choix(demande) & le.is_not(None),
        id=FichierDemande.id,
        le=le,
        par_nom=par_nom,
        titre=literal(acte, String),
        texte=FichierDemande.nom,
        objet_type=literal("fichier", String),
        objet_id=FichierDemande.id,
        numero=case((FichierDemande.rang > 1, cast(FichierDemande.rang, String)), else_=null()),
    )


def _creation(choix: Choix) -> Select[Any]:
    """Its first audit row says who opened it."""
    return _morceau(
        "creation",
        Demande.id,
        lambda demande: choix(demande) & (audit.c.objet_id == demande) & (audit.c.version == 1),
        id=Demande.id,
        le=Demande.cree_le,
        par_nom=audit.c.par_nom,
        numero=Demande.numero,
    )


async def lire(session: AsyncSession, demande_id: UUID) -> list[Moment]:
    """The last moments of a demande, latest first."""
    tout = union_all(*_morceaux(lambda demande: demande == demande_id)).subquery()
    lignes = await session.execute(select(tout).order_by(tout.c.le.desc(), tout.c.genre.desc()).limit(DERNIERS))
    return [_moment(dict(ligne._mapping)) for ligne in lignes]


async def du_tiers(session: AsyncSession, tiers_id: UUID) -> list[MomentDuTiers]:
    """What was last said and done with a contact, in all the demandes one reaches, latest first."""
    siennes = select(Demande.id).where(Demande.tiers_id == tiers_id)
    tout = union_all(*_echanges(lambda demande: demande.in_(siennes))).subquery()
    requete = (
        select(tout, Demande.numero.label("demande_numero"), Demande.objet.label("demande_objet"))
        .join(Demande, Demande.id == tout.c.demande_id)
        .order_by(tout.c.le.desc(), tout.c.genre.desc())
        .limit(DERNIERS_DU_TIERS)
    )
    lignes = await session.execute(requete)
    return [MomentDuTiers.model_validate(_dit(dict(ligne._mapping))) for ligne in lignes]


def _moment(valeurs: dict[str, Any]) -> Moment:
    return Moment.model_validate(_dit(valeurs))


def _dit(valeurs: dict[str, Any]) -> dict[str, Any]:
    if valeurs["genre"] == "relance":
        valeurs["titre"] = CANAUX.get(valeurs["titre"], "Client relancé")
    return valeurs
