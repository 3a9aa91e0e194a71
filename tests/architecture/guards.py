"""What the compiler cannot refuse: sizes, file vocabulary, banned words, where transactions end. Each takes a tree root."""

import ast
import re
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

CODE = ("services", "gateway", "shared", "deploy", "bench")
KINDS = {".py", ".ts", ".html", ".css", ".mjs"}
LONGEST, LONGEST_TEST = 400, 600
GENERATED = {"node_modules", "dist", "__pycache__"}

SERVICE_FILES = {
    "__init__.py",
    "app.py",
    "base.py",
    "settings.py",
    "errors.py",
    "etendues.py",
    "subscriptions.py",
    "periodique.py",
}
AGGREGATE_WORDS = {
    "rules",
    "models",
    "repository",
    "use_cases",
    "queries",
    "schemas",
    "routes",
    "jobs",
    "documents",
}
MIGRATION = re.compile(r"^\d{4}_[a-z0-9_]+\.py$")
HISTORY = re.compile(r'^(revision|down_revision) = (?:"(\d{4})"|None)$', re.MULTILINE)

BANNED = {"utils", "util", "helpers", "helper", "common", "manager", "commands", "order"}
PRIVATE_MENTIONS = ("../" + "shared", "." + "library", "/tmp" + "/plan", "/work" + "/")
TEXT = {".py", ".md", ".toml", ".ts", ".html", ".css", ".mjs", ".yaml", ".yml", ".json", ".service", ""}

STYLE_DEFINED = re.compile(r"(--[\w-]+)\s*:")
STYLE_USED = re.compile(r"var\((--[\w-]+)\)")


def files(root: Path, *folders: str, kinds: set[str] | None = None) -> Iterator[Path]:
    """The files written by hand under `folders` of `root`."""
    for folder in folders:
        for path in sorted((root / folder).rglob("*")):
            ours = path.is_file() and not GENERATED & set(path.relative_to(root).parts)
            if ours and (kinds is None or path.suffix in kinds):
                yield path


@cache
def parsed(path: Path) -> ast.Module:
    """The syntax tree of a module; a file that does not parse is named."""
    try:
        return ast.parse(path.read_text(), str(path))
    except SyntaxError as error:
        raise AssertionError(f"{path}:{error.lineno}: {error.msg}") from error


def sizes(root: Path) -> list[str]:
    """A file nobody can hold in mind is refused: 400 lines, 600 for a test."""
    found = []
    for path in files(root, *CODE, "tests", kinds=KINDS):
        name = path.relative_to(root)
        limit = LONGEST_TEST if name.parts[0] == "tests" else LONGEST
        count = len(path.read_text().splitlines())
        if count > limit:
            found.append(f"{name}: {count} lines, more than {limit}; split it by verb")
    return found


def file_vocabulary(root: Path) -> list[str]:
    """Inside a service, one can guess every path."""
    return [
        f"{path.relative_to(root)}: not a file name of a service; a full file becomes a folder (rules/statuts.py)"
        for path in files(root, "services", kinds={".py"})
        if not _is_expected(path.relative_to(root / "services"))
    ]


def _is_expected(path: Path) -> bool:
    match path.parts:
        case ("__init__.py",) | (_, "migrations", "__init__.py") | (_, "migrations", "versions", "__init__.py"):
            return True
        case (_, name):
            return name in SERVICE_FILES
        case (_, "migrations", "versions", name):
            return MIGRATION.match(name) is not None
        case (_, _, name):
            return name == "__init__.py" or name.removesuffix(".py") in AGGREGATE_WORDS
        case (_, _, folder, _):
            return folder in AGGREGATE_WORDS
    return False


@cache
def words(name: str) -> frozenset[str]:
    """The words of an identifier: "StockManager" and "stock_manager" both hold "manager"."""
    return frozenset(word.lower() for word in re.findall(r"[A-Z]?[a-z]+|[A-Z]+(?![a-z])", name))


def banned_words(root: Path) -> list[str]:
    """Names that say nothing, or that French words of ours would be confused with."""
    found = []
    for path in files(root, *CODE, kinds={".py"}):
        name = path.relative_to(root)
        for part in name.with_suffix("").parts:
            if words(part) & BANNED:
                found.append(f"{name}: {part} is a banned name")
        for line, identifier in _defined(parsed(path)):
            if words(identifier) & BANNED or identifier == "class Service":
                found.append(f"{name}:{line}: {identifier} is a banned name")
    return found


def _defined(tree: ast.Module) -> Iterator[tuple[int, str]]:
    """Every name a module gives: classes, functions, parameters, variables."""
    for node in ast.walk(tree):
        match node:
            case ast.ClassDef(name="Service"):
                yield node.lineno, "class Service"
            case ast.ClassDef(name=name) | ast.FunctionDef(name=name) | ast.AsyncFunctionDef(name=name):
                yield node.lineno, name
            case ast.Name(id=name, ctx=ast.Store()) | ast.arg(arg=name):
                yield node.lineno, name


def commits(root: Path) -> list[str]:
    """Only shared/database ends a transaction: everything else goes through its doors."""
    found = []
    for path in files(root, *CODE, kinds={".py"}):
        if path.is_relative_to(root / "shared" / "database"):
            continue
        for node in ast.walk(parsed(path)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "commit":
                found.append(f"{path.relative_to(root)}:{node.lineno}: .commit( belongs to shared/database")
    return found


def opening_lines(root: Path) -> list[str]:
    """Every module opens with one line saying why it exists."""
    return [
        f"{path.relative_to(root)}: no docstring"
        for path in files(root, *CODE, kinds={".py"})
        if "versions" not in path.parts and not ast.get_docstring(parsed(path))
    ]


def histories(root: Path) -> list[str]:
    """Two migrations written side by side never both follow the same one: each bears the number after its own past."""
    found, seen = [], set()
    for path in files(root, *CODE, kinds={".py"}):
        if path.parent.name != "versions" or not MIGRATION.match(path.name):
            continue
        number = path.name[:4]
        past = "" if number == "0001" else f"{int(number) - 1:04}"
        if dict(HISTORY.findall(path.read_text())) != {"revision": number, "down_revision": past}:
            found.append(f"{path.relative_to(root)}: is not {number} after {past or 'nothing'}")
        elif (path.parent, number) in seen:
            found.append(f"{path.relative_to(root)}: another migration has this number")
        seen.add((path.parent, number))
    return found


def decisions(root: Path) -> list[str]:
    """Two decisions written side by side never bear one number, and each says its own first."""
    found, seen = [], set()
    for path in files(root, "docs/decisions", kinds={".md"}):
        number = path.name[:4]
        if not path.read_text().startswith(f"# {number}. "):
            found.append(f"{path.relative_to(root)}: does not begin with its number, {number}")
        elif number in seen:
            found.append(f"{path.relative_to(root)}: another decision has this number")
        seen.add(number)
    return found


def private_mentions(root: Path) -> list[str]:
    """The project stands alone: it names no folder of the workplace it was written in."""
    top = [path for path in root.iterdir() if path.is_file() and path.suffix in TEXT and path.name != ".git"]
    found = []
    for path in [*top, *files(root, *CODE, "tests", "docs", ".ci", kinds=TEXT)]:
        text = path.read_text(errors="ignore")
        found += [f"{path.relative_to(root)}: mentions {word}" for word in PRIVATE_MENTIONS if word in text]
    return found


def style_variables(root: Path) -> list[str]:
    """A CSS variable nobody defines makes its declaration void, without a word: the text keeps the size it inherits."""
    sheets = {path: path.read_text() for path in files(root, "gateway", kinds={".css"})}
    defined = {name for text in sheets.values() for name in STYLE_DEFINED.findall(text)}
    return [
        f"{path.relative_to(root)}: {name} is defined nowhere"
        for path, text in sheets.items()
        for name in sorted(set(STYLE_USED.findall(text)) - defined)
    ]


ALL: tuple[Callable[[Path], list[str]], ...] = (
    sizes,
    file_vocabulary,
    banned_words,
    commits,
    opening_lines,
    histories,
    decisions,
    private_mentions,
    style_variables,
)
