"""Loads, locks and writes whole propositions. Lines travel as plain values, one statement each way."""

from collections.abc import Sequence
from dataclasses import replace
from decimal import Decimal
from typing import Any, NamedTuple
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.ext.asyncio import AsyncSession

from services.commercial.errors import PropositionInconnue
from services.commercial.proposition.models.lignes import CoutRetire, LigneProposition, ProduitCacheLigne
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.chiffrage import Chiffres, Genre, Ligne, ProduitCache
from services.commercial.proposition.rules.statuts import Statut
from shared.database.engine import json_text
from shared.database.statements import once
from shared.database.transaction import Transaction
from shared.kernel.couts import sans_couts
from shared.kernel.money import ZERO
from shared.kernel.refusals import VersionPerimee

CHAMPS_LIGNE = (
    *("id", "genre", "designation", "description", "quantite", "unite", "cout_ht", "marge", "prix_fixe_ht", "remise"),
    *("deee_ht", "copie_privee_ht", "produit_id", "prix_convenu_ht"),
    *("taux_tva", "nature", "maintenance_souhaitee", "est_option", "variante", "est_retenue", "a_prix_masques"),
    *("origine_id", "caches_suivent"),
)
CHAMPS_PRODUIT = (
    *("id", "produit_id", "reference", "designation", "quantite", "note", "cout_ht", "est_stockable"),
    *("quantite_dite", "dite_pour"),
)
SOEURS = (
    select(Proposition)
    .where(
        Proposition.etude_id
        == select(Proposition.etude_id).where(Proposition.id == bindparam("id")).correlate(None).scalar_subquery()
    )
    .order_by(Proposition.id)
    .with_for_update()
)
LIGNES = once(
    select(*(getattr(LigneProposition, c) for c in CHAMPS_LIGNE))
    .where(LigneProposition.proposition_id == bindparam("id"))
    .order_by(LigneProposition.position)
)
PRODUITS = once(
    select(ProduitCacheLigne.ligne_id, *(getattr(ProduitCacheLigne, c) for c in CHAMPS_PRODUIT))
    .where(ProduitCacheLigne.proposition_id == bindparam("id"))
    .order_by(ProduitCacheLigne.rang, ProduitCacheLigne.id)
)

# One round trip for every row added, changed or removed; the text never changes, so it is prepared once.
ECRIRE = """
WITH produits_retires AS (DELETE FROM produit_cache WHERE id = ANY($4::uuid[])),
lignes_retirees AS (DELETE FROM ligne_proposition WHERE id = ANY($5::uuid[])),
lignes_ecrites AS (
  INSERT INTO ligne_proposition AS l (id, proposition_id, position, genre, designation, description, quantite, unite,
    cout_ht, marge, prix_fixe_ht, remise, taux_tva, nature, maintenance_souhaitee, est_option, variante, est_retenue,
    a_prix_masques, caches_suivent, origine_id, deee_ht, copie_privee_ht, produit_id, prix_convenu_ht, prix_ht, total_ht)
  SELECT id, $1, position, genre, designation, description, quantite, unite, cout_ht, marge, prix_fixe_ht, remise,
    taux_tva, nature, maintenance_souhaitee, est_option, variante, est_retenue, a_prix_masques, caches_suivent, origine_id,
    deee_ht, copie_privee_ht, produit_id, prix_convenu_ht, prix_ht, total_ht
  FROM json_to_recordset($2::json) AS t(id uuid, position int, genre text, designation text, description text,
    quantite numeric, unite text, cout_ht numeric, marge numeric, prix_fixe_ht numeric, remise numeric,
    taux_tva numeric, nature text, maintenance_souhaitee boolean, est_option boolean, variante text,
    est_retenue boolean, a_prix_masques boolean, caches_suivent boolean, origine_id uuid, deee_ht numeric, copie_privee_ht numeric,
    produit_id uuid, prix_convenu_ht numeric, prix_ht numeric, total_ht numeric)
  ON CONFLICT (id) DO UPDATE SET position = excluded.position, genre = excluded.genre,
    designation = excluded.designation, description = excluded.description, quantite = excluded.quantite,
    unite = excluded.unite, cout_ht = excluded.cout_ht, marge = excluded.marge, prix_fixe_ht = excluded.prix_fixe_ht,
    remise = excluded.remise, taux_tva = excluded.taux_tva, nature = excluded.nature,
    maintenance_souhaitee = excluded.maintenance_souhaitee, est_option = excluded.est_option,
    variante = excluded.variante, est_retenue = excluded.est_retenue, a_prix_masques = excluded.a_prix_masques,
    caches_suivent = excluded.caches_suivent,
    deee_ht = excluded.deee_ht, copie_privee_ht = excluded.copie_privee_ht,
    produit_id = excluded.produit_id, prix_convenu_ht = excluded.prix_convenu_ht, prix_ht = excluded.prix_ht, total_ht = excluded.total_ht
  WHERE l.proposition_id = excluded.proposition_id
)
INSERT INTO produit_cache AS p (id, proposition_id, ligne_id, rang, produit_id, reference, designation, quantite, note,
  cout_ht, est_stockable, quantite_dite, dite_pour)
SELECT id, $1, ligne_id, rang, produit_id, reference, designation, quantite, note, cout_ht, est_stockable,
  quantite_dite, dite_pour
FROM json_to_recordset($3::json) AS t(id uuid, ligne_id uuid, rang int, produit_id uuid, reference text,
  designation text, quantite numeric, note text, cout_ht numeric, est_stockable boolean,
  quantite_dite numeric, dite_pour numeric)
ON CONFLICT (id) DO UPDATE SET ligne_id = excluded.ligne_id, rang = excluded.rang, quantite = excluded.quantite,
  note = excluded.note, cout_ht = excluded.cout_ht, quantite_dite = excluded.quantite_dite,
  dite_pour = excluded.dite_pour
WHERE p.proposition_id = excluded.proposition_id
"""

RETIRER = """
WITH anciens AS (DELETE FROM cout_retire WHERE proposition_id = $1 AND retire_le < $2::timestamptz - interval '1 day')
INSERT INTO cout_retire (id, proposition_id, cout_ht, marge, retire_le)
SELECT id, $1, cout_ht, marge, $2 FROM json_to_recordset($3::json) AS t(id uuid, cout_ht numeric, marge numeric)
"""


class Couts(NamedTuple):
    """What a row, or a hidden product, costs."""

    cout_ht: Decimal
    marge: Decimal = ZERO


async def get_for_update(tx: Transaction, proposition_id: UUID) -> Proposition:
    """The proposition and its lines, locked until the transaction ends."""
    choix = select(Proposition).where(Proposition.id == proposition_id).with_for_update()
    proposition: Proposition | None = (await tx.scalars(choix)).one_or_none()
    if proposition is None:
        raise PropositionInconnue
    proposition.lignes = await lignes(tx.session, proposition_id)
    return proposition


async def attendre_version(tx: Transaction, proposition: Proposition, version: int | None) -> None:
    """VersionPerimee when somebody wrote first; what it tells hides costs from who may not see them."""
    try:
        await tx.expect_version(proposition, version)
    except VersionPerimee as error:
        modifications = error.contexte["modifications"]
        if not tx.actor.may("couts.voir"):
            modifications = [replace(m, avant=sans_couts(m.avant), apres=sans_couts(m.apres)) for m in modifications]
        raise VersionPerimee(modifications=modifications) from None


async def soeurs_for_update(tx: Transaction, proposition_id: UUID) -> list[Proposition]:
    """Every proposition of the same etude, locked in one order whoever asks; lines are not loaded."""
    trouvees = list(await tx.scalars(SOEURS, {"id": proposition_id}))
    if not trouvees:
        raise PropositionInconnue
    return trouvees


async def numero_signe(session: AsyncSession, etude_id: UUID) -> str | None:
    """The number of the devis signed in an etude; avenants, which complete it, are not counted."""
    choix = select(Proposition.numero).where(
        Proposition.etude_id == etude_id, Proposition.statut == Statut.VALIDE, Proposition.avenant_de_id.is_(None)
    )
    numero: str | None = await session.scalar(choix)
    return numero


async def get(session: AsyncSession, proposition_id: UUID) -> Proposition:
    """The proposition and its lines, to read."""
    proposition = await session.get(Proposition, proposition_id)
    if proposition is None:
        raise PropositionInconnue
    proposition.lignes = await lignes(session, proposition_id)
    return proposition


async def lignes(session: AsyncSession, proposition_id: UUID) -> list[Ligne]:
    """The rows in order, each with its hidden products: two statements whatever their number."""
    par_ligne: dict[UUID, list[ProduitCache]] = {}
    for ligne_id, *valeurs in await session.execute(PRODUITS, {"id": proposition_id}):
        produit = ProduitCache(**dict(zip(CHAMPS_PRODUIT, valeurs, strict=True)))
        par_ligne.setdefault(ligne_id, []).append(produit)
    lues = await session.execute(LIGNES, {"id": proposition_id})
    return [_ligne(valeurs, tuple(par_ligne.get(valeurs[0], ()))) for valeurs in lues]


def _ligne(valeurs: Any, produits: tuple[ProduitCache, ...]) -> Ligne:
    nommees = dict(zip(CHAMPS_LIGNE, valeurs, strict=True))
    nommees["genre"] = Genre(nommees["genre"])
    return Ligne(**nommees, produits=produits)


def couts(lignes: Sequence[Ligne]) -> dict[UUID, Couts]:
    """What each row and each hidden product costs."""
    siens = {ligne.id: Couts(ligne.cout_ht, ligne.marge) for ligne in lignes}
    return siens | {p.id: Couts(p.cout_ht) for ligne in lignes for p in ligne.produits}


async def couts_retires(session: AsyncSession, proposition_id: UUID) -> dict[UUID, Couts]:
    """What rows and hidden products taken out lately did cost."""
    choix = select(CoutRetire).where(CoutRetire.proposition_id == proposition_id)
    return {retire.id: Couts(retire.cout_ht, retire.marge) for retire in await session.scalars(choix)}


async def ecrire(
    tx: Transaction, proposition_id: UUID, avant: Sequence[Ligne], apres: Sequence[Ligne], chiffres: Chiffres
) -> None:
    """Write the difference between two states of the lines, and nothing else."""
    lues = {ligne.id: (position, ligne) for position, ligne in enumerate(avant, start=1)}
    changees = [
        (position, ligne, calcul)
        for position, (ligne, calcul) in enumerate(zip(apres, chiffres.lignes, strict=True), start=1)
        if lues.get(ligne.id) != (position, ligne)
    ]
    gardees, caches = {ligne.id for ligne in apres}, _caches(apres)
    anciens = _caches(avant)
    await tx.fetch(
        ECRIRE,
        proposition_id,
        json_text([_rang_ligne(*changee) for changee in changees]),
        json_text([rang for id_, rang in caches.items() if anciens.get(id_) != rang]),
        [id_ for id_ in anciens if id_ not in caches],
        [id_ for id_ in lues if id_ not in gardees],
    )
    restants = couts(apres)
    retires = [{"id": id_, **c._asdict()} for id_, c in couts(avant).items() if id_ not in restants]
    if retires:
        await tx.fetch(RETIRER, proposition_id, tx.now, json_text(retires))


def _rang_ligne(position: int, ligne: Ligne, calcul: Any) -> dict[str, Any]:
    valeurs = {champ: getattr(ligne, champ) for champ in CHAMPS_LIGNE}
    return valeurs | {"position": position, "prix_ht": calcul.prix_ht, "total_ht": calcul.total_ht}


def _caches(lignes: Sequence[Ligne]) -> dict[UUID, dict[str, Any]]:
    return {
        produit.id: {champ: getattr(produit, champ) for champ in CHAMPS_PRODUIT} | {"ligne_id": ligne.id, "rang": rang}
        for ligne in lignes
        for rang, produit in enumerate(ligne.produits)
    }
