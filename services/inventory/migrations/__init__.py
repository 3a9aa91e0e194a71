"""The history of the tables of inventory."""
