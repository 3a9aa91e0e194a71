"""Figures of the sales: what is expected, what was signed, what was lost and why."""
