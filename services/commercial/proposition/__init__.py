"""A proposition: an ordered list of priced lines, with the hidden products needed to deliver them."""
