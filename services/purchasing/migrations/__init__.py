"""The history of the tables of purchasing."""
