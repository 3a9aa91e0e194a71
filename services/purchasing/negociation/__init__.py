"""A negociation: the price of a quantity, being asked from one supplier for one or several projects."""
