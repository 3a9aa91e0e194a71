"""Telling every life again from the facts kept, beside what people read, then putting right what differs."""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select, text

from services.inventory.fil.models import FaitDuFil
from services.inventory.fil.use_cases.recit import enveloppe_de
from shared.contracts.base import Envelope
from shared.database.rows import add_missing
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

Recits = Mapping[str, Callable[[Transaction, Any], Awaitable[None]]]

# Each table of the read model: what names a row of it, and what the row says.
TABLES = {
    "fil_de_vie": (
        ("historique_id", "message_id"),
        ("source", "seq", "le", "type", "titre", "detail", "lien", "montant_ht", "par_nom"),
    ),
    "lien_projet": (("historique_id",), ("demande_id",)),
    "lien_equipement": (("equipement_id",), ("historique_id", "contrat_id", "contrat_numero")),
    "temps_projet": (("temps_id",), ("demande_id", "equipement_id", "minutes", "cout_horaire_ht")),
}


@dataclass(frozen=True, slots=True)
class Bilan:
    """What a rebuild did: facts told again; events, and links (to projects, equipments, time), that it removed and wrote."""

    faits: int
    evenements_retires: int
    evenements_ecrits: int
    liens_retires: int
    liens_ecrits: int


async def garder(tx: Transaction) -> None:
    """Keep the present fact, whatever the retention of its emitter: it will be told again in this place.

    Its place is the one it was handled in, which is what a life depends on: a project gains an invoice on the objects
    it had when the invoice arrived here.
    """
    fait = enveloppe_de(tx)
    valeurs = {
        "message_id": fait.id,
        "seq": fait.seq,
        "type": fait.type,
        "cle": fait.key,
        "acteur_nom": fait.acteur_nom,
        "le": fait.occurred_at,
        "contenu": fait.payload,
    }
    await add_missing(tx, FaitDuFil, [valeurs])


async def dernier_rang(tx: Transaction) -> int:
    """The place of the last fact kept, once no fact in hand can still take an earlier one."""
    await tx.execute(text("LOCK TABLE fait_du_fil IN SHARE MODE"))
    return await tx.scalar(select(func.coalesce(func.max(FaitDuFil.rang), 0))) or 0


async def preparer(tx: Transaction) -> None:
    """Until the end of `tx`, its statements see an empty read model of their own, begun as the facts kept began.

    The path is said, and not only the tables made: PostgreSQL then reads again the statements this connection knows.
    """
    await tx.execute(text("SET LOCAL search_path = pg_temp, public"))
    for table in TABLES:
        await tx.execute(text(f"CREATE TEMP TABLE {table} (LIKE public.{table} INCLUDING ALL) ON COMMIT DROP"))
        depart = (
            f"INSERT INTO {table} SELECT (jsonb_populate_record(NULL::public.{table}, ligne)).* FROM fil_depart"  # noqa: S608
            f" WHERE nom = '{table}'"
        )
        await tx.execute(text(depart))


async def raconter_de_nouveau(
    tx: Transaction, recits: Recits, apres: int, dernier: int, nombre: int
) -> tuple[int, int]:
    """Tell up to `nombre` facts kept after the place `apres`, `dernier` included; the place reached, how many they were."""
    places = FaitDuFil.rang.between(apres + 1, dernier)
    requete = select(FaitDuFil).where(places).order_by(FaitDuFil.rang).limit(nombre)
    faits = (await tx.scalars(requete)).all()
    for fait in faits:
        if (recit := recits.get(fait.type)) is not None:
            enveloppe = _enveloppe(fait)
            tx.turn_to(Actor.systeme(fait.acteur_nom), enveloppe)
            await recit(tx, enveloppe.fact)
    return (faits[-1].rang if faits else dernier), len(faits)


async def arreter_les_recits(tx: Transaction) -> None:
    """Nobody tells anything until the end of `tx`, what was being told is told; people read on."""
    await tx.execute(text("LOCK TABLE fait_du_fil IN SHARE ROW EXCLUSIVE MODE"))


async def remplacer(tx: Transaction, faits: int) -> Bilan:
    """Give what people read the lives just told. Rows already right stay the same rows: pages being read go on."""
    comptes = {}
    await tx.flush()
    for table, (cle, valeurs) in TABLES.items():
        await tx.execute(text(f"ANALYZE pg_temp.{table}"))
        meme = " AND ".join(f"n.{c} = v.{c}" for c in cle)
        egal = f"({_liste('n', valeurs)}) IS NOT DISTINCT FROM ({_liste('v', valeurs)})"
        de_trop = f"NOT EXISTS (SELECT FROM pg_temp.{table} n WHERE {meme} AND {egal})"
        manque = f"NOT EXISTS (SELECT FROM public.{table} v WHERE {meme})"
        retires = await tx.execute(text(f"DELETE FROM public.{table} v WHERE {de_trop}"))  # noqa: S608
        ecrits = await tx.execute(
            text(f"INSERT INTO public.{table} SELECT n.* FROM pg_temp.{table} n WHERE {manque}")  # noqa: S608
        )
        comptes[table] = (_lignes(retires), _lignes(ecrits))
    evenements, *liens = comptes.values()
    return Bilan(faits, *evenements, sum(retires for retires, _ in liens), sum(ecrits for _, ecrits in liens))


def _lignes(resultat: Any) -> int:
    nombre: int = resultat.rowcount
    return nombre


def _liste(alias: str, colonnes: tuple[str, ...]) -> str:
    return ", ".join(f"{alias}.{colonne}" for colonne in colonnes)


def _enveloppe(fait: FaitDuFil) -> Envelope:
    return Envelope(
        id=fait.message_id,
        seq=fait.seq,
        type=fait.type,
        key=fait.cle,
        acteur_nom=fait.acteur_nom,
        occurred_at=fait.le,
        payload=fait.contenu,
    )
