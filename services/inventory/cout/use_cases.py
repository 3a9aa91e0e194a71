"""What an accepted supplier invoice causes to the objects of its reception, whichever of the two comes first."""

from collections.abc import Collection
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select

from services.inventory.consommation.models import Consommation
from services.inventory.cout import rules
from services.inventory.cout.models import CorrectionCout, ReceptionChiffree
from services.inventory.cout.rules import Bien
from services.inventory.historique import repository as historiques
from services.inventory.historique.models import Historique
from shared.contracts.billing import ReceptionChiffree as Chiffree
from shared.contracts.inventory_cout import CoutObjet, CoutsEtablis
from shared.database.transaction import Transaction
from shared.kernel.money import arrondi

Traces = dict[UUID, dict[int, Decimal]]  # the cost of each object, revision by revision


async def chiffrer(tx: Transaction, fait: Chiffree) -> None:
    """The invoice of a reception was accepted, or its acceptance changed: kept, once, and applied to what came."""
    if await tx.get(ReceptionChiffree, (fait.affaire_fournisseur_id, fait.revision)) is not None:
        return
    tx.add(
        ReceptionChiffree(
            affaire_fournisseur_id=fait.affaire_fournisseur_id,
            revision=fait.revision,
            reception_id=fait.reception_id,
            contenu=fait.model_dump(mode="json"),
        )
    )
    await tx.flush()
    await _appliquer(tx, fait.reception_id, {fait.revision})


async def reprendre(tx: Transaction, reception_id: UUID) -> None:
    """Goods came whose invoice had been accepted before they were heard of here."""
    revisions = await tx.scalars(
        select(ReceptionChiffree.revision).where(ReceptionChiffree.reception_id == reception_id)
    )
    if nouvelles := set(revisions):
        await tx.flush()
        await _appliquer(tx, reception_id, nouvelles)


async def _appliquer(tx: Transaction, reception_id: UUID, nouvelles: Collection[int]) -> None:
    """Give the objects of a reception the cost of its last revision, with the trace of the new ones.

    The subscriptions that lead here are of the ordered group: one transaction at a time.
    """
    requete = select(ReceptionChiffree).where(ReceptionChiffree.reception_id == reception_id)
    gardees = (await tx.scalars(requete.order_by(ReceptionChiffree.revision))).all()
    faits = [Chiffree.model_validate(gardee.contenu) for gardee in gardees]
    siens = select(Historique.id).where(Historique.reception_id == reception_id)
    consommees = select(Consommation).where(Consommation.historique_id.in_(siens)).order_by(Consommation.id)
    consommations = (await tx.scalars(consommees.with_for_update())).all()
    objets = await historiques.verrouiller(tx, Historique.reception_id == reception_id)
    if not objets:
        return
    traces = await _traces(tx, objets)
    for fait in faits:
        if fait.revision in nouvelles:
            _noter(tx, fait, objets, traces)
    for objet in objets:
        if siennes := traces[objet.id]:
            objet.cout_unitaire_ht = siennes[max(siennes)]
        objet.facture_fournisseur = faits[-1].facture_fournisseur or None
    revenus = {objet.id: objet.cout_unitaire_ht for objet in objets}
    for consommee in consommations:
        consommee.cout_ht = arrondi(revenus[consommee.historique_id] * consommee.quantite)


async def _traces(tx: Transaction, objets: list[Historique]) -> Traces:
    traces: Traces = {objet.id: {} for objet in objets}
    for trace in await tx.scalars(select(CorrectionCout).where(CorrectionCout.historique_id.in_(traces))):
        traces[trace.historique_id][trace.revision] = trace.cout_unitaire_ht
    return traces


def _noter(tx: Transaction, fait: Chiffree, objets: list[Historique], traces: Traces) -> None:
    """The trace of one revision on each object it changes, and the fact that says it of all of them."""
    dits = []
    couts = rules.etablir([_bien(objet) for objet in objets], fait.lignes)
    depassee = any(revision > fait.revision for siennes in traces.values() for revision in siennes)
    for objet in objets:
        siennes = traces[objet.id]
        avant = _avant(objet, siennes, fait.revision)
        # separated once a later revision was applied: it was born with the cost of that one
        est_ne_apres = depassee and _suit(objet) is not None and not siennes
        if objet.id not in couts or est_ne_apres:
            couts[objet.id] = avant
        else:
            siennes[fait.revision] = couts[objet.id]
            tx.add(_correction(fait, objet.id, couts[objet.id]))
        dits.append(
            CoutObjet(historique_id=objet.id, quantite=objet.quantite, cout_avant_ht=avant, cout_ht=couts[objet.id])
        )
    tx.publish(
        CoutsEtablis(
            reception_id=fait.reception_id,
            affaire_fournisseur_id=fait.affaire_fournisseur_id,
            affaire_numero=fait.numero,
            fournisseur_nom=fait.fournisseur_nom,
            facture_fournisseur=fait.facture_fournisseur,
            date_facture=fait.date_facture,
            acceptee_par=fait.acceptee_par,
            objets=tuple(dits),
        )
    )


def _correction(fait: Chiffree, historique_id: UUID, cout_ht: Decimal) -> CorrectionCout:
    return CorrectionCout(
        historique_id=historique_id,
        revision=fait.revision,
        affaire_fournisseur_id=fait.affaire_fournisseur_id,
        affaire_numero=fait.numero,
        facture_fournisseur=fait.facture_fournisseur,
        cout_unitaire_ht=cout_ht,
        par_nom=fait.acceptee_par,
        le=fait.acceptee_le,
    )


def _avant(objet: Historique, siennes: dict[int, Decimal], revision: int) -> Decimal:
    """What it cost before a revision."""
    dernieres = [r for r in siennes if r < revision]
    return siennes[max(dernieres)] if dernieres else objet.cout_recu_ht


def _bien(objet: Historique) -> Bien:
    return Bien(
        id=objet.id,
        ligne_id=objet.ligne_reception_id,
        produit_id=objet.produit_id,
        quantite=objet.quantite,
        suit_id=_suit(objet),
        est_part=objet.parent_id is not None,
    )


def _suit(objet: Historique) -> UUID | None:
    return objet.parent_id or objet.cout_suit_id
