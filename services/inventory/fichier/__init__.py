"""Photos and papers of an object, prepared, installed, exchanged; files of the feuille that prepares it."""
