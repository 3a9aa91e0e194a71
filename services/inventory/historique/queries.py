"""Lists and screens about objects, straight from SQL to schemas."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Select,
    Uuid,
    any_,
    column,
    false,
    func,
    literal,
    or_,
    select,
    table,
    union_all,
)
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.copies.models import CopieTiers
from services.inventory.depot.models import Emplacement
from services.inventory.errors import HistoriqueInconnu
from services.inventory.historique.models import Historique, Mouvement
from services.inventory.historique.repository import ENTIER
from services.inventory.historique.rules import PARTIS, EtatHistorique, code_etiquette, series_possibles
from services.inventory.historique.schemas import (
    LigneHistorique,
    ObjetTrouve,
    PhotoAction,
    VueAction,
    VueHistorique,
    VueMouvement,
    VueValeur,
)
from services.inventory.produit.models import Produit
from services.inventory.type_produit.models import TypeProduit
from services.inventory.type_produit.rules import MASQUE
from shared.database.search import Cherchable, correspond
from shared.web.paging import Cle, Page, paginer

FEUILLE = table("feuille", column("id"), column("numero"), column("etat"))
PHOTO = table(
    "fichier_historique",
    *(column(c) for c in ("id", "proprietaire_id", "operation", "nom", "type", "depose_par", "cree_le", "retire_le")),
)
TROUVES_AU_PLUS = 50
PEU = 200
CHERCHEES: tuple[tuple[Any, Any, type[Cherchable]], ...] = (
    (Historique.produit_id, Produit.id, Produit),
    (Historique.tiers_id, CopieTiers.tiers_id, CopieTiers),
)
PROPRES = (
    *(
        "id",
        "version",
        "produit_id",
        "quantite",
        "etat",
        "depot_id",
        "nature",
        "numero_serie",
        "etiquette",
        "feuille_id",
        "remplace_id",
    ),
    *("demande_id", "tiers_id", "tiers_nom", "reception_id", "reception_numero", "facture_fournisseur"),
    *("fournisseur_id", "fournisseur_nom", "cout_unitaire_ht", "recu_le", "etapes_faites", "etapes_total"),
    "remplace_reference",
)
LIGNE = (
    *("id", "produit_id", "quantite", "etat", "depot_id", "numero_serie", "etiquette", "reception_id"),
    *("reception_numero", "facture_fournisseur", "tiers_id", "tiers_nom", "feuille_id", "est_pret", "recu_le"),
    "cout_unitaire_ht",
)


NOMS = (*LIGNE, "lieu", "reference", "designation", "unite", "icone", "feuille_numero")


def _lignes() -> Select[Any]:
    return (
        select(
            *(getattr(Historique, c) for c in LIGNE),
            Historique.lieu_libelle,
            Produit.reference,
            Produit.designation,
            Produit.unite,
            func.coalesce(TypeProduit.icone, "package"),
            FEUILLE.c.numero,
        )
        .join(Produit, Produit.id == Historique.produit_id)
        .outerjoin(TypeProduit, TypeProduit.id == Produit.type_id)
        .outerjoin(FEUILLE, FEUILLE.c.id == Historique.feuille_id)
    )


async def lister(
    session: AsyncSession,
    *,
    q: str | None,
    filtres: dict[str, Any],
    limite: int,
    curseur: str | None,
    avec_couts: bool,
) -> Page[LigneHistorique]:
    """Objects, the latest received first; `filtres`: etat, produit_id, depot_id, feuille_id, tiers_id, reception_id.

    `q` is a label, a serial number or a supplier invoice when one is exactly that, else words of the product, or of the
    name of the client who has it.
    """
    requete = _lignes()
    for nom, valeur in filtres.items():
        if valeur is not None:
            requete = requete.where(getattr(Historique, nom) == valeur)
    if q and correspond(Produit, q) is not None:
        exacts = [ligne.id for ligne in await session.execute(_trouves(q))]
        requete = requete.where(Historique.id.in_(exacts) if exacts else await _des_mots(session, q))
    cles = [Cle(Historique.recu_le, decroissant=True), Cle(Historique.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    elements = [LigneHistorique.model_validate(_valeurs(ligne, avec_couts)) for ligne in lignes]
    return Page(elements=elements, curseur_suivant=suite)


async def chercher(session: AsyncSession, code: str, *, avec_couts: bool) -> list[ObjetTrouve]:
    """What carries this label, this serial number, or came with this supplier invoice; the label first."""
    trouves = _trouves(code).subquery()
    requete = (
        _lignes()
        .add_columns(trouves.c.piste)
        .join(trouves, trouves.c.id == Historique.id)
        .order_by(trouves.c.rang, Historique.recu_le.desc(), Historique.id)
        .limit(TROUVES_AU_PLUS)
    )
    lignes = (await session.execute(requete)).all()
    return [ObjetTrouve.model_validate({**_valeurs(x, avec_couts), "trouve_par": x[-1]}) for x in lignes]


async def par_ids(session: AsyncSession, ids: Sequence[UUID], *, avec_couts: bool) -> list[LigneHistorique]:
    """These objects, as rows of a list."""
    requete = _lignes().where(Historique.id.in_(ids)).order_by(Historique.id)
    return [LigneHistorique.model_validate(_valeurs(x, avec_couts)) for x in (await session.execute(requete)).all()]


async def _des_mots(session: AsyncSession, q: str) -> ColumnElement[bool]:
    """The words typed are those of the product, or of the client who has the object."""
    parmi: list[ColumnElement[bool]] = []
    for cle, de, cherchee in CHERCHEES:
        trouve = correspond(cherchee, q)
        if trouve is not None:
            parmi.append(await _parmi(session, cle, select(de).where(trouve)))
    return or_(false(), *parmi)


async def _parmi(session: AsyncSession, cle: Any, trouves: Select[Any]) -> ColumnElement[bool]:
    """`cle` is among what is found. Few are named, so that their objects come from an index; many are met soon by date."""
    ids = list(await session.scalars(trouves.limit(PEU + 1)))
    parmi: ColumnElement[bool] = cle.in_(trouves) if len(ids) > PEU else cle == any_(literal(ids, ARRAY(Uuid)))
    return parmi


def _trouves(code: str) -> CompoundSelect[Any]:
    """(id, piste, rang) of the objects that `code`, scanned or typed, names; each track has its own index."""
    exact = code.strip().upper()
    places = select(Emplacement.id).where(func.upper(Emplacement.code) == exact)
    pistes = (
        ("etiquette", Historique.etiquette == code_etiquette(code)),
        ("numero_serie", func.upper(Historique.numero_serie).in_(series_possibles(code))),
        ("facture_fournisseur", func.upper(Historique.facture_fournisseur) == exact),
        ("emplacement", Historique.emplacement_id.in_(places) & (Historique.etat == EtatHistorique.EN_STOCK)),
    )
    return union_all(
        *(
            select(Historique.id, literal(nom).label("piste"), literal(rang).label("rang"))
            .where(condition)
            .limit(TROUVES_AU_PLUS)
            for rang, (nom, condition) in enumerate(pistes)
        )
    )


async def fiche(session: AsyncSession, historique_id: UUID, *, avec_couts: bool) -> VueHistorique:
    """Everything about one object."""
    requete = select(Historique).where(Historique.id == historique_id).options(*ENTIER)
    objet = (await session.scalars(requete.execution_options(populate_existing=True))).one_or_none()
    if objet is None:
        raise HistoriqueInconnu
    emplacement = await session.get(Emplacement, objet.emplacement_id) if objet.emplacement_id else None
    numero, est_modifiable = None, objet.etat not in PARTIS
    if objet.feuille_id is not None:
        requete_feuille = select(FEUILLE.c.numero, FEUILLE.c.etat).where(FEUILLE.c.id == objet.feuille_id)
        numero, etat = (await session.execute(requete_feuille)).one()
        est_modifiable = etat != "validee"
    remplacant = select(Historique.id).where(Historique.remplace_id == historique_id).limit(1)
    produit, du_type = objet.produit, objet.produit.type
    return VueHistorique.model_validate(
        {
            **{nom: getattr(objet, nom) for nom in PROPRES},
            "cout_unitaire_ht": objet.cout_unitaire_ht if avec_couts else None,
            "reference": produit.reference,
            "designation": produit.designation,
            "unite": produit.unite,
            "type_id": produit.type_id,
            "type_code": du_type.code if du_type else None,
            "type_libelle": du_type.libelle if du_type else None,
            "icone": du_type.icone if du_type else "package",
            "lieu": objet.lieu_libelle,
            "emplacement": emplacement.code if emplacement else None,
            "feuille_numero": numero,
            "remplace_par_id": await session.scalar(remplacant),
            "est_modifiable": est_modifiable,
            "est_visible_parc": objet.visible_parc,
            "est_unitaire": produit.est_unitaire,
            "preparation": objet.preparation.etat,
            "est_configurable": bool(du_type and du_type.champs),
            "etiquette_requise": produit.demande_etiquette,
            "garantie_jusqu_au": objet.garantie_jusqu_au,
            "garantie_mois": produit.garantie_mois,
            "configuration": valeurs(objet),
            "actions": actions(objet, await _photos(session, historique_id)),
            "mouvements": await mouvements(session, historique_id),
        }
    )


def valeurs(objet: Historique) -> list[VueValeur]:
    """The form of the type with what was filled, secrets masked."""
    du_type = objet.produit.type
    actuelles = {v.cle: v for v in objet.actuelles}
    vues = []
    for champ in du_type.formulaire if du_type else ():
        posee = actuelles.get(champ.cle)
        vue = VueValeur(
            cle=champ.cle,
            libelle=champ.libelle,
            type=champ.type,
            requis=champ.requis,
            secret=champ.secret,
            options=list(champ.options),
            unite=champ.unite,
            aide=champ.aide,
        )
        if posee is not None and posee.est_remplie:
            vue.valeur = MASQUE if posee.est_secrete or champ.secret else posee.contenu
            vue.est_remplie, vue.par_nom, vue.le = True, posee.par_nom, posee.le
        vues.append(vue)
    return vues


async def _photos(session: AsyncSession, historique_id: UUID) -> dict[str, list[PhotoAction]]:
    """The photos of each workshop operation of an object, the first taken first."""
    siennes = (PHOTO.c.proprietaire_id == historique_id, PHOTO.c.operation.is_not(None), PHOTO.c.retire_le.is_(None))
    photos: dict[str, list[PhotoAction]] = {}
    for ligne in await session.execute(select(PHOTO).where(*siennes).order_by(PHOTO.c.cree_le, PHOTO.c.id)):
        photos.setdefault(ligne.operation, []).append(PhotoAction.model_validate(ligne))
    return photos


def actions(objet: Historique, photos: dict[str, list[PhotoAction]]) -> list[VueAction]:
    """The workshop operations of an object, ticked or not."""
    cochees = {a.cle: a for a in objet.actions}
    return [
        VueAction(
            cle=a.cle,
            libelle=a.libelle,
            photo=a.photo,
            photos=photos.get(a.cle, []),
            est_faite=a.cle in cochees,
            par_nom=cochees[a.cle].par_nom if a.cle in cochees else None,
            le=cochees[a.cle].le if a.cle in cochees else None,
        )
        for a in objet.produit.operations
    ]


async def mouvements(session: AsyncSession, historique_id: UUID) -> list[VueMouvement]:
    """The last hundred movements of an object, newest first, without the separations that went nowhere."""
    requete = (
        select(Mouvement)
        .where(Mouvement.historique_id == historique_id)
        .order_by(Mouvement.le.desc(), Mouvement.id.desc())
        .limit(100)
    )
    return [
        VueMouvement(
            quantite=m.quantite,
            de_genre=m.de_genre,
            de=m.de_libelle,
            vers_genre=m.vers_genre,
            vers=m.vers_libelle,
            motif=m.motif,
            par_nom=m.par_nom,
            le=m.le,
        )
        for m in await session.scalars(requete)
    ]


def _valeurs(ligne: Sequence[Any], avec_couts: bool) -> dict[str, Any]:
    nommees = dict(zip(NOMS, ligne, strict=False))
    return nommees if avec_couts else {**nommees, "cout_unitaire_ht": None}
