"""The announcement that a demande misses nothing more to buy."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from uuid import UUID

from sqlalchemy import select

from services.purchasing.besoin.models import Besoin, Feuille
from services.purchasing.commande.queries.couverture import couvertures, en_commande
from services.purchasing.commande.rules import EN_COURS
from shared.contracts.purchasing import BesoinsCommandes
from shared.database.statements import among, once
from shared.database.transaction import Transaction

OUVERTES = select(Feuille).where(among(Feuille.demande_id, "demande_ids"), Feuille.est_terminee.is_(False))
MANQUANTS = once(
    select(Besoin.feuille_id, Besoin.id, Besoin.produit_id).where(
        among(Besoin.feuille_id, "feuille_ids"), Besoin.manquant > 0
    )
)


async def annoncer(tx: Transaction, demande_ids: Iterable[UUID]) -> None:
    """Say once, for each demande, that everything it misses is on order: really placed, not waiting for approval.

    Called only by subscriptions of the ordered group, one at a time: two buyers who each order half of it cannot both
    miss the moment. A sheet that comes later (an addition to the project) makes the demande announce again.
    """
    par_demande: dict[UUID, list[Feuille]] = defaultdict(list)
    for feuille in await tx.scalars(OUVERTES, {"demande_ids": list(set(demande_ids))}):
        par_demande[feuille.demande_id].append(feuille)
    a_dire = {d: f for d, f in par_demande.items() if not all(x.commandes_annoncees_le for x in f)}
    besoins = await _manquants(tx, a_dire)
    # A new sheet asks here, with nothing on order: weighing every need of the company for that would be long.
    commandes = await en_commande(
        tx.session, {produit_id for liste in besoins.values() for _, produit_id in liste}, etats=EN_COURS
    )
    possibles = {d: liste for d, liste in besoins.items() if all(produit_id in commandes for _, produit_id in liste)}
    couverts = await couvertures(
        tx.session, {produit_id for liste in possibles.values() for _, produit_id in liste}, etats=EN_COURS
    )
    for demande_id, liste in possibles.items():
        if any(couverts[besoin_id].net > 0 for besoin_id, _ in liste):
            continue
        for feuille in a_dire[demande_id]:
            feuille.commandes_annoncees_le = tx.now
        tx.publish(BesoinsCommandes(demande_id=demande_id))
    await tx.flush()


async def _manquants(
    tx: Transaction, feuilles: Mapping[UUID, Sequence[Feuille]]
) -> dict[UUID, list[tuple[UUID, UUID]]]:
    """(besoin, product) of what each demande misses; one that misses nothing is absent."""
    demandes = {feuille.feuille_id: demande_id for demande_id, siennes in feuilles.items() for feuille in siennes}
    trouves: dict[UUID, list[tuple[UUID, UUID]]] = defaultdict(list)
    if demandes:
        lus = await tx.session.execute(MANQUANTS, {"feuille_ids": list(demandes)})
        for feuille_id, besoin_id, produit_id in lus:
            trouves[demandes[feuille_id]].append((besoin_id, produit_id))
    return trouves
