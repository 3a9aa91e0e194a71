"""An object at a client's: where it is, what it is, and the list of its values over time."""
