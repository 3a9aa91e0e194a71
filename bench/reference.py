"""The two pickers of the quote editor, 500,000 references each: our products, and the articles of a supplier.

A common word, two words, a reference, a word nobody wrote, nothing yet: as the page asks for them at each keystroke.
"""

from urllib.parse import quote

from bench.client import Client
from bench.figures import Figures, Operation, repeat
from bench.product import Product
from bench.run import main

REFERENCES = 500_000
PICKERS = (
    ("references of suppliers", "/devis/references/choisir", "/references-fournisseur"),
    ("products", "/devis/produits/choisir", "/produits"),
)
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
PRODUITS = """
INSERT INTO copie_produit (produit_id, seq, reference, designation, description, famille, unite, nature, est_stockable,
  prix_achat_ht, prix_vente_ht, taux_tva, deee_ht, copie_privee_ht, maintenance_requise, est_actif, recherche_texte,
  chez_fournisseurs, composants)
SELECT gen_random_uuid(), 1, reference, designation, '', '', 'u', 'bien', true, prix_achat_ht, prix_achat_ht * 1.4, 20, 0, 0,
  false, true, recherche_texte, '{}', '[]'
FROM reference_fournisseur WHERE fournisseur_id = '00000000-0000-0000-0000-0000000000f1'
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
    """Each keystroke of each picker: of the page, then of its service for all of them mixed."""
    connection = await product.database("commercial")
    await connection.execute(REMPLIR, REFERENCES, timeout=600)
    await connection.execute(PRODUITS, timeout=600)
    await connection.execute("VACUUM ANALYZE reference_fournisseur", timeout=600)
    await connection.execute("VACUUM ANALYZE copie_produit", timeout=600)
    await connection.close()
    browser = await product.browser()
    figures = []
    for quoi, page, service in PICKERS:
        client = await product.client()  # the server hangs up on who is silent while the page is measured

        def chercher(saisie: str, page: str = page) -> Operation:
            return lambda _: browser.read(f"{page}?q={quote(saisie)}")

        async def au_service(rang: int, service: str = service, client: Client = client) -> None:
            await client.read(f"/api/commercial{service}?limite=8&q={quote(SAISIES[rang % len(SAISIES)])}")

        figures.append(await repeat(product, f"pick among 500,000 {quoi}, service", au_service, OPERATIONS))
        await client.close()
        for saisie in ("", *SAISIES):  # a mean would hide the word that is slow
            figures.append(await repeat(product, f"  page, « {saisie} »", chercher(saisie), 20, warm=2))
    await browser.close()
    return figures


if __name__ == "__main__":
    main(measure)
