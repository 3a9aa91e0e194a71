"""A tiers: any person or organisation, with its addresses and people."""
