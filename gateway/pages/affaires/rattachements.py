"""The part of an affaire's form that depends on its tiers: site and what it recalls, people, VAT regime, commerciaux."""

from collections.abc import Mapping
from typing import Any

from starlette.datastructures import FormData

from gateway.pages.contacts.formulaire import REGIMES
from gateway.session.dependances import Utilisateur

VIDE: dict[str, Any] = {
    "equipe_id": None,
    "tiers_secondaire_id": None,
    "tiers_secondaire_nom": "",
    "adresse_code": "",
    "adresse_du_client": False,
    "site_code": "",
    "chef_projet_client_id": None,
    "regime_tva": "france",
    "commercial_ids": [],
    "groupe_commercial_ids": [],
}
DU_CLIENT = "client:"  # before a code: an address of the client, though somebody else receives the papers
INITIALISES = ("regime_tva", "commercial_ids", "groupe_commercial_ids")


def lire(form: FormData) -> dict[str, Any]:
    """What was typed in this part."""
    return {
        "equipe_id": form.get("equipe_id") or None,
        "tiers_secondaire_id": form.get("tiers_secondaire_id") or None,
        **lire_adresse(form),
        "site_code": str(form.get("site_code") or ""),
        "chef_projet_client_id": form.get("chef_projet_client_id") or None,
        "regime_tva": form.get("regime_tva") or None,
        "commercial_ids": form.getlist("commercial_ids"),
        "groupe_commercial_ids": form.getlist("groupe_commercial_ids"),
    }


def lire_adresse(form: FormData) -> dict[str, Any]:
    """The address chosen: its code, and whether it is the client's though somebody else receives the papers."""
    choisie = str(form.get("adresse_code") or "")
    return {"adresse_code": choisie.removeprefix(DU_CLIENT), "adresse_du_client": choisie.startswith(DU_CLIENT)}


def adresse_choisie(v: Mapping[str, Any]) -> str:
    """The same, as the list of addresses holds it."""
    return f"{DU_CLIENT if v.get('adresse_du_client') and v['adresse_code'] else ''}{v.get('adresse_code') or ''}"


def adresses_offertes(client: Mapping[str, Any], secondaire: Mapping[str, Any] | None) -> list[tuple[str, str]]:
    """The addresses of the client, and of whoever receives the papers in its place: those and no other."""
    if secondaire is None:
        return [(a["code"], _lieu(a)) for a in client["adresses"]]
    siennes = [(a["code"], f"{secondaire['nom']} : {_lieu(a)}") for a in secondaire["adresses"]]
    return siennes + [(DU_CLIENT + a["code"], f"{client['nom']} : {_lieu(a)}") for a in client["adresses"]]


def _lieu(adresse: Mapping[str, Any]) -> str:
    return f"{adresse['code']}, {adresse['code_postal']} {adresse['ville']}".strip(", ")


async def contexte(user: Utilisateur, v: Mapping[str, Any]) -> dict[str, Any]:
    """The choices offered for the values `v`, and those with the names of their tiers; a stopped service leaves what is chosen."""
    demandes: list[tuple[str, str]] = [
        ("contacts", "/collaborateurs"),
        ("contacts", "/equipes"),
    ]
    nommes = [champ for champ in ("tiers_id", "tiers_secondaire_id") if v.get(champ)]
    demandes += [("commercial", f"/tiers/{v[champ]}") for champ in nommes]
    collaborateurs, equipes, *fiches = await user.services.panneaux(*demandes)
    lues = dict(zip(nommes, fiches, strict=True))
    tiers = lues.get("tiers_id") or {"adresses": [], "sites": [], "interlocuteurs": []}
    return {
        "v": {**v, **{champ.replace("_id", "_nom"): fiche["nom"] for champ, fiche in lues.items() if fiche}},
        "adresses": adresses_offertes(tiers, lues.get("tiers_secondaire_id")),
        "adresse_choisie": adresse_choisie(v),
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
    siens = ("adresse_code", "adresse_du_client", "site_code", "chef_projet_client_id", *INITIALISES)
    return {**v, **{c: VIDE[c] for c in siens}, **repris}


def _nom(personne: Mapping[str, Any]) -> str:
    return f"{personne['nom']}, {personne['fonction']}" if personne["fonction"] else str(personne["nom"])
