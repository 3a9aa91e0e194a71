"""The part of an affaire's form that depends on its tiers: site and what it recalls, people, VAT regime, commerciaux."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from gateway.pages.contacts.formulaire import REGIMES
from gateway.session.dependances import Utilisateur

VIDE: dict[str, Any] = {
    "equipe_id": None,
    "adresse_code": "",
    "site_code": "",
    "chef_projet_client_id": None,
    "regime_tva": "france",
    "commercial_ids": [],
    "groupe_commercial_ids": [],
}
INITIALISES = ("regime_tva", "commercial_ids", "groupe_commercial_ids")


def lire(form: FormData) -> dict[str, Any]:
    """What was typed in this part."""
    return {
        "equipe_id": form.get("equipe_id") or None,
        "adresse_code": str(form.get("adresse_code") or ""),
        "site_code": str(form.get("site_code") or ""),
        "chef_projet_client_id": form.get("chef_projet_client_id") or None,
        "regime_tva": form.get("regime_tva") or None,
        "commercial_ids": form.getlist("commercial_ids"),
        "groupe_commercial_ids": form.getlist("groupe_commercial_ids"),
    }


async def contexte(user: Utilisateur, v: Mapping[str, Any]) -> dict[str, Any]:
    """The choices offered for the values `v`; a stopped service leaves what is chosen as it is."""
    tiers = None
    demandes: list[tuple[str, str]] = [
        ("contacts", "/collaborateurs"),
        ("contacts", "/equipes"),
    ]
    if v.get("tiers_id"):
        demandes.append(("commercial", f"/tiers/{v['tiers_id']}"))
    collaborateurs, equipes, *lus = await user.services.panneaux(*demandes)
    tiers = lus[0] if lus and lus[0] else {"adresses": [], "sites": [], "interlocuteurs": []}
    return {
        "adresses": [
            (a["code"], f"{a['code']}, {a['code_postal']} {a['ville']}".strip(", ")) for a in tiers["adresses"]
        ],
        "sites": [(s["code"], f"{s['libelle']} ({s['code']})") for s in tiers["sites"]],
        "site": next((s for s in tiers["sites"] if s["code"] == v.get("site_code")), None),
        "interlocuteurs": [(p["interlocuteur_id"], _nom(p)) for p in tiers["interlocuteurs"]],
        "regimes": REGIMES,
        "equipes": [(e["id"], e["nom"]) for e in equipes or () if e["est_active"]],
        "commerciaux": [(c["id"], f"{c['prenom']} {c['nom']}".strip()) for c in collaborateurs or () if c["est_actif"]],
    }


async def au_choix_du_tiers(user: Utilisateur, v: dict[str, Any]) -> dict[str, Any]:
    """The values once another tiers is chosen: its regime and commerciaux, nothing else of the previous one."""
    fiche = await user.services.panneau("commercial", f"/tiers/{v['tiers_id']}") if v["tiers_id"] else None
    repris = {champ: fiche[champ] for champ in INITIALISES} if fiche else {}
    return {**v, **{c: VIDE[c] for c in ("adresse_code", "site_code", "chef_projet_client_id", *INITIALISES)}, **repris}


def _nom(personne: Mapping[str, Any]) -> str:
    return f"{personne['nom']}, {personne['fonction']}" if personne["fonction"] else str(personne["nom"])
