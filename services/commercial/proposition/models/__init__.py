"""The tables of a proposition: itself, its rows, how it was signed."""
