"""A depot: where an agency keeps its stock, with its locations."""
