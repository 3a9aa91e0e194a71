"""Text as people search it: without accents, case or doubled spaces."""

import unicodedata


def sans_accents(texte: str) -> str:
    """`texte` without diacritics; ligatures opened (œ becomes oe)."""
    ouvert = texte.replace("œ", "oe").replace("Œ", "OE").replace("æ", "ae").replace("Æ", "AE")
    decompose = unicodedata.normalize("NFKD", ouvert)
    return "".join(c for c in decompose if not unicodedata.combining(c))


def normaliser_recherche(texte: str) -> str:
    """The form stored and compared by searches: lower case, no accent, single spaces."""
    return " ".join(sans_accents(texte).lower().split())
