"""What a save changed in the lines, for the audit and for whoever would overwrite it. Pure."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from services.commercial.proposition.rules.chiffrage import Ligne

RETENUS_MAX = 40
COMPARES = (
    *("designation", "description", "quantite", "unite", "cout_ht", "marge", "prix_fixe_ht", "remise", "taux_tva"),
    *("deee_ht", "copie_privee_ht"),
    *("nature", "maintenance_souhaitee", "est_option", "variante", "est_retenue", "a_prix_masques", "caches_suivent"),
)
NOMS = {"nature": "bien_ou_service"}  # "nature" says what happened to the row


def entre(avant: Sequence[Ligne], apres: Sequence[Ligne]) -> list[dict[str, Any]]:
    """One entry per row added, removed or changed: {"ligne", "nature", field: [before, after]}; the first 40."""
    anciennes, nouvelles = {ligne.id: ligne for ligne in avant}, {ligne.id: ligne for ligne in apres}
    trouves = [_dit(ligne, "ajoutée") for id_, ligne in nouvelles.items() if id_ not in anciennes]
    trouves += [_dit(ligne, "supprimée") for id_, ligne in anciennes.items() if id_ not in nouvelles]
    trouves += [
        _dit(ligne, "modifiée") | _champs(anciennes[id_], ligne)
        for id_, ligne in nouvelles.items()
        if id_ in anciennes and anciennes[id_] != ligne
    ]
    if not trouves and _ordre(avant) != _ordre(apres):
        trouves = [{"ligne": "", "nature": "ordre changé"}]
    return trouves[:RETENUS_MAX]


def _ordre(lignes: Sequence[Ligne]) -> list[UUID]:
    return [ligne.id for ligne in lignes]


def _dit(ligne: Ligne, nature: str) -> dict[str, Any]:
    return {"ligne_id": str(ligne.id), "ligne": ligne.designation[:80], "nature": nature}


def _champs(avant: Ligne, apres: Ligne) -> dict[str, Any]:
    changes: dict[str, Any] = {}
    for champ in COMPARES:
        ancien, nouveau = getattr(avant, champ), getattr(apres, champ)
        if ancien != nouveau:
            changes[NOMS.get(champ, champ)] = [_texte(ancien), _texte(nouveau)]
    if avant.produits != apres.produits:
        changes["produits"] = [len(avant.produits), len(apres.produits)]
    return changes


def _texte(valeur: Any) -> str | None:
    return None if valeur is None else str(valeur)[:120]
