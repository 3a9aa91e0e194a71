"""Time spent and work done on a demande."""
