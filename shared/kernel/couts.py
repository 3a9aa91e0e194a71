"""Costs and margins are known by the names of their fields: what leaves them out of whatever is told. Pure."""

from typing import Any

PAR_LEUR_NOM = ("cout", "marge", "convention_marge", "prix_achat", "prix_revient")


def sans_couts(valeur: Any) -> Any:
    """The same lists and fields, at any depth, without those that tell a cost or a margin."""
    if isinstance(valeur, list):
        return [sans_couts(element) for element in valeur]
    if not isinstance(valeur, dict):
        return valeur
    return {cle: sans_couts(v) for cle, v in valeur.items() if not cle.startswith(PAR_LEUR_NOM)}
