"""The circuits of a new company (sale, SAV, maintenance, internal): data it will adapt, installed only in an empty base."""

import json
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op

from shared.kernel.clock import SystemClock
from shared.kernel.ids import new_id

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

CIRCUIT = Path(__file__).resolve().parents[2] / "type_demande" / "circuit_par_defaut.json"
Lignes = dict[str, list[dict[str, Any]]]
TABLES = ("domaine", "type_demande", "etat", "transition", "regle", "tableau", "colonne", "etat_colonne")
DRAPEAUX = ("est_initial", "est_terminal", "exige_temps", "est_planifiable", "est_a_planifier", "est_prise")


def upgrade() -> None:
    circuit = json.loads(CIRCUIT.read_text(encoding="utf-8"))
    lignes: Lignes = {table: [] for table in TABLES}
    lignes["domaine"] = [{**domaine, "ordre": ordre} for ordre, domaine in enumerate(circuit["domaines"])]
    for ordre, genre in enumerate(circuit["types"]):
        _type(lignes, ordre, genre)
    for ordre, tableau in enumerate(circuit["tableaux"]):
        _tableau(lignes, ordre, tableau)
    connues = sa.MetaData()
    connues.reflect(op.get_bind(), only=TABLES)
    for table in TABLES:
        op.bulk_insert(connues.tables[table], lignes[table])


def downgrade() -> None:
    for table in reversed(TABLES):
        op.execute(f"DELETE FROM {table}")


def _racine() -> dict[str, Any]:
    maintenant = SystemClock().now()
    return {"id": new_id(), "version": 1, "cree_le": maintenant, "modifie_le": maintenant}


def _type(lignes: Lignes, ordre: int, genre: dict[str, Any]) -> None:
    racine = _racine()
    propres = {c: genre[c] for c in ("code", "libelle", "icone")}
    reglages = {
        "exige_couverture": genre.get("exige_couverture", False),
        "ouverture_fait": genre.get("ouverture_fait"),
    }
    lignes["type_demande"].append({**racine, **propres, **reglages, "ordre": ordre, "est_actif": True})
    membre = {"type_id": racine["id"]}
    lignes["etat"] += [
        {"id": new_id(), **membre, "ordre": rang, **dict.fromkeys(DRAPEAUX, False), **etat}
        for rang, etat in enumerate(genre["etats"])
    ]
    lignes["transition"] += [
        {"id": new_id(), **membre, "de": de, "vers": vers}
        for de, suites in genre["transitions"].items()
        for vers in suites
    ]
    lignes["regle"] += [_regle(membre, rang, regle) for rang, regle in enumerate(genre["regles"])]


def _regle(membre: dict[str, Any], rang: int, regle: dict[str, Any]) -> dict[str, Any]:
    condition = regle.get("condition")
    propres = {c: regle[c] for c in ("libelle", "fait_type", "de_etats", "vers", "mode")}
    return {
        "id": new_id(),
        **membre,
        **propres,
        "ordre": rang,
        "condition_champ": condition["champ"] if condition else None,
        "condition_valeur": condition["valeur"] if condition else sa.null(),
    }


def _tableau(lignes: Lignes, ordre: int, tableau: dict[str, Any]) -> None:
    racine = _racine()
    propres = {c: tableau[c] for c in ("code", "libelle", "icone")}
    reglages = {"tri": "urgence", "jours_termines": 30, "est_actif": True, "ordre": ordre}
    lignes["tableau"].append({**racine, **propres, **reglages})
    for rang, colonne in enumerate(tableau["colonnes"]):
        colonne_id = new_id()
        dite = {c: colonne[c] for c in ("libelle", "couleur", "service")}
        lignes["colonne"].append({"id": colonne_id, "tableau_id": racine["id"], "ordre": rang, **dite})
        lignes["etat_colonne"] += [
            {"id": new_id(), "colonne_id": colonne_id, "ordre": n, "type_code": e["type"], "etat_code": e["etat"]}
            for n, e in enumerate(colonne["etats"])
        ]
