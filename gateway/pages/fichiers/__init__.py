"""Files attached to contacts, demandes, études and affaires: the same card, the same dialog, whoever keeps them."""
