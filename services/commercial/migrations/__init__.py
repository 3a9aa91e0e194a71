"""The history of the tables of commercial."""
