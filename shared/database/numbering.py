"""Human numbers without gaps: the counter row is locked until the transaction that uses the number ends."""

from shared.database.transaction import Transaction

_NEXT = """
INSERT INTO compteur AS c (serie, valeur) VALUES ($1, $2)
ON CONFLICT (serie) DO UPDATE SET valeur = c.valeur + excluded.valeur RETURNING valeur
"""


async def next_number(tx: Transaction, serie: str) -> int:
    """The next number of `serie`, from 1. Ask late: others wait for it until this transaction ends."""
    return (await reserve_numbers(tx, serie, 1)).start


async def reserve_numbers(tx: Transaction, serie: str, count: int) -> range:
    """`count` consecutive numbers of `serie`, all used by this transaction (none may be skipped)."""
    ((last,),) = await tx.fetch(_NEXT, serie, count)
    return range(last - count + 1, last + 1)
