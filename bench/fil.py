"""The whole life of one object among 200,000: found by its serial number, its label or its supplier invoice, then told."""

import json
from typing import Any

import asyncpg

from bench import sales
from bench.figures import Figures, beside, raw, repeat
from bench.product import Product
from bench.run import main

OBJECTS = 200_000
OPERATIONS = 300
TOLD_MS = 100.0
# Objects of ten products; one in ten is a part of the one before it, one in fifty replaces the one before it.
LOAD = """
INSERT INTO historique (id, version, cree_le, modifie_le, produit_id, quantite, etat, lieu_libelle, nature, depot_id,
  numero_serie, etiquette, reception_numero, facture_fournisseur, fournisseur_nom, cout_unitaire_ht, cout_recu_ht, recu_le,
  etapes_faites, etapes_total, est_pret, remplace_reference)
SELECT md5('fil' || n)::uuid, 1, now() - interval '300 days', now(), ($2::uuid[])[1 + n % 10], 1, 'en_stock', 'Stock',
  'neuf', $3, 'SN' || lpad(n::text, 8, '0'), 'L' || lpad(n::text, 7, '0'), 'REC-' || n / 20, 'FB-' || n / 20, 'Source',
  112, 112, now() - interval '300 days', 0, 0, true, ''
FROM generate_series(1, $1::int) n
"""
PARTS = """
UPDATE historique h SET parent_id = md5('fil' || (n - 1))::uuid FROM generate_series(10, $1::int, 10) n
WHERE h.id = md5('fil' || n)::uuid
"""
REPLACED = """
UPDATE historique h SET remplace_id = md5('fil' || (n - 1))::uuid FROM generate_series(25, $1::int, 50) n
WHERE h.id = md5('fil' || n)::uuid
"""
LIVES = """
INSERT INTO fil_de_vie (id, historique_id, message_id, source, seq, le, type, titre, detail, montant_ht, par_nom)
SELECT gen_random_uuid(), md5('fil' || n)::uuid, gen_random_uuid(), 'inventory', e, now() - make_interval(days => 310 - e * 20),
  'mouvement', 'Transfert', 'Stock Annecy vers Stock Lyon', 112, 'Banc'
FROM generate_series(1, $1::int) n, generate_series(1, 8) e
"""
# A project of twenty objects, five times spent on it: what the margin of each of them deducts.
PROJECTS = """
INSERT INTO lien_projet (historique_id, demande_id)
SELECT md5('fil' || n)::uuid, md5('projet' || n / 20)::uuid FROM generate_series(1, $1::int) n
"""
HOURS = """
INSERT INTO temps_projet (temps_id, demande_id, minutes, cout_horaire_ht)
SELECT gen_random_uuid(), md5('projet' || p)::uuid, 45, 35 FROM generate_series(0, $1::int / 20) p, generate_series(1, 5)
"""
TOLD = """
WITH RECURSIVE lignee AS (
  SELECT id, coalesce(parent_id, remplace_id) AS source_id, 'infinity'::timestamptz AS avant, cree_le
  FROM historique WHERE id = $1
  UNION ALL
  SELECT h.id, coalesce(h.parent_id, h.remplace_id), l.cree_le, h.cree_le
  FROM historique h JOIN lignee l ON l.source_id = h.id
)
SELECT f.* FROM fil_de_vie f JOIN lignee l ON l.id = f.historique_id WHERE f.le <= l.avant
ORDER BY f.le DESC, f.seq DESC, f.id DESC LIMIT 51
"""


def serial(rank: int) -> str:
    """A serial number of the load, far from the one before."""
    return f"SN{1 + rank * 7919 % OBJECTS:08d}"


async def load(product: Product, ground: sales.Ground) -> list[str]:
    """200,000 objects with eight events each, in 10,000 projects with their hours; the ids of a few of them."""
    connection = await product.database("inventory")
    depot = await connection.fetchval("SELECT id FROM depot ORDER BY code LIMIT 1")
    await connection.execute(LOAD, OBJECTS, [p["id"] for p in ground.products], depot, timeout=300)
    await connection.execute(PARTS, OBJECTS, timeout=300)
    await connection.execute(REPLACED, OBJECTS, timeout=300)
    await connection.execute(LIVES, OBJECTS, timeout=600)
    await connection.execute(PROJECTS, OBJECTS, timeout=300)
    await connection.execute(HOURS, OBJECTS, timeout=300)
    await connection.execute("VACUUM ANALYZE", timeout=300)
    rows = await connection.fetch(
        "SELECT id FROM historique WHERE numero_serie = ANY($1)", [serial(r) for r in range(400)]
    )
    await connection.close()
    return [str(row["id"]) for row in rows]


async def plan(connection: asyncpg.Connection, one: str) -> str:
    """What PostgreSQL does to tell a life: a whole table read would be a defect."""
    text = await connection.fetchval(f"EXPLAIN (FORMAT JSON) {TOLD.replace('$1', repr(one))}")
    nodes: list[str] = []

    def walk(node: dict[str, Any]) -> None:
        nodes.append(f"{node['Node Type']} {node.get('Index Name') or node.get('Relation Name') or ''}".strip())
        for child in node.get("Plans", ()):
            walk(child)

    walk(json.loads(text)[0]["Plan"])
    whole = [n for n in nodes if n.startswith("Seq Scan")]
    return f"plan: {', '.join(whole) or 'no table read whole'} ({' > '.join(nodes)})"


async def measure(product: Product) -> list[Figures]:
    """The rows: the life alone, then from each way in, as ratios of what is promised."""
    maker = await product.client()
    ids = await load(product, await sales.prepare(maker))
    await maker.close()
    client = await product.client()  # the server hangs up on who says nothing while 200,000 objects are loaded

    async def from_code(code: str) -> None:
        found = await client.read(f"/api/inventory/recherche-objet?code={code}")
        life = await client.read(f"/api/inventory/historiques/{found[0]['id']}/fil?limite=100")
        if len(life["elements"]) < 8:
            raise RuntimeError(f"{code}: {len(life['elements'])} events")

    life = await repeat(
        product,
        f"life of one object among {OBJECTS:,}",
        lambda rank: client.read(f"/api/inventory/historiques/{ids[rank % len(ids)]}/fil?limite=100"),
        OPERATIONS,
    )

    async def margin(rank: int) -> None:
        told = await client.read(f"/api/inventory/historiques/{ids[rank % len(ids)]}/bilan")
        if told["minutes_projet"] != 5 * 45:
            raise RuntimeError(f"{told['minutes_projet']} minutes told")

    hours = await repeat(product, "margin of that object, hours of its project shared", margin, OPERATIONS)
    by_serial = await repeat(product, "life from a serial number", lambda r: from_code(serial(r)), OPERATIONS)
    by_label = await repeat(
        product, "life from a label", lambda r: from_code(f"L{1 + r * 7919 % OBJECTS:07d}"), OPERATIONS
    )
    by_invoice = await repeat(
        product,
        "life from a supplier invoice",
        lambda r: from_code(f"FB-{1 + r * 7919 % (OBJECTS // 20 - 1)}"),
        OPERATIONS,
    )
    connection = await product.database("inventory")
    limit = await raw("same SQL on raw asyncpg", lambda r: connection.fetch(TOLD, ids[r % len(ids)]), OPERATIONS)
    beside(life, limit)
    life.notes.append(await plan(connection, ids[0]))
    await connection.close()
    await client.close()
    rows = [life, hours, by_serial, by_label, by_invoice]
    for row in rows:
        row.notes.append(f"p95 is {row.percentile(0.95) / TOLD_MS:.2f} of the {TOLD_MS:.0f} ms promised")
    return rows


if __name__ == "__main__":
    main(measure)
