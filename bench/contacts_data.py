"""A directory of the stated size, written by SQL: loading it is not what is measured."""

from bench.product import Product

COLUMNS = """
INSERT INTO tiers (id, version, cree_le, modifie_le, code, nom, nom_tri, roles, siren, regime_tva, email, telephone,
  est_public, canal_envoi, delai_paiement_jours, notes, recherche_texte, encours_ttc, encours_ht, en_cours_ht,
  commercial_ids, groupe_commercial_ids, anciens_noms)
SELECT gen_random_uuid(), 1, now(), now(), 'B' || n, nom, lower(nom), '{client}', NULL, 'france',
  'contact' || n || '@exemple.fr', '+3345051' || lpad((n % 10000)::text, 4, '0'), false, 'mail', 30, '',
  lower(nom) || ' ' || translate(to_hex(n * 7919 % 1000003), '0123456789', 'ghijklmnop') || ' b' || n || ' contact' || n || ' exemple fr ' || lower(ville)
    || (SELECT string_agg(' ' || substr('045051' || lpad((n % 10000)::text, 4, '0'), i), '') FROM generate_series(1, 7) i),
  0, 0, 0, '{}', '{}', '{}'
FROM (
  SELECT n, (ARRAY['Cabinet','Garage','Boulangerie','Mairie','Hotel','Ecole','Atelier','Pharmacie'])[1 + n % 8]
    || ' ' || (ARRAY['Martin','Bernard','Dubois','Thomas','Robert','Richard','Petit','Durand','Leroy','Moreau'])[1 + n / 8 % 10]
    || ' ' || to_hex(n * 7919 % 1000003) AS nom,
    (ARRAY['Annecy','Grenoble','Lyon','Chambery','Geneve','Valence','Thonon','Cluses'])[1 + n % 8] AS ville
  FROM generate_series($1::int, $2::int) n
) base
"""
ADDRESSES = """
INSERT INTO adresse_tiers (id, tiers_id, rang, code, lignes, code_postal, ville, pays)
SELECT gen_random_uuid(), t.id, 0, 'PRINCIPALE', '{12 rue du Lac}', '74000', 'Annecy', 'FR' FROM tiers t
WHERE t.code LIKE 'B%' AND NOT EXISTS (SELECT FROM adresse_tiers a WHERE a.tiers_id = t.id)
"""
# As many different words as files: what a directory of real names has.
WORDS = """
INSERT INTO mot_voisin (cle, mot)
SELECT DISTINCT CASE WHEN i = 0 THEN mot ELSE left(mot, i - 1) || substr(mot, i + 1) END, mot
FROM (SELECT DISTINCT unnest(string_to_array(recherche_texte, ' ')) AS mot FROM tiers) AS mots, generate_series(0, 30) AS i
WHERE mot ~ '^[a-z]{4,30}$' AND i <= length(mot) ON CONFLICT DO NOTHING
"""


async def load_contacts(product: Product, wanted: int) -> None:
    """Complete the directory up to `wanted` files."""
    connection = await product.database("contacts")
    present = await connection.fetchval("SELECT count(*) FROM tiers WHERE code LIKE 'B%'")
    if present < wanted:
        await connection.execute(COLUMNS, present + 1, wanted, timeout=300)
        await connection.execute(ADDRESSES, timeout=300)
        await connection.execute(WORDS, timeout=300)
        await connection.execute("VACUUM ANALYZE")
    await connection.close()
