"""Files kept for years: photos, signed quotes, supplier invoices, issued PDFs.

Content-addressed: a file is known by its sha256, so it cannot be changed and is never stored twice. The service
keeps the `Fichier` (hash, size, type, name) in its own table; this package only keeps bytes.
"""
