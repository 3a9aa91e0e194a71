"""The history of the tables of maintenance."""
