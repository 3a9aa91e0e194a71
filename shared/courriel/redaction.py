"""The body of a mail in French, twice: plain text and simple HTML that every mail reader shows alike."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from jinja2 import Environment, FileSystemLoader, StrictUndefined, select_autoescape

from shared.documents.typographie import Typographie

GABARITS = Path(__file__).parent / "gabarits"


@dataclass(frozen=True, slots=True)
class Corps:
    """The two forms of one text."""

    texte: str
    html: str


@dataclass(frozen=True, slots=True)
class Action:
    """The one thing the reader may do: a button, an address in the plain text. Only https, or http on this machine."""

    libelle: str
    adresse: str

    def __post_init__(self) -> None:
        if not self.adresse.startswith(("https://", "http://127.0.0.1", "http://localhost")):
            raise ValueError(f"not a web address to send: {self.adresse}")


def rediger(
    paragraphes: Sequence[str],
    *,
    societe: str,
    salutation: str = "Bonjour,",
    action: Action | None = None,
    faits: Sequence[tuple[str, str]] = (),
    signature: Sequence[str] = (),
    pied: str = "",
) -> Corps:
    """A body from plain sentences. `faits` are (label, value) pairs (number, amount, date); `pied` is small print."""
    valeurs = {
        "paragraphes": paragraphes,
        "societe": societe,
        "salutation": salutation,
        "action": action,
        "faits": faits,
        "signature": signature or ("Cordialement,", societe),
        "pied": pied,
    }
    env = _environnement()
    return Corps(env.get_template("base.txt").render(valeurs), env.get_template("base.html").render(valeurs))


@cache
def _environnement() -> Environment:
    return Environment(
        loader=FileSystemLoader(GABARITS),
        autoescape=select_autoescape(["html"]),
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        extensions=[Typographie],
    )
