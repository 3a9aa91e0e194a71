"""How facts of every service become events in the life of objects. Each is told once, whatever is delivered twice."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from services.inventory.fil.models import FilDeVie, LienEquipement, LienProjet
from services.inventory.historique.models import Historique
from services.inventory.produit.models import Produit
from services.inventory.type_produit.models import TypeProduit
from shared.contracts.base import Envelope
from shared.contracts.inventory import HistoriqueMouvemente
from shared.contracts.maintenance import FicheEquipement
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id

# Facts of before `vers_genre` existed say no kind of place: their project is the one they name.
DANS_LE_PROJET = ("feuille", "client", "")


@dataclass(frozen=True, slots=True)
class Recit:
    """How an event is told."""

    type: str
    titre: str
    detail: str = ""
    lien: str | None = None
    montant_ht: Decimal | None = None


def enveloppe_de(tx: Transaction) -> Envelope:
    """The envelope of the fact being told."""
    if tx.envelope is None:
        raise LookupError("the fil de vie is only written by facts")
    return tx.envelope


async def raconter(tx: Transaction, historique_ids: Iterable[UUID], recit: Recit) -> None:
    """Write the event of the present fact on each of these objects."""
    enveloppe = enveloppe_de(tx)
    lignes = [
        {
            "id": new_id(),
            "historique_id": historique_id,
            "message_id": enveloppe.id,
            "source": enveloppe.type.partition(".")[0],
            "seq": enveloppe.seq,
            "le": enveloppe.occurred_at,
            "par_nom": enveloppe.acteur_nom,
            "type": recit.type,
            "titre": recit.titre,
            "detail": recit.detail,
            "lien": recit.lien,
            "montant_ht": recit.montant_ht,
        }
        for historique_id in set(historique_ids)
    ]
    if lignes:
        connus = set(
            await tx.scalars(select(Historique.id).where(Historique.id.in_({x["historique_id"] for x in lignes})))
        )
        lignes = [x for x in lignes if x["historique_id"] in connus]
    if lignes:
        await tx.execute(insert(FilDeVie).values(lignes).on_conflict_do_nothing())


async def raconter_au_projet(tx: Transaction, demande_id: UUID | None, recit: Recit) -> None:
    """Write the event on every object that is, by the facts told so far, on the feuille or at the client of a demande."""
    if demande_id is not None:
        requete = select(LienProjet.historique_id).where(LienProjet.demande_id == demande_id)
        await raconter(tx, await tx.scalars(requete), recit)


async def suivre_projet(tx: Transaction, fait: HistoriqueMouvemente) -> None:
    """Remember which project an object belongs to: read from the facts, so that a replay finds the same objects."""
    if fait.demande_id is not None and fait.vers_genre in DANS_LE_PROJET:
        ajout = insert(LienProjet).values(historique_id=fait.historique_id, demande_id=fait.demande_id)
        maj = {"demande_id": fait.demande_id}
        await tx.execute(ajout.on_conflict_do_update(index_elements=("historique_id",), set_=maj))
    else:
        await tx.execute(delete(LienProjet).where(LienProjet.historique_id == fait.historique_id))


async def raconter_au_contrat(tx: Transaction, contrat_id: UUID, recit: Recit) -> None:
    """Write the event on every object a contract covers."""
    requete = select(LienEquipement.historique_id).where(
        LienEquipement.contrat_id == contrat_id, LienEquipement.historique_id.is_not(None)
    )
    await raconter(tx, await tx.scalars(requete), recit)


async def raconter_a_l_equipement(tx: Transaction, equipement_id: UUID | None, recit: Recit) -> None:
    """Write the event on the object an equipment is."""
    requete = select(LienEquipement.historique_id).where(
        LienEquipement.equipement_id == equipement_id, LienEquipement.historique_id.is_not(None)
    )
    await raconter(tx, await tx.scalars(requete), recit)


async def lier_equipement(tx: Transaction, equipement_id: UUID, fiche: FicheEquipement) -> UUID | None:
    """Remember which object an equipment is; the contract just gained, if any."""
    lien = await _lien(tx, equipement_id)
    lien.historique_id = fiche.historique_id or lien.historique_id
    if fiche.contrat_id is None or fiche.contrat_id == lien.contrat_id:
        return None
    lien.contrat_id, lien.contrat_numero = fiche.contrat_id, fiche.contrat_numero
    return fiche.contrat_id


async def lier_contrat(tx: Transaction, contrat_id: UUID, numero: str, equipement_ids: Iterable[UUID]) -> list[UUID]:
    """Remember what a contract covers; the objects it just gained."""
    gagnes = []
    for equipement_id in sorted(set(equipement_ids)):
        lien = await _lien(tx, equipement_id)
        if lien.contrat_id != contrat_id:
            lien.contrat_id, lien.contrat_numero = contrat_id, numero
            if lien.historique_id is not None:
                gagnes.append(lien.historique_id)
    return gagnes


async def cout(tx: Transaction, historique_id: UUID, quantite: Decimal) -> Decimal | None:
    """What the quantity of an object cost."""
    unitaire: Decimal | None = await tx.scalar(
        select(Historique.cout_unitaire_ht).where(Historique.id == historique_id)
    )
    return None if unitaire is None else unitaire * quantite


async def libelles(tx: Transaction, historique_id: UUID) -> dict[str, str]:
    """The names of the fields of an object's form, by key."""
    requete = (
        select(TypeProduit.champs)
        .join(Produit, Produit.type_id == TypeProduit.id)
        .join(Historique, Historique.produit_id == Produit.id)
        .where(Historique.id == historique_id)
    )
    champs: list[dict[str, Any]] = await tx.scalar(requete) or []
    return {champ["cle"]: champ["libelle"] for champ in champs}


async def _lien(tx: Transaction, equipement_id: UUID) -> LienEquipement:
    """The row of an equipment, made when a contract speaks of it before its parc does."""
    await tx.execute(insert(LienEquipement).values(id=new_id(), equipement_id=equipement_id).on_conflict_do_nothing())
    requete = select(LienEquipement).where(LienEquipement.equipement_id == equipement_id).with_for_update()
    lien: LienEquipement = (await tx.scalars(requete)).one()
    return lien
