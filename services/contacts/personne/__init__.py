"""A person at a tiers' who asks to be forgotten."""
