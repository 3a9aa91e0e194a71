"""Files attached to contracts: the signed copy, its conditions, its riders."""
