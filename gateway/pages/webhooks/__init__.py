"""Webhooks in pages: the addresses told of facts, how each goes, what was sent."""
