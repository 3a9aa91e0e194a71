"""Writing tarifs, and quoting products at the price they give."""
