"""What staff and facts can cause to a demande."""
