"""The history of the tables of billing."""
