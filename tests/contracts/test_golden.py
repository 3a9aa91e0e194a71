"""Every fact has its golden schema and a sample that stays readable; a breaking change is seen red."""

import json
from pathlib import Path
from uuid import UUID

import pytest

from shared.contracts.base import FACTS, Fact
from shared.testing import contracts

FOLDER = Path(__file__).parent


def test_every_fact_has_its_golden_schema_and_a_readable_sample() -> None:
    assert contracts.differences(FOLDER) == []


@pytest.fixture
def born(tmp_path: Path) -> Path:
    """A folder with the sample of a fact as it was born: an id and a name."""
    sample = {"essai_id": str(UUID(int=1)), "nom": "texte"}
    (tmp_path / "essai.ne.v1.sample.json").write_text(json.dumps(sample))
    return tmp_path


def test_an_optional_field_may_be_added(born: Path) -> None:
    class Ne(Fact, type="essai.ne.v1", key="essai_id"):
        essai_id: UUID
        nom: str
        note: str = ""

    FACTS.pop("essai.ne.v1")
    assert contracts.broken_sample(Ne, born) is None


def test_a_required_field_is_a_new_version(born: Path) -> None:
    class Ne(Fact, type="essai.ne.v1", key="essai_id"):
        essai_id: UUID
        nom: str
        prix_ht: int

    FACTS.pop("essai.ne.v1")
    assert "announce a v2" in (contracts.broken_sample(Ne, born) or "")


def test_a_field_that_disappears_is_a_new_version(born: Path) -> None:
    class Ne(Fact, type="essai.ne.v1", key="essai_id"):
        essai_id: UUID

    FACTS.pop("essai.ne.v1")
    assert "disappeared" in (contracts.broken_sample(Ne, born) or "")


def test_a_missing_golden_file_is_seen(tmp_path: Path) -> None:
    contracts.write(tmp_path)
    removed = next(tmp_path.glob("*.schema.json"))
    removed.unlink()
    assert len(contracts.differences(tmp_path)) == 1


def test_an_edited_golden_schema_is_seen(tmp_path: Path) -> None:
    contracts.write(tmp_path)
    edited = next(tmp_path.glob("*.schema.json"))
    edited.write_text(edited.read_text().replace("{", "{ ", 1))
    assert len(contracts.differences(tmp_path)) == 1
