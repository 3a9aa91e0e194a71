"""The history of the tables of demandes."""
