"""A feuille de travail: the preparation of a signed devis, one column per line, waiting for its hidden products."""
