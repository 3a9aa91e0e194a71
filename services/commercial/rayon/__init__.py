"""A shelf: products used often, one click away in the line editor."""
