"""French spaces, put once when a template is read: texts are written with plain ones.

A narrow no-break space before ; ! ? and a no-break space before : % € and inside « », so that no sign is ever alone on a line
(Lexique des règles typographiques en usage à l'Imprimerie nationale). What people typed is stored as they typed it; where it is
printed or only read, the plain spaces they put there are shown as these. None is added: nothing then tells a sentence from an
address, a reference or an hour.
"""

import re
from collections.abc import Iterable, Iterator
from typing import Any

from jinja2.ext import Extension
from jinja2.lexer import Token, TokenStream

FINE, INSECABLE = "\u202f", "\u00a0"
_ESPACES = re.compile(
    r"(?<!\s) (?:(?P<fine>(?=[;!?](?![=\w])))|(?=[:»](?:[\s<\"'.,;)]|$)))|(?<=«) |(?<=\d) (?=[%€](?!\w))"
)
TEXTES = frozenset({"data", "string"})


def saisi(valeur: Any) -> Any:
    """What a document prints of a value: a text with French spaces, anything else as it is."""
    return francais(valeur) if isinstance(valeur, str) else valeur


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
