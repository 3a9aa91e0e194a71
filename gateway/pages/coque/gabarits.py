"""What templates can call: macros under `ui`, icons, assets, attributes."""

import json
import logging
import time
from collections.abc import Callable, Iterator
from functools import lru_cache
from pathlib import Path
from typing import Any
from zlib import crc32

from jinja2 import Environment, pass_context
from jinja2.runtime import Context
from markupsafe import Markup, escape

from gateway.pages.coque.formats import aujourd_hui

PAGES = Path(__file__).resolve().parents[1]
DIST = PAGES.parent / "static" / "dist"
URL_STATIQUE = "/static/"
TEINTES_AVATAR = 8
REGARDER_CHAQUE = 1.0  # seconds between two looks at the built files
METHODES = frozenset(dir(dict))
RETENUES = frozenset({"bd_carte"})
TEXTES_RETENUS = 5000
_journal = logging.getLogger(__name__)


class _Manifeste:
    """What esbuild built, looked at again at most once a second: a page asks for hundreds of icons."""

    def __init__(self) -> None:
        self.contenu: dict[str, Any] = {}
        self.version = 0
        self._vu_le = -REGARDER_CHAQUE

    def lire(self) -> "_Manifeste":
        maintenant = time.monotonic()
        if maintenant - self._vu_le >= REGARDER_CHAQUE:
            self._vu_le = maintenant
            self._relire()
        return self

    def _relire(self) -> None:
        fichier = DIST / "manifest.json"
        version = fichier.stat().st_mtime_ns if fichier.exists() else 0
        if version != self.version:
            self.contenu = json.loads(fichier.read_text(encoding="utf-8")) if version else {}
            self.version = version


_manifeste = _Manifeste()


def manifeste() -> dict[str, Any]:
    """The names esbuild gave to the built files; empty while nothing is built."""
    return _manifeste.lire().contenu


def asset(nom: str) -> str:
    """asset("app.css") -> "/static/app-4F2K.css"."""
    return URL_STATIQUE + str(manifeste().get("fichiers", {}).get(nom, nom))


def version() -> str:
    """What names the built files as a whole: it changes when one of them does."""
    return f"{crc32(' '.join(sorted(manifeste().get('fichiers', {}).values())).encode()):08x}"


def icone(nom: str, taille: int = 16, classe: str = "", libelle: str | None = None) -> Markup:
    """A Lucide icon from the sprite. Decorative unless `libelle` names it. The build finds its name by itself."""
    return _icone(nom, taille, classe, libelle, _manifeste.lire().version)


@lru_cache(maxsize=4096)
def _icone(nom: str, taille: int, classe: str, libelle: str | None, _version: int) -> Markup:
    connues = manifeste().get("icones")
    if connues and nom not in connues:
        _journal.warning("icone_inconnue %s", nom)
        nom = "circle-help"
    role = Markup('role="img" aria-label="{}"').format(libelle) if libelle else Markup('aria-hidden="true"')
    return Markup('<svg class="ic {}" width="{}" height="{}" {}><use href="{}#{}"></use></svg>').format(
        classe, taille, taille, role, asset("icones.svg"), nom
    )


def attributs(valeurs: dict[str, Any] | None) -> Markup:
    """{"hx_get": "/x", "disabled": True, "data_ids": [1]} -> HTML attributes: _ becomes -, None and False vanish."""
    return Markup("").join(_attributs(valeurs or {}))


def _attributs(valeurs: dict[str, Any]) -> Iterator[Markup]:
    for nom, valeur in valeurs.items():
        if valeur is None or valeur is False:
            continue
        propre = escape(nom.rstrip("_").replace("_", "-"))
        if valeur is True:
            yield Markup(" {}").format(propre)
        else:
            texte = json.dumps(valeur) if isinstance(valeur, dict | list | tuple) else valeur
            yield Markup(' {}="{}"').format(propre, texte)


def teinte(nom: str | None) -> int:
    """A stable colour number for a person's avatar."""
    return crc32((nom or "").encode()) // 7 % TEINTES_AVATAR


@pass_context
def champ_csrf(contexte: Context) -> Markup:
    """The hidden field that a plain form must carry (htmx requests carry a header instead)."""
    session = contexte.get("session")
    return Markup('<input type="hidden" name="csrf" value="{}">').format(session.csrf if session else "")


def ilot(nom: str) -> Markup:
    """The script tag of an island: {{ ilot("tableau") }} in the block `ilots`."""
    return Markup('<script type="module" src="{}"></script>').format(asset(f"{nom}.js"))


class Gabarits(Environment):
    """Templates read dictionaries most of the time: their keys are looked up first, unless a method bears that name."""

    def getattr(self, obj: Any, attribute: str) -> Any:
        """The value of `obj.attribute` in a template."""
        if type(obj) is dict and attribute in obj and attribute not in METHODES:
            return obj[attribute]
        return super().getattr(obj, attribute)


class Memoire:
    """A macro whose text depends on its arguments, the day and the built files alone: a board shows the same cards
    again and again, and writing them was half of its cost."""

    def __init__(self, macro: Callable[..., Markup]) -> None:
        self.macro = macro
        self._textes: dict[tuple[object, ...], Markup] = {}

    def __call__(self, objet: dict[str, Any], *suite: object) -> Markup:
        """The text of the macro for these values."""
        cle = (aujourd_hui(), _manifeste.lire().version, suite, *objet.items())
        texte = self._textes.get(cle)
        if texte is None:
            if len(self._textes) >= TEXTES_RETENUS:
                self._textes.clear()
            texte = self._textes[cle] = self.macro(objet, *suite)
        return texte


class Macros:
    """Every macro of coque/macros/*.html as `ui.name`, in every template without import."""

    def __init__(self, environment: Environment) -> None:
        self._environment = environment
        self._memoires: dict[str, Memoire] = {}
        self._fichiers: dict[str, str] = {}
        self._lues: dict[str, Any] = {}
        self._vu_le = -REGARDER_CHAQUE

    def __getattr__(self, nom: str) -> Any:
        if nom.startswith("_"):
            raise AttributeError(nom)
        maintenant = time.monotonic()
        if maintenant - self._vu_le >= REGARDER_CHAQUE:  # a page calls hundreds of macros: one look at their files
            self._vu_le = maintenant
            self._lues.clear()
        if nom not in self._lues:
            fichier = self._fichiers.get(nom) or self._chercher(nom)
            macro = getattr(self._environment.get_template(fichier).module, nom)
            self._lues[nom] = self._retenue(nom, macro) if nom in RETENUES else macro
        return self._lues[nom]

    def _retenue(self, nom: str, macro: Callable[..., Markup]) -> Memoire:
        connue = self._memoires.get(nom)
        if connue is None or connue.macro is not macro:
            connue = self._memoires[nom] = Memoire(macro)
        return connue

    def _chercher(self, nom: str) -> str:
        for chemin in sorted((PAGES / "coque" / "macros").glob("*.html")):
            fichier = f"coque/macros/{chemin.name}"
            if hasattr(self._environment.get_template(fichier).module, nom):
                self._fichiers[nom] = fichier
                return fichier
        raise AttributeError(f"no macro named {nom}: see coque/LISEZMOI.md")
