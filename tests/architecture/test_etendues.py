"""What hangs on a record goes with it: no table that names a record of narrowed reach is left out of `etendues.py`."""

from dataclasses import replace
from importlib import import_module
from pathlib import Path
from types import ModuleType

import pytest

from shared.database.etendue import Regles

RACINE = Path(__file__).resolve().parents[2]
SERVICES = sorted(fichier.parent.name for fichier in RACINE.glob("services/*/etendues.py"))
LIBRES = {("tarif", "affaire_id")}  # prices agreed are for whoever quotes, the affaire they name is not shown by them


def _oubliees(base: ModuleType, regles: Regles) -> list[str]:
    tables = {regle.modele.__tablename__ for regle in regles}
    suivies = {(cle.class_.__tablename__, cle.key) for regle in regles for cle in regle.suivent}
    return [
        f"{table.name}.{cle.parent.name}"
        for table in base.Base.metadata.sorted_tables
        for cle in table.foreign_keys
        if cle.column.table.name in tables
        and table.name not in tables
        and (table.name, cle.parent.name) not in suivies | LIBRES
    ]


@pytest.mark.parametrize("service", SERVICES)
def test_ce_qui_pend_a_un_enregistrement_est_de_son_etendue(service: str) -> None:
    import_module(f"services.{service}.app")
    regles: Regles = import_module(f"services.{service}.etendues").ETENDUES
    base = import_module(f"services.{service}.base")
    assert _oubliees(base, regles) == []
    amputees = [replace(regle, suivent=regle.suivent[1:]) for regle in regles]
    assert _oubliees(base, amputees) != [], "le garde voit une table oubliée"
