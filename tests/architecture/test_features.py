"""The table of rows has all of them, each with a title."""

import tomllib
from collections import Counter
from pathlib import Path

from shared.testing.features import SERVICES

EXPECTED = {"GW": 14, "CT": 20, "DM": 38, "CO": 24, "AF": 85, "PU": 33, "IN": 35, "BI": 21, "MA": 33}


def test_every_row_is_there_once() -> None:
    rows = tomllib.loads((Path(__file__).parents[1] / "features.toml").read_text())["features"]
    assert Counter(row.partition("-")[0] for row in rows) == EXPECTED
    assert len(rows) == 303
    assert set(EXPECTED) == set(SERVICES)
    assert all(title.strip() for title in rows.values())
    for prefix, count in EXPECTED.items():
        assert {f"{prefix}-{n:02d}" for n in range(1, count + 1)} <= set(rows)
