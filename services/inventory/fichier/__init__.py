"""Photos and papers of an object: what it looked like when it was prepared, installed, exchanged."""
