"""The picker over 500,000 references of suppliers: a common word, two words, a reference, a word nobody wrote."""

from urllib.parse import quote

from bench.figures import Figures, Operation, repeat
from bench.product import Product
from bench.run import main

REFERENCES = 500_000
OPERATIONS = 100
REMPLIR = """
INSERT INTO reference_fournisseur (fournisseur_id, reference, designation, marque, ean, famille, prix_achat_ht, vu_le,
  recherche_texte)
SELECT '00000000-0000-0000-0000-0000000000f1', 'REF-' || n, designation, marque, '', '', 10 + n % 900, now(),
  lower('ref-' || n || ' ref' || n || ' ' || designation || ' ' || marque)
FROM (
  SELECT n, (ARRAY['Cable','Switch','Camera','Telephone','Toner','Onduleur','Baie','Disque'])[1 + n % 8] || ' '
    || (ARRAY['PoE','fibre','dome','IP','noir','rack','mural','SSD'])[1 + n / 8 % 8] || ' ' || n % 997 AS designation,
    (ARRAY['Ubiquiti','Hikvision','Yealink','Legrand','HP','Canon'])[1 + n % 6] AS marque
  FROM generate_series(1, $1::int) n
) base
ON CONFLICT DO NOTHING
"""
SAISIES = (
    "c",
    "cable",
    "switch poe",
    "REF-499123",
    "cam hik 12",
    "disque ssd canon 996",
    "introuvable",
    "cable introuvable",
)


async def measure(product: Product) -> list[Figures]:
    """Each keystroke of a picker, over the API."""
    connection = await product.database("commercial")
    await connection.execute(REMPLIR, REFERENCES, timeout=600)
    await connection.execute("VACUUM ANALYZE reference_fournisseur", timeout=600)
    await connection.close()
    client = await product.client()

    def chercher(saisie: str) -> Operation:
        return lambda _: client.read(f"/api/commercial/references-fournisseur?limite=8&q={quote(saisie)}")

    async def chacune(rang: int) -> None:
        await chercher(SAISIES[rang % len(SAISIES)])(rang)

    figures = [await repeat(product, "pick among 500,000 references", chacune, OPERATIONS)]
    for saisie in SAISIES:  # a mean would hide the word that is slow
        figures.append(await repeat(product, f"  « {saisie} »", chercher(saisie), 20, warm=2))
    await client.close()
    return figures


if __name__ == "__main__":
    main(measure)
