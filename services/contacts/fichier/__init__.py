"""A file attached to a tiers; its bytes are in the storage, under their sha256."""
