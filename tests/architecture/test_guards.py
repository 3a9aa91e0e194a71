"""The tree passes every guard, and each guard is seen red on a planted violation."""

from collections.abc import Callable
from pathlib import Path

import pytest

from tests.architecture import guards

ROOT = Path(__file__).parents[2]
Guard = Callable[[Path], list[str]]


@pytest.mark.parametrize("guard", guards.ALL, ids=lambda guard: guard.__name__)
def test_the_tree_passes(guard: Guard) -> None:
    assert guard(ROOT) == []


PLANTED: list[tuple[Guard, str, str]] = [
    (guards.sizes, "services/inventory/stock/rules.py", "x = 1\n" * 401),
    (guards.sizes, "gateway/static/src/page.ts", "//\n" * 401),
    (guards.sizes, "tests/test_long.py", "x = 1\n" * 601),
    (guards.file_vocabulary, "services/inventory/stock/service.py", '"""Doc."""\n'),
    (guards.file_vocabulary, "services/inventory/outils.py", '"""Doc."""\n'),
    (guards.file_vocabulary, "services/inventory/migrations/versions/premier.py", '"""Doc."""\n'),
    (guards.file_vocabulary, "services/inventory/stock/divers/plus.py", '"""Doc."""\n'),
    (guards.banned_words, "shared/utils.py", '"""Doc."""\n'),
    (guards.banned_words, "shared/x.py", "class StockManager: ...\n"),
    (guards.banned_words, "shared/x.py", "class Service: ...\n"),
    (guards.banned_words, "services/purchasing/x.py", "def f(order: int) -> None: ...\n"),
    (guards.banned_words, "services/purchasing/x.py", "purchase_order = 1\n"),
    (guards.commits, "services/billing/facture/use_cases.py", "async def f(session): await session.commit()\n"),
    (guards.opening_lines, "shared/x.py", "x = 1\n"),
    (guards.histories, "services/billing/migrations/versions/0003_c.py", 'revision = "0003"\ndown_revision = "0001"\n'),
    (guards.histories, "services/billing/migrations/versions/0003_c.py", 'revision = "0002"\ndown_revision = "0002"\n'),
    (guards.decisions, "docs/decisions/0002-b.md", "# 0003. Something else\n"),
    (guards.private_mentions, "docs/page.md", "see ../" + "shared/DESIGN.md\n"),
    (guards.private_mentions, "README.md", "see ." + "library\n"),
    (guards.style_variables, "gateway/static/src/css/x.css", ".a { font-size: var(--t11); }\n"),
]


@pytest.mark.parametrize(
    ("guard", "path", "content"), PLANTED, ids=lambda value: str(getattr(value, "__name__", ""))[:20]
)
def test_a_planted_violation_is_refused(guard: Guard, path: str, content: str, tmp_path: Path) -> None:
    planted = tmp_path / path
    planted.parent.mkdir(parents=True, exist_ok=True)
    planted.write_text(content)
    assert len(guard(tmp_path)) == 1, guard(tmp_path)


def test_two_migrations_of_one_number_are_refused(tmp_path: Path) -> None:
    versions = tmp_path / "services/billing/migrations/versions"
    versions.mkdir(parents=True)
    for name in ("0001_a", "0001_b"):
        (versions / f"{name}.py").write_text('revision = "0001"\ndown_revision = None\n')
    assert len(guards.histories(tmp_path)) == 1


def test_two_decisions_of_one_number_are_refused(tmp_path: Path) -> None:
    folder = tmp_path / "docs/decisions"
    folder.mkdir(parents=True)
    for name in ("0001-a", "0001-b"):
        (folder / f"{name}.md").write_text("# 0001. Choice\n")
    assert len(guards.decisions(tmp_path)) == 1


ACCEPTED: list[tuple[Guard, str, str]] = [
    (guards.sizes, "services/inventory/stock/rules.py", "x = 1\n" * 400),
    (guards.file_vocabulary, "services/inventory/stock/use_cases/validation.py", '"""Doc."""\n'),
    (guards.file_vocabulary, "services/inventory/migrations/versions/0002_stock.py", '"""Doc."""\n'),
    (guards.banned_words, "shared/x.py", "commande, ordered, border, command = 1, 2, 3, 4\n"),
    (guards.histories, "services/billing/migrations/versions/0001_a.py", 'revision = "0001"\ndown_revision = None\n'),
    (guards.commits, "shared/database/transaction.py", "def f(session): session.commit()\n"),
]


@pytest.mark.parametrize(
    ("guard", "path", "content"), ACCEPTED, ids=lambda value: str(getattr(value, "__name__", ""))[:20]
)
def test_what_is_right_is_accepted(guard: Guard, path: str, content: str, tmp_path: Path) -> None:
    test_file = tmp_path / path
    test_file.parent.mkdir(parents=True)
    test_file.write_text(content)
    assert guard(tmp_path) == []
