"""Parts used on a demande."""
