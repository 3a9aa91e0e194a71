"""Sales figures over 60,000 propositions of ten years: the page, its statements alone, and the plan of each of them."""

from datetime import UTC, datetime
from typing import Any

from sqlalchemy.dialects import postgresql

from bench.figures import Figures, beside, raw, repeat
from bench.product import Product
from bench.run import main
from services.commercial.pilotage import queries

ETUDES, SOEURS = 30_000, 2
OPERATIONS = 60
REMPLIR = """
WITH e AS (
  INSERT INTO etude (id, version, cree_le, modifie_le, numero, objet, demande_id, demande_numero, tiers_id, tiers_nom,
    notes, recherche_texte)
  SELECT gen_random_uuid(), 1, now(), now(), 'BENCH-' || n, 'Objet ' || n, gen_random_uuid(), 'D-' || n,
    gen_random_uuid(), 'Client ' || n, '', ''
  FROM generate_series(1, $1::int) n RETURNING id, numero
)
INSERT INTO proposition (id, version, cree_le, modifie_le, etude_id, rang, numero, libelle, objet, statut, tiers_id,
  tiers_nom, demande_id, demande_numero, introduction, conditions, adresse_code, adresse_du_client, valide_jusqu_au, acompte_pourcent,
  convention_marge, revision, nb_lignes, total_ht, total_tva, total_ttc, cout_ht, cout_cache_ht, nb_a_fixer, groupes_tva,
  besoins_annonces, derniers_changements, motif, recherche_texte, commercial_id, envoye_le, valide_le, clos_le,
  regime_tva, cause_perte)
SELECT gen_random_uuid(), 1, now(), now(), e.id, s, e.numero || '-' || s, '', 'Objet', t.statut, gen_random_uuid(), 'Client',
  gen_random_uuid(), '', '', '', '', false, (t.le + interval '30 days')::date, 0, 'marge', 1, 3, (100 + random() * 9000)::int, 0,
  0, 0, 0, 0, '[]', '{}', '[]', '', '', ('00000000-0000-0000-0000-00000000000' || (t.n % 8))::uuid, t.le,
  CASE WHEN t.statut = 'valide' THEN t.le + interval '9 days' END,
  CASE WHEN t.statut IN ('refuse', 'expire', 'non_retenu') THEN t.le + interval '20 days' END,
  'france',
  CASE WHEN t.statut = 'refuse' THEN 'prix' END
FROM e CROSS JOIN generate_series(1, $2::int) s
CROSS JOIN LATERAL (
  SELECT n, now() - n * interval '3650 days' / $1::int AS le,
    CASE WHEN s > 1 THEN 'non_retenu' WHEN n < 600 THEN 'envoye' WHEN n % 2 = 0 THEN 'valide' WHEN n % 3 = 0 THEN 'expire'
      ELSE 'refuse' END AS statut
  FROM (SELECT replace(e.numero, 'BENCH-', '')::int AS n) rang
) t
"""


async def measure(product: Product) -> list[Figures]:
    """The API beside its own statements; a scan of the whole table is told."""
    connection = await product.database("commercial")
    await connection.execute(REMPLIR, ETUDES, SOEURS)
    await connection.execute("ANALYZE proposition")
    statements = [_statement(requete) for requete in REQUETES]
    for nom, (sql, params) in zip(REQUETES_NOMS, statements, strict=True):
        plan = "\n".join(row[0] for row in await connection.fetch(f"EXPLAIN {sql}", *params))
        print(f"  {nom}: {'scans every proposition' if 'Seq Scan on proposition' in plan else 'by index'}")
    client = await product.client()
    figures = await repeat(
        product, "sales figures of twelve months", lambda _: client.read("/api/commercial/pilotage"), OPERATIONS
    )

    async def alone(_rank: int) -> None:
        for sql, params in statements:
            await connection.fetch(sql, *params)

    beside(figures, await raw("the same five statements on raw asyncpg", alone, OPERATIONS))
    for open_thing in (connection, client):
        await open_thing.close()
    return [figures]


REQUETES = tuple(
    queries.requete(sql, est_reduite=False)
    for sql in (queries.PREVISION, queries.RESULTATS, queries.MENSUEL, queries.ENVOIS, queries.PERTES)
)
REQUETES_NOMS = ("forecast", "results", "months", "sendings", "losses")


def _statement(requete: Any) -> tuple[str, list[Any]]:
    """The statement as asyncpg takes it, with the parameters of a page of twelve months."""
    maintenant = datetime.now(UTC)  # noqa: TID251  a measurement happens now
    debut = maintenant.replace(year=maintenant.year - 1)
    valeurs = {"jour": maintenant.date(), "debut": debut, "qui": None, "envoye": 50, "brouillon": 20}
    compile_ = requete.compile(dialect=postgresql.asyncpg.dialect())  # type: ignore[no-untyped-call]
    return str(compile_), [valeurs[nom] for nom in compile_.positiontup or ()]


if __name__ == "__main__":
    main(measure)
