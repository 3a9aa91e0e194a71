"""Which rows of tests/features.toml are held by a test that passed in the last `make test`."""

import json
import sys
import tomllib
from pathlib import Path

ROWS = Path("tests/features.toml")
RESULT = Path("test-results/features.json")
SERVICES = {
    "GW": "gateway",
    "CT": "contacts",
    "DM": "demandes",
    "CO": "commercial",
    "AF": "commercial (affaire)",
    "PU": "purchasing",
    "IN": "inventory",
    "BI": "billing",
    "MA": "maintenance",
}


def held(root: Path) -> dict[str, list[str]]:
    """Row id -> names of the tests that hold it; empty before the first `make test`."""
    result = root / RESULT
    known = rows(root)
    found: dict[str, list[str]] = json.loads(result.read_text()) if result.exists() else {}
    return {row: tests for row, tests in found.items() if row in known}


def rows(root: Path) -> dict[str, str]:
    """Row id -> short title."""
    table: dict[str, str] = tomllib.loads((root / ROWS).read_text())["features"]
    return table


def report(root: Path) -> str:
    """Per service, the rows held and those not yet; ends with the count."""
    all_rows, found = rows(root), held(root)
    lines = []
    for prefix, service in SERVICES.items():
        own = [row for row in all_rows if row.startswith(f"{prefix}-")]
        lines.append(f"{service}: {sum(row in found for row in own)} of {len(own)}")
        for row in own:
            tests = f"  [{len(found[row])}]" if row in found else ""
            lines.append(f"  {'x' if row in found else '.'} {row} {all_rows[row]}{tests}")
    lines.append(f"features: {len(found)} of {len(all_rows)} held")
    return "\n".join(lines)


def main() -> None:
    """`python -m shared.testing.features [--json]`."""
    root = Path.cwd()
    text = json.dumps(held(root), indent=1, ensure_ascii=False) if "--json" in sys.argv else report(root)
    sys.stdout.write(text + "\n")


if __name__ == "__main__":
    main()
