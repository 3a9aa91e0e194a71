"""French spaces, put once when a template is read: texts are written with plain ones.

A narrow no-break space before ; ! ? and a no-break space before : and inside « », so that no sign is ever alone on a line
(Lexique des règles typographiques en usage à l'Imprimerie nationale).
"""

import re
from collections.abc import Iterable, Iterator

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

FINE, INSECABLE = "\u202f", "\u00a0"
_ESPACES = re.compile(r"(?<!\s) (?:(?P<fine>(?=[;!?](?![=\w])))|(?=[:»](?:[\s<\"'.,;)]|$)))|(?<=«) ")
TEXTES = frozenset({"data", "string"})


def francais(texte: str) -> str:
    """`texte` with the spaces of French typography: "Payée ?" -> "Payée\\u202f?"; what is safe HTML stays so."""
    return type(texte)(_ESPACES.sub(lambda trouve: INSECABLE if trouve["fine"] is None else FINE, texte))


class Typographie(Extension):
    """Corrects the text of templates and the strings of their expressions; values are left as people typed them."""

    def filter_stream(self, stream: TokenStream) -> Iterable[Token]:
        """The tokens of a template, their texts corrected."""
        return self._corriges(stream)

    def _corriges(self, stream: TokenStream) -> Iterator[Token]:
        for token in stream:
            yield Token(token.lineno, token.type, francais(token.value)) if token.type in TEXTES else token
