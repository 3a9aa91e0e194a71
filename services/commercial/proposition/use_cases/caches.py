"""Hidden products as they are typed: known of the catalogue, a kit replaced by its parts, costs copied."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from decimal import Decimal
from uuid import UUID

from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieProduit
from services.commercial.errors import ProduitCacheInconnu, ProduitInconnu
from services.commercial.proposition.repository import Couts
from services.commercial.proposition.rules import proportion
from services.commercial.proposition.rules.chiffrage import ProduitCache
from services.commercial.proposition.schemas.saisies import SaisieProduitCache
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id

MILLIEME = Decimal("0.001")
Catalogue = Mapping[UUID, CopieProduit]


async def catalogue(tx: Transaction, ids: Iterable[UUID]) -> Catalogue:
    """These products, and the parts of those that are kits; ProduitInconnu."""
    connus = await _lire(tx, set(ids))
    parts = {UUID(c["produit_id"]) for produit in connus.values() for c in produit.composants}
    return connus | await _lire(tx, parts - connus.keys())


def eclater(saisies: Iterable[SaisieProduitCache], connus: Catalogue) -> list[SaisieProduitCache]:
    """The same needs, each new kit replaced by its parts: what is bought and prepared is never the kit."""
    parts: list[SaisieProduitCache] = []
    for saisie in saisies:
        kit = connus[saisie.produit_id].composants if saisie.id is None else []
        parts += [
            saisie.model_copy(
                update={
                    "produit_id": UUID(c["produit_id"]),
                    "quantite": (saisie.quantite * Decimal(c["quantite"])).quantize(MILLIEME),
                    "cout_ht": None,
                    "copie_de": None,
                }
            )
            for c in kit
        ] or [saisie]
    return parts


def poser(
    saisies: Sequence[SaisieProduitCache],
    gardes: Mapping[UUID, ProduitCache],
    connus: Catalogue,
    actor: Actor,
    couts: Mapping[UUID, Couts],
) -> tuple[ProduitCache, ...]:
    """The hidden products of a line: `gardes` are those it has, which keep their cost unless another is typed.

    `couts`: those of what a new one may be a copy of, or what was taken out and comes back.
    """
    return tuple(_produit(saisie, gardes, connus, actor, couts) for saisie in eclater(saisies, connus))


def ajouter(presents: tuple[ProduitCache, ...], nouveaux: Iterable[ProduitCache]) -> tuple[ProduitCache, ...]:
    """Those of a line and `nouveaux`: the same product at the same cost, both without a note, adds its quantity."""
    ensemble = list(presents)
    for nouveau in nouveaux:
        for rang, p in enumerate(ensemble):
            if (p.produit_id, p.cout_ht) == (nouveau.produit_id, nouveau.cout_ht) and not (p.note or nouveau.note):
                ensemble[rang] = replace(proportion.dire(p), quantite=p.quantite + nouveau.quantite)
                break
        else:
            ensemble.append(nouveau)
    return tuple(ensemble)


async def _lire(tx: Transaction, ids: set[UUID]) -> dict[UUID, CopieProduit]:
    connus = await copies.produits(tx.session, list(ids)) if ids else {}
    if ids - connus.keys():
        raise ProduitInconnu
    return connus


def _produit(
    saisie: SaisieProduitCache,
    gardes: Mapping[UUID, ProduitCache],
    connus: Catalogue,
    actor: Actor,
    couts: Mapping[UUID, Couts],
) -> ProduitCache:
    cout = saisie.cout_ht if actor.may("couts.voir") else None
    if saisie.id is not None:
        if saisie.id not in gardes:
            raise ProduitCacheInconnu
        garde = gardes[saisie.id]
        garde = garde if saisie.quantite == garde.quantite else proportion.dire(garde)
        return replace(
            garde, quantite=saisie.quantite, note=saisie.note, cout_ht=garde.cout_ht if cout is None else cout
        )
    produit = connus[saisie.produit_id]
    repris = couts.get(saisie.copie_de) if saisie.copie_de and cout is None else None
    return ProduitCache(
        id=new_id(),
        produit_id=produit.produit_id,
        reference=produit.reference,
        designation=produit.designation,
        quantite=saisie.quantite,
        note=saisie.note,
        cout_ht=repris.cout_ht if repris else produit.prix_achat_ht if cout is None else cout,
        est_stockable=produit.est_stockable,
    )
