"""What staff and facts can cause to a proposition: writing it (edition), its life (cycle)."""
