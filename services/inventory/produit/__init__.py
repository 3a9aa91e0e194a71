"""A product of the catalogue: what can be sold, bought, stocked and delivered."""
