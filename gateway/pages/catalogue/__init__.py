"""The catalogue: products and their types."""
