"""The fil de vie of one object, and the money it tells."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import DateTime, Row, cast, func, literal, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.inventory.cout.models import CorrectionCout
from services.inventory.errors import HistoriqueInconnu
from services.inventory.fil.models import FilDeVie, LienEquipement, LienProjet, TempsProjet
from services.inventory.fil.schemas import Bilan, Evenement, VueCorrection
from services.inventory.historique.models import Historique
from shared.kernel.money import ZERO, arrondi, repartir
from shared.web.paging import Cle, Page, paginer


async def lire(
    session: AsyncSession, historique_id: UUID, *, limite: int, curseur: str | None, avec_couts: bool
) -> Page[Evenement]:
    """Newest first. A part separated from a quantity keeps the life of the quantity up to their separation, and a
    replacement the life of what it replaces up to its arrival.
    """
    ici = select(
        Historique.id,
        func.coalesce(Historique.parent_id, Historique.remplace_id).label("source_id"),
        Historique.parent_id,
        cast(literal("infinity"), DateTime(timezone=True)).label("avant"),
        Historique.cree_le,
        literal(value=False).label("est_du_remplace"),
    ).where(Historique.id == historique_id)
    lignee = ici.cte("lignee", recursive=True)
    lignee = lignee.union_all(
        select(
            Historique.id,
            func.coalesce(Historique.parent_id, Historique.remplace_id),
            Historique.parent_id,
            lignee.c.cree_le.label("avant"),
            Historique.cree_le,
            or_(lignee.c.est_du_remplace, lignee.c.parent_id.is_(None)),
        ).join(lignee, lignee.c.source_id == Historique.id)
    )
    requete = (
        select(FilDeVie, lignee.c.est_du_remplace)
        .join(lignee, lignee.c.id == FilDeVie.historique_id)
        # what a part costs is told on the part itself, even by the transaction that separated it
        .where(FilDeVie.le <= lignee.c.avant, or_(FilDeVie.type != "cout", FilDeVie.le < lignee.c.avant))
    )
    cles = [
        Cle(FilDeVie.le, decroissant=True),
        Cle(FilDeVie.seq, decroissant=True),
        Cle(FilDeVie.id, decroissant=True),
    ]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    elements = [
        Evenement.model_validate(fait).model_copy(update={"est_du_remplace": du_remplace})
        for fait, du_remplace in lignes
    ]
    if not avec_couts:
        elements = [e.model_copy(update={"montant_ht": None}) for e in elements]
    return Page(elements=elements, curseur_suivant=suite)


async def bilan(session: AsyncSession, historique_id: UUID) -> Bilan:
    """What an object cost, was last sold for, and what the hours of its project and its own left of it."""
    objet = await session.get(Historique, historique_id)
    if objet is None:
        raise HistoriqueInconnu
    cout = arrondi(objet.cout_unitaire_ht * objet.quantite)
    vente = await _vente(session, historique_id)
    propres, du_projet = await _temps(session, historique_id)
    membres = await _membres(session, historique_id) if du_projet.minutes else []
    heures = propres.cout + _part(membres, historique_id, du_projet.cout)
    return Bilan(
        cout_ht=cout,
        vente_ht=vente,
        minutes=propres.minutes,
        minutes_projet=du_projet.minutes,
        partages=len(membres),
        minutes_sans_cout=propres.sans_cout + du_projet.sans_cout,
        heures_ht=heures,
        marge_ht=None if vente is None else vente - cout - heures,
        corrections=await _corrections(session, objet),
    )


async def _corrections(session: AsyncSession, objet: Historique) -> list[VueCorrection]:
    """What the invoices of its supplier changed, the last one first."""
    requete = select(CorrectionCout).where(CorrectionCout.historique_id == objet.id).order_by(CorrectionCout.revision)
    vues: list[VueCorrection] = []
    avant = objet.cout_recu_ht
    for c in await session.scalars(requete):
        vues.insert(
            0,
            VueCorrection(
                le=c.le,
                par_nom=c.par_nom,
                facture_fournisseur=c.facture_fournisseur,
                affaire_fournisseur_id=c.affaire_fournisseur_id,
                affaire_numero=c.affaire_numero,
                cout_avant_ht=arrondi(avant),
                cout_ht=arrondi(c.cout_unitaire_ht),
            ),
        )
        avant = c.cout_unitaire_ht
    return vues


async def _vente(session: AsyncSession, historique_id: UUID) -> Decimal | None:
    requete = select(FilDeVie.montant_ht).where(FilDeVie.historique_id == historique_id, FilDeVie.type == "vente")
    derniere: Decimal | None = await session.scalar(requete.order_by(FilDeVie.le.desc(), FilDeVie.seq.desc()).limit(1))
    return derniere


async def _temps(session: AsyncSession, historique_id: UUID) -> tuple[Row[Any], Row[Any]]:
    """Minutes, their cost and those without a cost: spent on the object itself, then on its project."""
    temps = TempsProjet
    cout = func.round(temps.minutes * temps.cout_horaire_ht / 60, 2)
    sommes = select(
        func.coalesce(func.sum(temps.minutes), 0).label("minutes"),
        func.coalesce(func.sum(cout), ZERO).label("cout"),
        func.coalesce(func.sum(temps.minutes).filter(temps.cout_horaire_ht.is_(None)), 0).label("sans_cout"),
    )
    equipements = select(LienEquipement.equipement_id).where(LienEquipement.historique_id == historique_id)
    projet = select(LienProjet.demande_id).where(LienProjet.historique_id == historique_id)
    siens = sommes.where(temps.equipement_id.in_(equipements))
    communs = sommes.where(temps.demande_id.in_(projet), temps.equipement_id.is_(None))
    return (await session.execute(siens)).one(), (await session.execute(communs)).one()


async def _membres(session: AsyncSession, historique_id: UUID) -> list[Row[Any]]:
    """The objects of its project, itself included, with what each cost and its quantity."""
    projet = select(LienProjet.demande_id).where(LienProjet.historique_id == historique_id).scalar_subquery()
    cout = (Historique.cout_unitaire_ht * Historique.quantite).label("cout")
    requete = select(Historique.id, cout, Historique.quantite).join(
        LienProjet, LienProjet.historique_id == Historique.id
    )
    return list(await session.execute(requete.where(LienProjet.demande_id == projet).order_by(Historique.id)))


def _part(membres: Sequence[Row[Any]], historique_id: UUID, total: Decimal) -> Decimal:
    """The part an object bears of what its project shares, by what each cost, to the cent."""
    if not membres:
        return ZERO
    couts = [m.cout for m in membres]
    poids = couts if sum(couts, ZERO) > 0 else [m.quantite for m in membres]
    rang = next(rang for rang, membre in enumerate(membres) if membre.id == historique_id)
    return repartir(total, poids)[rang]
