"""What staff and facts can cause to a feuille, one module per moment of its life."""
