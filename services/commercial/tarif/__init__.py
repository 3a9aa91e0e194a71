"""Prices agreed apart from the catalogue: price lists, prices of a client, prices of a marché; by quantity and date."""
