"""The golden schema and sample of every fact under tests/contracts: what listeners of any age may rely on.

A version only gains optional fields. The sample written when a fact was born must stay readable for ever: when it no
longer is, the change is a v2, and this script refuses to write over it.
"""

import json
import sys
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import Enum
from importlib import import_module
from pathlib import Path
from pkgutil import iter_modules
from types import NoneType, UnionType
from typing import Any, Literal, Union, get_args, get_origin
from uuid import UUID

from pydantic import BaseModel, ValidationError

import shared.contracts
from shared.contracts.base import FACTS, Fact

FOLDER = Path("tests/contracts")
PLAIN: dict[type, Any] = {
    str: "texte",
    int: 3,
    float: 1.5,
    bool: True,
    bytes: b"octets",
    Decimal: Decimal("12.50"),
    UUID: UUID("01890a5d-ac96-774b-bcce-b302099a8057"),
    datetime: datetime(2026, 3, 17, 8, 30, tzinfo=UTC),
    date: date(2026, 3, 17),
}


def facts() -> dict[str, type[Fact]]:
    """Every contract, by type."""
    for module in iter_modules(shared.contracts.__path__):
        import_module(f"shared.contracts.{module.name}")
    return {name: fact for name, fact in sorted(FACTS.items()) if fact.__module__.startswith("shared.contracts.")}


def schema(fact: type[Fact]) -> str:
    """The JSON Schema of a fact, as it is written."""
    return json.dumps(fact.model_json_schema(), indent=1, ensure_ascii=False, sort_keys=True) + "\n"


def sample(fact: type[BaseModel]) -> dict[str, Any]:
    """A value for every field, from its type alone."""
    made = fact.model_validate(
        {name: _value(field.annotation, name) for name, field in fact.model_fields.items()}, by_name=True
    )
    dumped: dict[str, Any] = made.model_dump(mode="json")
    return dumped


def _value(annotation: Any, name: str) -> Any:
    origin, arguments = get_origin(annotation), get_args(annotation)
    if origin is Literal:
        return arguments[0]
    if origin in (Union, UnionType):
        return _value(next(a for a in arguments if a is not NoneType), name)
    if origin in (tuple, list, set, frozenset):
        pieces = arguments if origin is tuple and Ellipsis not in arguments else arguments[:1]
        return [_value(piece, name) for piece in pieces]
    if origin is dict:
        return {_value(arguments[0], name): _value(arguments[1], name)}
    if origin is not None:  # Annotated
        return _value(arguments[0], name)
    return _plain(annotation, name)


def _plain(annotation: Any, name: str) -> Any:
    if isinstance(annotation, type):
        if issubclass(annotation, BaseModel):
            return sample(annotation)
        if issubclass(annotation, Enum):
            return next(iter(annotation))
        if annotation in PLAIN:
            return PLAIN[annotation]
    if annotation is Any or annotation is object:
        return "valeur"
    if annotation is dict:
        return {}
    raise TypeError(f"no sample for {name}: {annotation}")


def broken_sample(fact: type[Fact], folder: Path) -> str | None:
    """Why the sample kept for `fact` can no longer be read, if so: a missing, retyped or newly required field."""
    path = folder / f"{fact.type}.sample.json"
    if not path.exists():
        return None
    kept = json.loads(path.read_text())
    try:
        read = fact.model_validate(kept).model_dump(mode="json")
    except ValidationError as error:
        return f"{fact.type}: the sample of tests/contracts is refused, so announce a v2: {error}"
    lost = sorted(set(kept) - set(read))
    return f"{fact.type}: fields {lost} disappeared, so announce a v2" if lost else None


def differences(folder: Path) -> list[str]:
    """What `make contracts` would change or refuse."""
    found = []
    for name, fact in facts().items():
        golden = folder / f"{name}.schema.json"
        if not golden.exists() or not (folder / f"{name}.sample.json").exists():
            found.append(f"{name}: no golden schema or sample; run make contracts")
        elif golden.read_text() != schema(fact):
            found.append(f"{name}: its golden schema is out of date; run make contracts")
        if (broken := broken_sample(fact, folder)) is not None:
            found.append(broken)
    known = {f"{name}.{kind}.json" for name in facts() for kind in ("schema", "sample")}
    return found + [f"{path.name}: no such fact any more" for path in folder.glob("*.json") if path.name not in known]


def write(folder: Path, *, born_again: bool = False) -> list[str]:
    """Write what is missing or out of date; returns the refusals. `born_again` forgets samples nobody relied on yet."""
    folder.mkdir(parents=True, exist_ok=True)
    refused = []
    for name, fact in facts().items():
        kept = folder / f"{name}.sample.json"
        if not born_again and (broken := broken_sample(fact, folder)) is not None:
            refused.append(broken)
            continue
        (folder / f"{name}.schema.json").write_text(schema(fact))
        if born_again or not kept.exists():
            kept.write_text(json.dumps(sample(fact), indent=1, ensure_ascii=False, sort_keys=True) + "\n")
    return refused


if __name__ == "__main__":
    REFUSED = write(FOLDER, born_again="--born-again" in sys.argv)
    sys.stderr.write("".join(f"{line}\n" for line in REFUSED))
    sys.exit(bool(REFUSED))
