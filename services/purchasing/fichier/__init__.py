"""Files attached to orders: what the supplier confirmed, its conditions, its technical sheets."""
