"""A deposit: asked for when a devis is signed, deducted from the invoice of the work. Not a table: an affaire client."""
