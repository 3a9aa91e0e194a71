"""Keep what facts say of the objects of a demande."""

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import case, func, select
from sqlalchemy.dialects.postgresql import Insert, insert

from services.demandes.lien.models import Evenement, Lien
from services.demandes.lien.rules import Apport
from shared.contracts.base import Fact
from shared.database.statements import once
from shared.database.transaction import Transaction


async def demandes_par_objet(tx: Transaction, objet_id: UUID) -> list[UUID]:
    """The demandes an object is linked to: for facts that do not name them."""
    return list(await tx.scalars(select(Lien.demande_id).where(Lien.objet_id == objet_id)))


async def noter(tx: Transaction, fait: Fact, apport: Apport, demande_ids: Sequence[UUID]) -> None:
    """The object is linked to these (existing) demandes, and the fact enters their time line."""
    if apport.lien:
        await _lier(tx, fait, apport, demande_ids)
    if apport.phrase and tx.envelope is not None:
        await _raconter(tx, fait, apport, demande_ids)


def _enregistrer() -> Insert:
    """The newest fact of an object wins, and fills what an older one left unsaid; built once, it is costly to build."""
    table = Lien.__table__.c
    ajout = insert(Lien.__table__)  # type: ignore[arg-type]
    nouveau = ajout.excluded
    plus_recent = nouveau.seq >= table.seq
    dits = ("numero", "libelle", "montant")
    valeurs = {
        c: case((plus_recent, func.coalesce(nouveau[c], table[c])), else_=func.coalesce(table[c], nouveau[c]))
        for c in dits
    }
    etats = {c: case((plus_recent, nouveau[c]), else_=table[c]) for c in ("etat", "le", "seq")}
    return ajout.on_conflict_do_update(
        index_elements=["demande_id", "objet_type", "objet_id"],
        set_={**valeurs, **etats, "cree_le": func.least(table.cree_le, nouveau.cree_le)},
    )


ENREGISTRER = once(_enregistrer())
RACONTER = once(insert(Evenement.__table__).on_conflict_do_nothing())  # type: ignore[arg-type]


async def _lier(tx: Transaction, fait: Fact, apport: Apport, demande_ids: Sequence[UUID]) -> None:
    seq = tx.envelope.seq if tx.envelope else 0
    le = tx.envelope.occurred_at if tx.envelope else tx.now
    commun = {
        "objet_type": apport.objet_type,
        "objet_id": apport.objet_id,
        "service": fait.type.partition(".")[0],
        "numero": apport.numero,
        "libelle": apport.libelle,
        "montant": apport.montant,
        "est_cout": apport.est_cout,
        "etat": apport.etat,
        "cree_le": le,
        "le": le,
        "seq": seq,
    }
    await tx.execute(ENREGISTRER, [{**commun, "demande_id": d} for d in demande_ids])


async def _raconter(tx: Transaction, fait: Fact, apport: Apport, demande_ids: Sequence[UUID]) -> None:
    enveloppe = tx.envelope
    assert enveloppe is not None
    commun = {
        "fait_id": enveloppe.id,
        "le": enveloppe.occurred_at,
        "fait_type": fait.type,
        "titre": apport.phrase[0].upper() + apport.phrase[1:],
        "detail": apport.detail,
        "par_nom": enveloppe.acteur_nom,
        "objet_type": apport.objet_type,
        "objet_id": apport.objet_id,
        "numero": apport.numero,
    }
    lignes = [{**commun, "demande_id": d} for d in demande_ids]
    await tx.execute(RACONTER, lignes)
