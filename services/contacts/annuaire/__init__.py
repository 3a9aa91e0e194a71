"""The public directory of French companies: an identity is copied from it instead of being typed."""
