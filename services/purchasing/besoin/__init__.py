"""A besoin: a quantity of a product wanted by a preparation sheet; and those only foreseen by unsigned propositions."""
