"""A reservation: stock kept in a depot for what a feuille expects."""
