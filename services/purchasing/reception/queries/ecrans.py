"""Lists and screens about receptions, straight from SQL to schemas."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select
from sqlalchemy.ext.asyncio import AsyncSession
from sqlalchemy.orm.attributes import set_committed_value

from services.purchasing.commande.models import Commande
from services.purchasing.copies import queries as copies
from services.purchasing.errors import FactureNonJointe, ReceptionInconnue
from services.purchasing.reception.models import (
    Lecture,
    LigneReception,
    Reception,
    ReceptionCommande,
    SerieAnnoncee,
    SerieRecue,
)
from services.purchasing.reception.queries import anomalies, attente
from services.purchasing.reception.queries.attente import Attente
from services.purchasing.reception.repository import ENTIERE, SANS_SERIES
from services.purchasing.reception.rules import EtatReception
from services.purchasing.reception.schemas import (
    LigneListeReception,
    VueLecture,
    VueReception,
)
from shared.contracts.purchasing import FichierJoint
from shared.database.search import correspond
from shared.kernel.money import ZERO
from shared.web.paging import Cle, Page, Recherche, Totaux, paginer, totaliser

COLONNES = (
    *("id", "numero", "fournisseur_id", "fournisseur_nom", "agence_id", "etat"),
    *("facture_fournisseur", "bon_livraison", "cree_le", "validee_le", "total_ht"),
)
DERNIERES = 50
MANQUENT_AU_PLUS = 50
PERSONNE = Attente()


@dataclass(frozen=True, slots=True)
class Filtre:
    """What narrows the list of receptions."""

    q: Recherche = None
    etat: EtatReception | None = None
    fournisseur_id: UUID | None = None
    commande_id: UUID | None = None


async def lister(
    session: AsyncSession, filtre: Filtre, *, limite: int, curseur: str | None, couts: bool
) -> Page[LigneListeReception]:
    """Receptions, the most recent first."""
    recue = select(func.sum(LigneReception.quantite)).where(LigneReception.reception_id == Reception.id)
    colonnes = [getattr(Reception, c) for c in COLONNES]
    requete = _filtrees(filtre, *colonnes, func.coalesce(recue.scalar_subquery(), 0))
    cles = [Cle(Reception.id, decroissant=True)]
    trouvees, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (*COLONNES, "quantite")
    elements = [LigneListeReception.model_validate(dict(zip(noms, t, strict=True))) for t in trouvees]
    await _nommer_commandes(session, elements)
    if not couts:
        for element in elements:
            element.total_ht = None
    return Page(elements=elements, curseur_suivant=suite)


async def totaux(session: AsyncSession, filtre: Filtre, *, couts: bool) -> Totaux:
    """How many receptions the filter keeps, and what they are worth for who may see costs."""
    return await totaliser(session, _filtrees(filtre, Reception.id), Reception.total_ht.expression if couts else None)


def _filtrees(filtre: Filtre, *colonnes: Any) -> Select[Any]:
    requete = select(*colonnes)
    if (trouve := correspond(Reception, filtre.q)) is not None:
        requete = requete.where(trouve)
    if filtre.etat is not None:
        requete = requete.where(Reception.etat == filtre.etat)
    if filtre.fournisseur_id is not None:
        requete = requete.where(Reception.fournisseur_id == filtre.fournisseur_id)
    if filtre.commande_id is not None:
        siennes = select(ReceptionCommande.reception_id).where(ReceptionCommande.commande_id == filtre.commande_id)
        requete = requete.where(Reception.id.in_(siennes))
    return requete


async def _nommer_commandes(session: AsyncSession, elements: Sequence[LigneListeReception]) -> None:
    liens = (
        select(ReceptionCommande.reception_id, ReceptionCommande.commande_numero)
        .where(ReceptionCommande.reception_id.in_([e.id for e in elements]))
        .order_by(ReceptionCommande.commande_numero)
    )
    numeros: dict[UUID, list[str]] = {}
    for reception_id, numero in await session.execute(liens):
        numeros.setdefault(reception_id, []).append(numero)
    for element in elements:
        element.commandes = numeros.get(element.id, [])


async def fiche(session: AsyncSession, reception_id: UUID, *, couts: bool, series: bool = True) -> VueReception:
    """The whole reception; while scanning, only how many serial numbers each line has (`series` false)."""
    reception = await session.get(Reception, reception_id, options=ENTIERE if series else SANS_SERIES)
    if reception is None:
        raise ReceptionInconnue
    if not series:
        for ligne in reception.lignes:
            set_committed_value(ligne, "series", [])
    complete = await vue(session, reception, couts=couts)
    if reception.etat is EtatReception.OUVERTE:
        complete.a_traiter = [vue_lecture(lue) for lue in await anomalies.a_traiter(session, reception)]
    return complete if series else await _compter_series(session, complete)


async def facture_jointe(session: AsyncSession, reception_id: UUID) -> FichierJoint:
    """The supplier's invoice attached to a reception; FactureNonJointe."""
    reception = await session.get(Reception, reception_id)
    if reception is None:
        raise ReceptionInconnue
    jointe = reception.facture_jointe()
    if jointe is None:
        raise FactureNonJointe(numero=reception.numero)
    return jointe


async def vue(session: AsyncSession, reception: Reception, *, couts: bool) -> VueReception:
    """The reception as the API gives it."""
    complete = VueReception.model_validate(reception)
    await _comparer(session, complete)
    agence = await copies.agence(session, reception.agence_id)
    complete.agence_nom = agence.nom if agence else ""
    if couts:
        ids = [c.commande_id for c in reception.commandes]
        du = func.sum(func.greatest(Commande.frais_ht - Commande.frais_factures_ht, 0))
        annonces = await session.scalar(select(du).where(Commande.id.in_(ids)))
        complete.frais_annonces_ht = annonces if annonces is not None else ZERO
        return complete
    complete.frais_ht = complete.total_ht = None
    for ligne in complete.lignes:
        ligne.prix_ht = ligne.cout_unitaire_ht = None
    return complete


async def _comparer(session: AsyncSession, complete: VueReception) -> None:
    """The serial numbers announced and not read, line by line."""
    lues = select(SerieRecue.numero).where(SerieRecue.ligne_id == SerieAnnoncee.ligne_id)
    requete = (
        select(SerieAnnoncee.ligne_id, SerieAnnoncee.numero)
        .where(
            SerieAnnoncee.ligne_id.in_([ligne.id for ligne in complete.lignes]),
            lues.where(SerieRecue.numero == SerieAnnoncee.numero).exists().is_(False),
        )
        .order_by(SerieAnnoncee.numero)
        .limit(MANQUENT_AU_PLUS)
    )
    manquent: dict[UUID, list[str]] = {}
    for ligne_id, numero in await session.execute(requete):
        manquent.setdefault(ligne_id, []).append(numero)
    for ligne in complete.lignes:
        ligne.manquent = manquent.get(ligne.id, [])


async def _compter_series(session: AsyncSession, complete: VueReception) -> VueReception:
    """The same, with how many serial numbers each line has."""
    ids = [ligne.id for ligne in complete.lignes]
    requete = select(SerieRecue.ligne_id, func.count()).where(SerieRecue.ligne_id.in_(ids))
    comptes = await session.execute(requete.group_by(SerieRecue.ligne_id))
    nombres = {ligne.ligne_id: ligne[1] for ligne in comptes}
    for ligne in complete.lignes:
        ligne.nb_series = nombres.get(ligne.id, 0)
    return complete


async def lectures(session: AsyncSession, reception_id: UUID) -> list[VueLecture]:
    """The last codes read, the most recent first; the very last one says who waits for it."""
    requete = select(Lecture).where(Lecture.reception_id == reception_id).order_by(Lecture.id.desc()).limit(DERNIERES)
    lues = list(await session.scalars(requete))
    if not lues:
        return []
    reception = await session.get(Reception, reception_id, options=SANS_SERIES)
    assert reception is not None
    derniere = await attente_de(session, reception, lues[0])
    return [vue_lecture(lues[0], derniere), *(vue_lecture(lecture) for lecture in lues[1:])]


async def attente_de(session: AsyncSession, reception: Reception, lecture: Lecture) -> Attente:
    """Who waits for what was read, with what this reception counted, and where the unit goes."""
    if lecture.produit_id is None:
        return PERSONNE
    return await attente.du_produit(session, reception.lignes, lecture.produit_id, lecture.ligne_id)


def vue_lecture(lecture: Lecture, pour: Attente = PERSONNE) -> VueLecture:
    """The answer to a code: what it is, who waits for it, where it goes, what can be done."""
    annulable = lecture.ligne_id is not None and not lecture.est_annulee
    est_attendue = lecture.resultat == "attendu" and not lecture.est_annulee
    attendus = f" {attente.phrase(pour.projets)}." if pour.projets and lecture.resultat == "attendu" else ""
    return VueLecture(
        id=lecture.id,
        code=lecture.code,
        resultat=lecture.resultat,
        motif=lecture.motif,
        libelle=lecture.libelle,
        detail=f"{lecture.detail}{attendus}",
        quantite=lecture.quantite,
        numero_serie=lecture.numero_serie,
        ligne_id=lecture.ligne_id,
        produit_id=lecture.produit_id,
        est_annulee=lecture.est_annulee,
        annuler=f"/api/purchasing/receptions/{lecture.reception_id}/scans/{lecture.id}/annuler" if annulable else None,
        lue_le=lecture.lue_le,
        lue_par=lecture.lue_par,
        choix=_choix(lecture),
        projets=pour.projets,
        destination=pour.destination if est_attendue else None,
    )


def _choix(lecture: Lecture) -> list[str]:
    if lecture.motif == "hors_commande":
        return ["accepter", "substituer", "ignorer"]
    return ["accepter", "ignorer"] if lecture.motif in ("surplus", "serie_non_annoncee") else []
