"""The dashboard: the figures of each trade, for whoever may see them."""
