"""Electronic invoices of suppliers, as received: read, checked, put on the affaire fournisseur that waits for them."""
