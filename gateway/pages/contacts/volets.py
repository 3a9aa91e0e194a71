"""The tabs of a contact: each lists everything one application holds about it, read from its service."""

from typing import Any

from gateway.pages.achats import textes
from gateway.pages.devis.vues import ETATS_ETUDE, STATUTS
from gateway.pages.fichiers import lecture
from gateway.session.dependances import Utilisateur

# tab -> (title, permission that opens it)
VOLETS = {
    "demandes": ("Demandes", "demande.lire"),
    "devis": ("Études et devis", "devis.lire"),
    "factures": ("Factures", "facture.lire"),
    "achats": ("Achats", "achat.lire"),
    "fichiers": ("Fichiers", "tiers.lire"),
}
LIMITE = 200


def ouverts(user: Utilisateur, tiers: dict[str, Any]) -> list[tuple[str, str]]:
    """The tabs this person sees on this contact, as (key, title)."""
    return [
        (cle, titre)
        for cle, (titre, permission) in VOLETS.items()
        if user.may(permission) and (cle != "achats" or "fournisseur" in tiers["roles"])
    ]


async def lire(user: Utilisateur, tiers: dict[str, Any], volet: str) -> dict[str, Any]:
    """What the tab shows; a stopped service gives Indisponible in place of its list."""
    params = {"tiers_id": tiers["id"], "limite": LIMITE}
    if volet == "demandes":
        demandes, types = await user.services.panneaux(
            ("demandes", "/demandes", {**params, "tri": "-anciennete"}), ("demandes", "/types-demande")
        )
        return {"demandes": demandes, "types": {t["code"]: t["libelle"] for t in types or ()}}
    if volet == "devis":
        etudes, propositions = await user.services.panneaux(
            ("commercial", "/etudes", params), ("commercial", "/propositions", params)
        )
        return {"etudes": etudes, "propositions": propositions, "etats": ETATS_ETUDE, "statuts": STATUTS}
    if volet == "fichiers":
        return await lecture.du_contact(user, tiers)
    if volet == "factures":
        return await _factures(user, tiers, params)
    (achats,) = await user.services.panneaux(("purchasing", f"/fournisseurs/{tiers['id']}/achats"))
    return {"f": achats, **textes.MOTS}


async def _factures(user: Utilisateur, tiers: dict[str, Any], params: dict[str, Any]) -> dict[str, Any]:
    demandes: list[tuple[str, str, dict[str, Any]]] = [("billing", "/factures", params)]
    if "fournisseur" in tiers["roles"] and user.may("couts.voir"):
        achats = {"fournisseur_id": tiers["id"], "limite": LIMITE}
        demandes.append(("billing", "/affaires-fournisseur", achats))
    clients, *fournisseurs = await user.services.panneaux(*demandes)
    recues = fournisseurs[0] if fournisseurs else None
    return {"clients": clients, "fournisseurs": recues}
