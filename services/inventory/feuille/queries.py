"""Lists and screens about feuilles, straight from SQL to schemas."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, exists, func, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.bon_livraison.models import BonLivraison, LigneLivree
from services.inventory.depot.models import Depot
from services.inventory.errors import FeuilleInconnue
from services.inventory.feuille import rules
from services.inventory.feuille.models import Attendu, Colonne, Feuille
from services.inventory.feuille.repository import ENTIERE
from services.inventory.feuille.rules import EN_COURS
from services.inventory.feuille.schemas import (
    EnTeteFeuille,
    VueAttendu,
    VueColonne,
    VueFeuille,
    VueObjet,
)
from services.inventory.historique.models import Historique
from services.inventory.historique.repository import ENTIER
from services.inventory.reservation.models import Liberation
from shared.database.search import correspond
from shared.database.statements import once
from shared.web.paging import Cle, Page, paginer

TETE = (
    *("id", "version", "numero", "etat", "devis_numero", "demande_id", "affaire_id", "tiers_id", "tiers_nom", "objet"),
    *(
        "agence_id",
        "nature",
        "priorite",
        "signee_le",
        "livraison_souhaitee",
        "zone",
        "nb_colonnes",
        "nb_vertes",
        "nb_objets",
    ),
    *("nb_prets", "reste"),
)
SUITE = (
    *("proposition_id", "depot_id", "cloturee_le", "cloturee_par", "validee_le", "validee_par"),
    *("rouverte_le", "rouverte_par", "rouverte_motif", "tout_en_stock"),
)
COLONNE = (
    *("id", "ligne_id", "position", "section", "designation", "description", "quantite", "unite", "nature"),
    *("maintenance_souhaitee", "est_verte"),
)

# An object is out with the bon de livraison of the feuille it is still on, as long as it has not been given back.
EST_LIVRE = (
    exists()
    .where(
        LigneLivree.historique_id == Historique.id,
        LigneLivree.rendue_le.is_(None),
        BonLivraison.id == LigneLivree.bon_id,
        BonLivraison.feuille_id == Historique.feuille_id,
    )
    .correlate(Historique)
)

LIBERATION = ("designation", "quantite", "motif", "par", "pour_feuille", "cree_le")
LIBERATIONS = once(
    select(*(getattr(Liberation, nom) for nom in LIBERATION), func.coalesce(Feuille.tiers_nom, ""))
    .outerjoin(Feuille, Feuille.id == Liberation.pour_feuille_id)
    .where(Liberation.feuille_id == bindparam("feuille_id"))
    .order_by(Liberation.cree_le, Liberation.id)
)


async def lister(
    session: AsyncSession, *, q: str | None, filtres: dict[str, Any], limite: int, curseur: str | None
) -> Page[EnTeteFeuille]:
    """Feuilles: those in progress in the sequence they are served, otherwise the latest signed first.

    `filtres`: etat ("en_cours" or a state), demande_id, proposition_id, tiers_id, agence_id.
    """
    requete = select(*(getattr(Feuille, c) for c in TETE), Depot.nom).outerjoin(Depot, Depot.id == Feuille.depot_id)
    etat = filtres.pop("etat", None)
    if etat == "en_cours":
        requete = requete.where(Feuille.etat.in_(EN_COURS))
    elif etat:
        requete = requete.where(Feuille.etat == etat)
    for nom, valeur in filtres.items():
        if valeur is not None:
            requete = requete.where(getattr(Feuille, nom) == valeur)
    if q and (trouve := correspond(Feuille, q)) is not None:
        requete = requete.where(trouve)
    cles = [Cle(Feuille.signee_le, decroissant=True), Cle(Feuille.id, decroissant=True)]
    if etat == "en_cours":
        cles = [Cle(Feuille.priorite), Cle(Feuille.echeance), Cle(Feuille.signee_le), Cle(Feuille.id)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    noms = (*TETE, "agence_nom")
    elements = [EnTeteFeuille.model_validate(dict(zip(noms, ligne, strict=True))) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def compter(session: AsyncSession) -> dict[str, int]:
    """How many feuilles are in each state."""
    requete = select(Feuille.etat, func.count()).group_by(Feuille.etat)
    return {etat.value: nombre for etat, nombre in (await session.execute(requete)).all()}


async def fiche(session: AsyncSession, feuille_id: UUID, *, avec_couts: bool) -> VueFeuille:
    """A whole feuille with every object placed on it."""
    relire = {"populate_existing": True}
    requete = (
        select(Feuille, Depot.nom)
        .outerjoin(Depot, Depot.id == Feuille.depot_id)
        .where(Feuille.id == feuille_id)
        .options(*ENTIERE)
    )
    trouvee = (await session.execute(requete.execution_options(**relire))).one_or_none()
    if trouvee is None:
        raise FeuilleInconnue
    feuille, agence_nom = trouvee
    places = select(Historique, EST_LIVRE).where(Historique.feuille_id == feuille_id).order_by(Historique.id)
    lus = (await session.execute(places.options(*ENTIER).execution_options(**relire))).all()
    objets = [objet for objet, _ in lus]
    rendues = await session.execute(LIBERATIONS, {"feuille_id": feuille_id})
    livres = {objet.id for objet, est_livre in lus if est_livre}
    return VueFeuille.model_validate(
        {
            **{nom: getattr(feuille, nom) for nom in (*TETE, *SUITE)},
            "agence_nom": agence_nom,
            "liberations": [dict(zip((*LIBERATION, "pour_tiers"), rendue, strict=True)) for rendue in rendues],
            "colonnes": [_colonne(c, feuille.attendus, objets, livres, avec_couts) for c in feuille.colonnes],
        }
    )


def _colonne(
    colonne: Colonne, attendus: Sequence[Attendu], objets: Sequence[Historique], livres: set[UUID], avec_couts: bool
) -> VueColonne:
    siens = [a for a in attendus if a.colonne_id == colonne.id]
    places = [o for o in objets if o.colonne_id == colonne.id]
    return VueColonne.model_validate(
        {
            **{nom: getattr(colonne, nom) for nom in COLONNE},
            "attendus": [_attendu(a) for a in siens],
            "objets": [objet(o, avec_couts, est_livre=o.id in livres) for o in places],
            "est_renoncee": rules.est_renoncee(((a.quantite, a.quantite_devis) for a in siens), len(places)),
        }
    )


def _attendu(attendu: Attendu) -> VueAttendu:
    return VueAttendu.model_validate({nom: getattr(attendu, nom) for nom in VueAttendu.model_fields})


def objet(trouve: Historique, avec_couts: bool, *, est_livre: bool) -> VueObjet:
    """An object as the worksheet shows it."""
    produit, du_type, preparation = trouve.produit, trouve.produit.type, trouve.preparation
    propres = ("id", "version", "attendu_id", "produit_id", "quantite", "etat", "numero_serie", "etiquette")
    return VueObjet.model_validate(
        {
            **{
                nom: getattr(trouve, nom)
                for nom in (*propres, "reception_id", "reception_numero", "facture_fournisseur")
            },
            "reference": produit.reference,
            "designation": produit.designation,
            "unite": produit.unite,
            "icone": du_type.icone if du_type is not None else "package",
            "type_libelle": du_type.libelle if du_type is not None else None,
            "etiquette_requise": produit.demande_etiquette,
            "est_configurable": bool(du_type is not None and du_type.champs),
            "est_visible_parc": trouve.visible_parc,
            "est_complement": trouve.attendu_id is None,
            "est_livre": est_livre,
            "preparation": preparation.etat,
            "etapes_faites": preparation.faites,
            "etapes_total": preparation.total,
            "cout_unitaire_ht": trouve.cout_unitaire_ht if avec_couts else None,
        }
    )
