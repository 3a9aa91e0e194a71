"""A file attached to a demande."""
