"""Files attached to contacts, demandes, études, affaires, commandes and other objects: the same card, the same dialog, whoever keeps them."""
