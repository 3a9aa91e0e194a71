"""Lists of negociations, straight from SQL to schemas."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncSession

from services.purchasing.errors import NegociationInconnue
from services.purchasing.negociation import rules
from services.purchasing.negociation.models import Negociation, PartNegociation
from services.purchasing.negociation.repository import ENTIERE
from services.purchasing.negociation.rules import EtatNegociation, Ligne, Offre, meilleures
from services.purchasing.negociation.schemas import (
    Comparaison,
    FournisseurCompare,
    OffreComparee,
    ProduitCompare,
    VueNegociation,
)
from shared.kernel.money import total_ligne_ht
from shared.web.paging import Cle, Page, paginer

COMPAREES = 500


async def lister(
    session: AsyncSession,
    *,
    etat: EtatNegociation | None,
    fournisseur_id: UUID | None,
    produit_id: UUID | None,
    demande_id: UUID | None,
    limite: int,
    curseur: str | None,
    couts: bool,
) -> Page[VueNegociation]:
    """Negociations, the most recent first."""
    requete = select(Negociation).options(*ENTIERE)
    egaux = {Negociation.etat: etat, Negociation.fournisseur_id: fournisseur_id, Negociation.produit_id: produit_id}
    requete = requete.where(*(colonne == valeur for colonne, valeur in egaux.items() if valeur is not None))
    if demande_id is not None:
        siennes = select(PartNegociation.negociation_id).where(PartNegociation.demande_id == demande_id)
        requete = requete.where(Negociation.id.in_(siennes))
    cles = [Cle(Negociation.id, decroissant=True)]
    lignes, suite = await paginer(session, requete, cles, limite=limite, curseur=curseur)
    return Page(elements=[vue(n, couts=couts) for n in lignes], curseur_suivant=suite)


async def fiche(session: AsyncSession, negociation_id: UUID, *, couts: bool) -> VueNegociation:
    """One negociation."""
    negociation = await session.get(Negociation, negociation_id, options=ENTIERE)
    if negociation is None:
        raise NegociationInconnue
    return vue(negociation, couts=couts)


async def concurrentes(
    session: AsyncSession, produit_ids: Iterable[UUID], *, couts: bool
) -> dict[UUID, list[VueNegociation]]:
    """Open negociations of each product, cheapest first, with the best price and delay marked."""
    requete = (
        select(Negociation)
        .where(Negociation.produit_id.in_(set(produit_ids)), Negociation.etat == EtatNegociation.OUVERTE)
        .options(*ENTIERE)
        .order_by(Negociation.prix_ht.nulls_last(), Negociation.id)
    )
    groupes: dict[UUID, list[VueNegociation]] = {}
    for negociation in await session.scalars(requete):
        groupes.setdefault(negociation.produit_id, []).append(vue(negociation, couts=True))
    for vues in groupes.values():
        prix, delais = meilleures([Offre(v.prix_ht, v.delai_jours) for v in vues])
        for rang, une in enumerate(vues):
            une.est_moins_chere, une.est_plus_rapide = rang in prix, rang in delais
    if couts:
        return groupes
    return {produit_id: [v.sans_couts() for v in vues] for produit_id, vues in groupes.items()}


async def rivales(session: AsyncSession, negociation_ids: Sequence[UUID], *, couts: bool) -> list[VueNegociation]:
    """The open offers of other suppliers that an order of these negociations makes useless, in whole or in part."""
    choisies = list(
        await session.scalars(select(Negociation).where(Negociation.id.in_(negociation_ids)).options(*ENTIERE))
    )
    fournisseurs = {n.fournisseur_id for n in choisies}
    par_produit: dict[UUID, list[set[UUID]]] = {}
    for n in choisies:
        par_produit.setdefault(n.produit_id, []).append({part.besoin_id for part in n.parts})
    trouvees = []
    for autres in (await concurrentes(session, par_produit, couts=couts)).values():
        for autre in autres:
            siens, commandes = {part.besoin_id for part in autre.parts}, par_produit[autre.produit_id]
            if autre.fournisseur_id not in fournisseurs and any(rules.est_rivale(siens, c) for c in commandes):
                autre.est_couverte = siens <= set().union(*commandes)
                trouvees.append(autre)
    return trouvees


def vue(negociation: Negociation, *, couts: bool) -> VueNegociation:
    """The negociation as the API gives it, without price for those who may not see costs."""
    complete = VueNegociation.model_validate(negociation)
    if negociation.prix_ht is not None:
        complete.total_ht = total_ligne_ht(negociation.quantite, negociation.prix_ht)
    return complete if couts else complete.sans_couts()


async def comparer(session: AsyncSession, demande_id: UUID) -> Comparaison:
    """The offers received for the products of a demande, supplier by supplier."""
    siennes = select(PartNegociation.negociation_id).where(PartNegociation.demande_id == demande_id)
    requete = (
        select(Negociation)
        .where(Negociation.etat == EtatNegociation.OUVERTE, Negociation.id.in_(siennes))
        .order_by(Negociation.designation, Negociation.id)
        .limit(COMPAREES)
    )
    ouvertes = list(await session.scalars(requete))
    offres: dict[UUID, list[OffreComparee]] = {}
    for n in ouvertes:
        offres.setdefault(n.fournisseur_id, []).append(_offre(n))
    noms = {n.fournisseur_id: n.fournisseur_nom for n in ouvertes}
    lignes = [Ligne(f, o.produit_id, o.total_ht, o.delai_jours) for f, siennes_ in offres.items() for o in siennes_]
    return Comparaison(
        produits=list(
            {
                n.produit_id: ProduitCompare(produit_id=n.produit_id, reference=n.reference, designation=n.designation)
                for n in ouvertes
            }.values()
        ),
        fournisseurs=[
            FournisseurCompare(
                fournisseur_nom=noms[b.fournisseur_id],
                offres=offres[b.fournisseur_id],
                **asdict(b),
            )
            for b in rules.comparer(lignes)
        ],
    )


def _offre(negociation: Negociation) -> OffreComparee:
    prix = negociation.prix_ht
    return OffreComparee(
        negociation_id=negociation.id,
        produit_id=negociation.produit_id,
        quantite=negociation.quantite,
        prix_ht=prix,
        total_ht=None if prix is None else total_ligne_ht(negociation.quantite, prix),
        delai_jours=negociation.delai_jours,
    )
