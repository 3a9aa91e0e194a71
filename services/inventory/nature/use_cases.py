"""What staff can cause to natures of stock."""

from uuid import UUID

from services.inventory.errors import (
    NatureDejaPrise,
    NatureInconnue,
    NaturePrincipaleNonLivrable,
    NaturePrincipaleRequise,
)
from services.inventory.nature import repository, rules
from services.inventory.nature.models import NatureStock
from services.inventory.nature.schemas import SaisieNature
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieNature) -> NatureStock:
    """A nature the company did not use yet."""
    connues = await repository.toutes_for_update(tx)
    nouvelle = NatureStock(code=rules.code(saisie.libelle), rang=max(n.rang for n in connues) + 1)
    if not nouvelle.code or any(n.code == nouvelle.code for n in connues):
        raise NatureDejaPrise(libelle=saisie.libelle)
    await _remplir(tx, nouvelle, saisie, connues)
    tx.add(nouvelle)
    await tx.flush()
    tx.publish(nouvelle.contrat())
    return nouvelle


async def modifier(tx: Transaction, nature_id: UUID, saisie: SaisieNature, version: int | None) -> NatureStock:
    """Its name, whether its goods may be delivered, whether it is the main one. Goods stay where they are.

    From then on what arrives without a place, new affaires and new feuilles are of the main nature: nothing that is
    already somewhere changes its own without a movement.
    """
    connues = await repository.toutes_for_update(tx)
    nature = next((n for n in connues if n.id == nature_id), None)
    if nature is None:
        raise NatureInconnue(nature="demandée")
    await tx.expect_version(nature, version)
    await _remplir(tx, nature, saisie, connues)
    await tx.flush()
    tx.publish(nature.contrat())
    return nature


async def _remplir(tx: Transaction, nature: NatureStock, saisie: SaisieNature, connues: list[NatureStock]) -> None:
    if any(n is not nature and n.libelle.lower() == saisie.libelle.lower() for n in connues):
        raise NatureDejaPrise(libelle=saisie.libelle)
    if nature.est_principale and not saisie.est_principale:
        raise NaturePrincipaleRequise(libelle=nature.libelle)
    if saisie.est_principale and not saisie.est_livrable:
        raise NaturePrincipaleNonLivrable(libelle=saisie.libelle)
    for ancienne in connues:
        if saisie.est_principale and ancienne.est_principale and ancienne is not nature:
            ancienne.est_principale = False
            await tx.flush()  # never two at once, not even inside the transaction
            tx.publish(ancienne.contrat())
    nature.libelle, nature.est_livrable = saisie.libelle, saisie.est_livrable
    nature.est_principale = saisie.est_principale
