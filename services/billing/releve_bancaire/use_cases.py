"""What accounts can cause to bank statements: import one, say what an operation pays, set it aside."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from services.billing.facture.models import Facture, Reglement
from services.billing.facture.schemas import SaisieReglement
from services.billing.facture.use_cases import noter_reglement
from services.billing.releve_bancaire import repository
from services.billing.releve_bancaire.models import OperationBancaire, ReleveBancaire
from services.billing.releve_bancaire.rules import lecture, rapprochement
from services.billing.releve_bancaire.rules.operation import OperationLue, ReleveLu, cles
from shared.database.numbering import next_number
from shared.database.transaction import Transaction


async def importer(tx: Transaction, nom: str, contenu: bytes) -> list[ReleveBancaire]:
    """Keep the operations nobody knew yet, and match those that cite their invoices. A file sent twice changes nothing.

    The counter is there for its lock: two imports of one period wait for each other instead of colliding.
    """
    lus = lecture.lire(contenu)
    await next_number(tx, "releves")
    releves, nouvelles = [], []
    for lu in lus:
        releve, operations = await _garder(tx, nom, lu)
        releves.append(releve)
        nouvelles += operations
    await _reconnaitre(tx, nouvelles)
    return releves


async def rapprocher(tx: Transaction, operation_id: UUID, facture_ids: Sequence[UUID]) -> OperationBancaire:
    """Somebody says which invoices it pays: each takes what it owes, nothing may be left over."""
    operation = await repository.get_for_update(tx, operation_id)
    operation.rapprocher(par=tx.actor.nom, le=tx.now)
    factures = await repository.factures_choisies(tx, facture_ids)
    _regler(tx, operation, factures)
    return operation


async def ecarter(tx: Transaction, operation_id: UUID, motif: str) -> OperationBancaire:
    """It pays no invoice: fees, taxes, a transfer between accounts."""
    operation = await repository.get_for_update(tx, operation_id)
    operation.ecarter(motif, par=tx.actor.nom, le=tx.now)
    return operation


async def rouvrir(tx: Transaction, operation_id: UUID) -> OperationBancaire:
    """Set aside by mistake."""
    operation = await repository.get_for_update(tx, operation_id)
    operation.rouvrir(par=tx.actor.nom, le=tx.now)
    return operation


async def _garder(tx: Transaction, nom: str, lu: ReleveLu) -> tuple[ReleveBancaire, list[OperationBancaire]]:
    lues = dict(zip(cles(lu.compte, lu.operations), lu.operations, strict=True))
    connues = await repository.deja_connues(tx, lues)
    jours = [operation.le for operation in lu.operations]
    releve = ReleveBancaire(
        nom=nom,
        format=lu.format,
        compte=lu.compte,
        debut=min(jours, default=tx.now.date()),
        fin=max(jours, default=tx.now.date()),
        solde_ouverture=lu.ouverture,
        solde_cloture=lu.cloture,
        nouvelles=len(lues) - len(connues),
        doublons=len(connues),
        importe_par=tx.actor.nom,
    )
    tx.add(releve)
    await tx.flush()
    operations = [_operation(releve, cle, lue) for cle, lue in lues.items() if cle not in connues]
    tx.add_all(operations)
    await tx.flush()
    return releve, operations


def _operation(releve: ReleveBancaire, cle: str, lue: OperationLue) -> OperationBancaire:
    operation = OperationBancaire(
        releve_bancaire_id=releve.id,
        cle=cle,
        compte=releve.compte,
        le=lue.le,
        libelle=lue.libelle,
        reference=lue.reference,
        montant=lue.montant,
    )
    operation.indexer()
    return operation


async def _reconnaitre(tx: Transaction, operations: Sequence[OperationBancaire]) -> None:
    """Match alone what leaves no doubt: a payment already recorded by hand, or the exact invoices cited."""
    cites = {o.id: rapprochement.numeros_cites(o.libelle, o.reference) for o in operations if o.montant > 0}
    connues = await repository.factures_citees(tx, {numero for numeros in cites.values() for numero in numeros})
    notes = await repository.reglements_sans_operation(tx, [f.id for f in connues.values()])
    for operation in operations:
        factures = [connues[numero] for numero in cites.get(operation.id, ()) if numero in connues]
        note = _deja_note(operation.montant, factures, notes)
        if note is not None:
            notes.remove(note)
            note.operation_id = operation.id
            operation.rapprocher(par=tx.actor.nom, le=tx.now)
        elif rapprochement.est_certain(operation.montant, factures):
            operation.rapprocher(par=tx.actor.nom, le=tx.now)
            _regler(tx, operation, factures)


def _deja_note(montant: Decimal, factures: Sequence[Facture], notes: Sequence[Reglement]) -> Reglement | None:
    ids = {facture.id for facture in factures}
    return next((n for n in notes if n.facture_id in ids and n.montant_ttc == montant), None)


def _regler(tx: Transaction, operation: OperationBancaire, factures: Sequence[Facture]) -> None:
    for part in rapprochement.repartir(operation.montant, factures):
        saisie = SaisieReglement(
            montant_ttc=part.montant_ttc,
            mode=rapprochement.mode(operation.libelle),
            recu_le=operation.le,
            reference=operation.libelle[:100],
        )
        noter_reglement(tx, part.facture, saisie, operation_id=operation.id)
