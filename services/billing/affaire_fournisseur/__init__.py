"""An affaire fournisseur: the mirror of a supplier invoice, made from what was received."""
