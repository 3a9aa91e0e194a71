"""A commande: what is firmly ordered from one supplier, line by line, with the share of each project."""
