"""What the papers of a feuille have in common (bon de livraison, PV): the feuille, demande, affaire and tiers they are about."""
