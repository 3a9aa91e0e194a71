"""What people read, as tests write it."""


def simple(texte: str) -> str:
    """`texte` with plain spaces where French typography has others."""
    return texte.replace("\u202f", " ").replace("\xa0", " ")
