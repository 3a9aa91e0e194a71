"""How the devis of the company, or of one agency, look: kept version by version."""
