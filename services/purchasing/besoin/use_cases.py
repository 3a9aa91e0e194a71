"""What facts cause to needs. Applied in any order, any number of times, the result is the same."""

from collections.abc import Iterable
from decimal import Decimal
from enum import Enum
from typing import Any
from uuid import UUID

from sqlalchemy import Uuid, bindparam, delete, not_, text, update
from sqlalchemy.dialects.postgresql import insert

from services.purchasing.besoin.models import Besoin, BesoinPressenti, Feuille, PropositionPressentie
from services.purchasing.besoin.rules import RIEN, identifiant
from services.purchasing.copies.use_cases import place
from shared.contracts.commercial import BesoinsPressentis
from shared.contracts.inventory import AttenduFeuille, FeuilleCreee, FeuilleModifiee, FeuilleRouverte, FeuilleValidee
from shared.database.rows import put
from shared.database.statements import among, once
from shared.database.transaction import Transaction
from shared.kernel.search import texte_recherche

VIDE = {"quantite": RIEN, "present": RIEN, "reserve": RIEN, "manquant": RIEN}
VIDER = once(
    update(Besoin.__table__)  # type: ignore[arg-type]
    .where(Besoin.feuille_id == bindparam("de"), not_(among(Besoin.id, "presents")))
    .values(**VIDE)
)
SIGNER = text("""
WITH signee AS (
  INSERT INTO proposition_pressentie (proposition_id, seq, demande_id, numero, tiers_nom, objet, est_signee)
  VALUES (:proposition_id, 0, :demande_id, '', '', '', true)
  ON CONFLICT (proposition_id) DO UPDATE SET est_signee = true
)
DELETE FROM besoin_pressenti WHERE proposition_id = :proposition_id
""").bindparams(bindparam("proposition_id", type_=Uuid()), bindparam("demande_id", type_=Uuid()))


class Ecriture(Enum):
    """What a fact did to the head of a sheet."""

    NOUVELLE = "nouvelle"
    REMPLACEE = "remplacee"
    PERIMEE = "perimee"


async def suivre_feuille(tx: Transaction, fait: FeuilleCreee | FeuilleModifiee | FeuilleRouverte) -> None:
    """A sheet was opened or changed: its needs are replaced; those it no longer lists keep their id at zero."""
    ecriture = await _ecrire_feuille(tx, fait)
    if ecriture is Ecriture.PERIMEE:
        return
    lignes = _regrouper(fait.feuille_id, fait.etat.attendus)
    if ecriture is Ecriture.REMPLACEE:
        await tx.execute(VIDER, {"de": fait.feuille_id, "presents": [ligne["id"] for ligne in lignes]})
    await put(tx, Besoin, lignes)
    await signer_pressenti(tx, fait.etat.proposition_id, fait.demande_id)


async def _ecrire_feuille(tx: Transaction, fait: FeuilleCreee | FeuilleModifiee | FeuilleRouverte) -> Ecriture:
    """Write the head of the sheet unless a later fact did, whose needs stay; `depuis` is always the oldest instant seen."""
    etat, seq = fait.etat, place(tx)
    depuis = tx.envelope.occurred_at if tx.envelope else tx.now
    valeurs: dict[str, Any] = {
        "seq": seq,
        "demande_id": fait.demande_id,
        "proposition_id": etat.proposition_id,
        "numero": etat.numero,
        "devis_numero": etat.devis_numero,
        "tiers_id": etat.tiers_id,
        "tiers_nom": etat.tiers_nom,
        "objet": etat.objet,
        "agence_id": etat.agence_id,
        "affaire_id": etat.affaire_id,
        "priorite": etat.priorite,
        "zone": etat.zone,
        "nature_stock": etat.nature_stock,
        "livraison_souhaitee": etat.livraison_souhaitee,
        "signee_le": etat.signee_le,
    }
    connue = await tx.get(Feuille, fait.feuille_id, with_for_update=True, populate_existing=True)
    if connue is None:
        tx.add(Feuille(feuille_id=fait.feuille_id, depuis=depuis, est_terminee=False, **valeurs))
        await tx.flush()
        return Ecriture.NOUVELLE
    connue.depuis = min(connue.depuis, depuis)
    if connue.seq > seq:
        await tx.flush()
        return Ecriture.PERIMEE
    for nom, valeur in valeurs.items():
        setattr(connue, nom, valeur)
    await tx.flush()
    return Ecriture.REMPLACEE


def _regrouper(feuille_id: UUID, attendus: Iterable[AttenduFeuille]) -> list[dict[str, Any]]:
    """One row per product: two columns of the sheet may wait for the same one."""
    lignes: dict[UUID, dict[str, Any]] = {}
    for attendu in attendus:
        ligne = lignes.setdefault(
            attendu.produit_id,
            {
                "id": identifiant(feuille_id, attendu.produit_id),
                "feuille_id": feuille_id,
                "produit_id": attendu.produit_id,
                "reference": attendu.reference,
                "designation": attendu.designation,
                "recherche_texte": texte_recherche(attendu.reference, attendu.designation),
                "note": "",
                **VIDE,
            },
        )
        for nom in VIDE:
            ligne[nom] += getattr(attendu, nom)
        ligne["note"] = " · ".join(dict.fromkeys(n for n in (ligne["note"], attendu.note) if n))
    return list(lignes.values())


async def terminer_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """The work is done: the sheet wants nothing any more, whatever arrives late, until it is reopened."""
    ligne = {
        "feuille_id": fait.feuille_id,
        "seq": place(tx),
        "demande_id": fait.demande_id,
        "proposition_id": fait.proposition_id,
        "numero": fait.numero,
        "devis_numero": fait.devis_numero,
        "tiers_id": fait.tiers_id,
        "tiers_nom": fait.tiers_nom,
        "objet": fait.objet,
        "agence_id": fait.agence_id,
        "affaire_id": fait.affaire_id,
        "priorite": 5,
        "zone": "",
        "nature_stock": "",
        "depuis": tx.envelope.occurred_at if tx.envelope else tx.now,
        "est_terminee": True,
        "fin_seq": place(tx),
    }
    ajout = insert(Feuille).values(ligne)
    maj = {"est_terminee": True, "fin_seq": place(tx)}
    recente = Feuille.fin_seq <= place(tx)
    await tx.execute(ajout.on_conflict_do_update(index_elements=("feuille_id",), set_=maj, where=recente))


async def rouvrir_feuille(tx: Transaction, fait: FeuilleRouverte) -> None:
    """A finished sheet is being corrected: it wants again what it misses, and will say again that all is on order."""
    await suivre_feuille(tx, fait)
    valeurs = {"est_terminee": False, "fin_seq": place(tx), "commandes_annoncees_le": None}
    siennes = (Feuille.feuille_id == fait.feuille_id, Feuille.fin_seq < place(tx))
    await tx.execute(update(Feuille).where(*siennes).values(**valeurs))


async def pressentir(tx: Transaction, fait: BesoinsPressentis) -> None:
    """An unsigned proposition would need these products; replaced as a whole, an empty list withdraws it."""
    tete = {
        "proposition_id": fait.proposition_id,
        "seq": place(tx),
        "demande_id": fait.demande_id,
        "numero": fait.numero,
        "tiers_nom": fait.tiers_nom,
        "objet": fait.objet,
        "est_signee": False,
    }
    ajout = insert(PropositionPressentie).values(tete)
    nouvelles = {nom: ajout.excluded[nom] for nom in tete if nom not in ("proposition_id", "est_signee")}
    recente = (PropositionPressentie.seq <= place(tx)) & PropositionPressentie.est_signee.is_(False)
    ecriture = ajout.on_conflict_do_update(index_elements=("proposition_id",), set_=nouvelles, where=recente)
    if await tx.scalar(ecriture.returning(PropositionPressentie.proposition_id)) is None:
        return
    await tx.execute(delete(BesoinPressenti).where(BesoinPressenti.proposition_id == fait.proposition_id))
    quantites: dict[UUID, Decimal] = {}
    for produit in fait.produits:
        quantites[produit.produit_id] = quantites.get(produit.produit_id, RIEN) + produit.quantite
    lignes = [
        {"proposition_id": fait.proposition_id, "produit_id": produit_id, "quantite": quantite}
        for produit_id, quantite in quantites.items()
    ]
    await put(tx, BesoinPressenti, lignes)


async def signer_pressenti(tx: Transaction, proposition_id: UUID, demande_id: UUID) -> None:
    """A signed proposition is no longer uncertain: its firm needs are in the sheet."""
    await tx.execute(SIGNER, {"proposition_id": proposition_id, "demande_id": demande_id})
