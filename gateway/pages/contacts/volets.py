"""The tabs of a contact: each lists everything one application holds about it, read from its service."""

from typing import Any

from gateway.clients.services import Indisponible
from gateway.pages.achats import textes
from gateway.pages.administratif.recues import ETATS as ETATS_RECUES
from gateway.pages.demandes import presentation
from gateway.pages.devis.vues import ETATS_ETUDE, STATUTS
from gateway.pages.fichiers import lecture
from gateway.session.dependances import Utilisateur

# tab -> (title, permission that opens it)
VOLETS = {
    "echanges": ("Échanges", "tiers.lire"),
    "demandes": ("Demandes", "demande.lire"),
    "devis": ("Études et devis", "devis.lire"),
    "factures": ("Factures", "facture.lire"),
    "achats": ("Achats", "achat.lire"),
    "fichiers": ("Fichiers", "tiers.lire"),
}
LIMITE = 200
# what a note of a contact tells -> (words, icon)
GENRES_NOTE = {
    "appel": ("Appel", "phone"),
    "courriel": ("E-mail", "mail"),
    "visite": ("Visite", "map-pin"),
    "note": ("Note", "notebook-pen"),
}


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
    if volet == "echanges":
        return await _echanges(user, tiers)
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
        demandes += [("billing", "/affaires-fournisseur", achats), ("billing", "/factures-recues", achats)]
    clients, *siennes = await user.services.panneaux(*demandes)
    fournisseurs, recues = siennes or (None, None)
    return {"clients": clients, "fournisseurs": fournisseurs, "recues": recues, "recue_etats": ETATS_RECUES}


async def _echanges(user: Utilisateur, tiers: dict[str, Any]) -> dict[str, Any]:
    """What was written on the contact and in its demandes, on one line of time; those of a stopped service are missing."""
    lues = [("contacts", f"/tiers/{tiers['id']}/notes", {"limite": LIMITE})]
    if user.may("demande.lire"):
        lues.append(("demandes", "/chronologie", {"tiers_id": tiers["id"]}))
    notes, *demandes = await user.services.panneaux(*lues)
    recits = demandes[0] if demandes and isinstance(demandes[0], list) else []
    moments = [_note(n) for n in (notes["elements"] if notes else ())]
    moments += presentation.moments(recits, user)
    absents = {lu.libelle for lu in (notes, *demandes) if isinstance(lu, Indisponible)}
    return {
        "moments": sorted(moments, key=lambda m: str(m["le"]), reverse=True),
        "genres_note": [(cle, mots) for cle, (mots, _) in GENRES_NOTE.items()],
        "absents": sorted(absents),
    }


def _note(note: dict[str, Any]) -> dict[str, Any]:
    titre, icone = GENRES_NOTE[note["genre"]]
    return {**note, "genre": "contact", "titre": titre, "icone": icone}
