"""The buyer's screens, above every aggregate: the list of needs, the purchasing file of a supplier."""
