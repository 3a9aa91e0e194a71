"""A board: states of chosen types as columns."""
