"""What the forms of the catalogue send, turned into what the service expects."""

import re
from typing import Any

from fastapi import Request
from starlette.datastructures import FormData

from gateway.pages.contacts.formulaire import decimal
from shared.kernel.text import sans_accents

Json = dict[str, Any]
POLITIQUES = (
    ("aucune", "Sans numéro de série"),
    ("facultative", "Numéro de série facultatif"),
    ("obligatoire", "Numéro de série obligatoire"),
)
ENTREES_PARC = (("", "Selon le type"), ("oui", "Y entre"), ("non", "N’y entre pas"))
NATURES = (("bien", "Bien"), ("service", "Service"))
TYPES_CHAMP = (
    ("texte", "Texte"),
    ("texte_long", "Texte long"),
    ("nombre", "Nombre"),
    ("booleen", "Oui ou non"),
    ("choix", "Choix"),
    ("date", "Date"),
    ("adresse_ip", "Adresse IP"),
    ("adresse_mac", "Adresse MAC"),
    ("url", "Adresse web"),
)
EXIGENCES = (("", "Facultatif"), ("requis", "Requis"), ("secret", "Secret"), ("requis secret", "Secret et requis"))
REPRISES = (("", "Par nature"), ("commun", "Reprise"), ("propre", "Propre"))
DEMANDES_PHOTO = (("aucune", "Sans photo"), ("possible", "Photo possible"), ("requise", "Photo obligatoire"))
CHOIX_DES_RANGEES: Json = {
    "genres": TYPES_CHAMP,
    "exigences": EXIGENCES,
    "reprises": REPRISES,
    "demandes_photo": DEMANDES_PHOTO,
}
ICONES = (
    *(("package", "Colis"), ("printer", "Copieur, imprimante"), ("phone", "Téléphone"), ("network", "Réseau")),
    *(("router", "Routeur"), ("wifi", "Wi-Fi"), ("cctv", "Caméra"), ("hard-drive", "Stockage")),
    *(("key-round", "Accès"), ("laptop", "Ordinateur"), ("server", "Serveur"), ("battery-charging", "Énergie")),
    *(("monitor", "Écran"), ("boxes", "Autre")),
)


def cle(libelle: str) -> str:
    """ "Adresse IP" -> "adresse_ip"."""
    propre = re.sub(r"[^a-z0-9]+", "_", sans_accents(libelle).lower()).strip("_")
    return (propre if propre[:1].isalpha() else f"c_{propre}")[:40]


async def lire_produit(request: Request, existant: Json | None = None) -> Json:
    """The product as typed; suppliers are kept as they were when the form does not show them."""
    form = await request.form()
    valeurs: Json = {
        nom: str(form.get(nom, "")).strip() for nom in ("reference", "designation", "description", "famille")
    }
    valeurs["unite"] = str(form.get("unite", "")).strip() or "u"
    valeurs["nature"] = str(form.get("nature") or "bien")
    valeurs["politique_serie"] = str(form.get("politique_serie") or "aucune")
    valeurs["type_id"] = str(form.get("type_id", "")) or None
    valeurs["ean"] = str(form.get("ean", "")).strip() or None
    valeurs["prix_achat_ht"] = decimal(str(form.get("prix_achat_ht", ""))) or "0"
    valeurs["prix_vente_ht"] = decimal(str(form.get("prix_vente_ht", "")))
    valeurs["taux_tva"] = decimal(str(form.get("taux_tva", ""))) or "20"
    for nom in ("deee_ht", "copie_privee_ht"):
        valeurs[nom] = decimal(str(form.get(nom, ""))) or "0"
    valeurs["garantie_mois"] = decimal(str(form.get("garantie_mois", ""))) or "0"
    valeurs["est_visible_parc"] = {"oui": True, "non": False}.get(str(form.get("est_visible_parc", "")))
    for nom in ("est_stockable", "maintenance_requise", "etiquette_requise", "est_actif"):
        valeurs[nom] = nom in form
    valeurs["actions"] = _operations(form)
    valeurs["caracteristiques"] = _caracteristiques(str(form.get("caracteristiques", "")))
    valeurs["composants"] = _composants(form)
    valeurs["fournisseurs"] = _fournisseurs(form, existant)
    return valeurs


async def lire_type(request: Request) -> Json:
    """The product type as typed; a field keeps the key it has, a new one takes that of its label."""
    form = await request.form()
    libelle = str(form.get("libelle", "")).strip()
    champs = []
    for rang, nom in enumerate(form.getlist("champ_libelle")):
        if str(nom).strip():
            champs.append(_champ(form, rang, str(nom).strip()))
    return {
        "code": str(form.get("code", "")).strip() or cle(libelle),
        "libelle": libelle,
        "icone": str(form.get("icone") or "package"),
        "champs": champs,
        "actions": _operations(form),
        **{nom: nom in form for nom in ("etiquette_requise", "est_visible_parc", "est_actif")},
    }


def _champ(form: FormData, rang: int, libelle: str) -> Json:
    def colonne(nom: str) -> str:
        valeurs = form.getlist(f"champ_{nom}")
        return str(valeurs[rang]).strip() if rang < len(valeurs) else ""

    exigences = colonne("exigence").split()
    return {
        "cle": colonne("cle") or cle(libelle),
        "libelle": libelle,
        "type": colonne("type") or "texte",
        "requis": "requis" in exigences,
        "secret": "secret" in exigences,
        "commun": {"commun": True, "propre": False}.get(colonne("reprise")),
        "options": [o.strip() for o in colonne("options").split(",") if o.strip()],
        "unite": colonne("unite"),
        "aide": colonne("aide"),
    }


def _operations(form: FormData) -> list[Json]:
    """Each named row; an operation keeps the key it has: what was ticked stays ticked when it is renamed."""
    colonnes = (form.getlist(f"operation_{nom}") for nom in ("cle", "libelle", "photo"))
    return [
        {"cle": str(connue) or cle(str(libelle)), "libelle": str(libelle).strip(), "photo": str(photo) or "aucune"}
        for connue, libelle, photo in zip(*colonnes, strict=False)
        if str(libelle).strip()
    ]


def _composants(form: FormData) -> list[Json]:
    colonnes = (form.getlist("composant_id"), form.getlist("composant_quantite"))
    return [
        {"produit_id": str(produit_id), "quantite": decimal(str(quantite)) or "1"}
        for produit_id, quantite in zip(*colonnes, strict=False)
        if str(produit_id).strip()
    ]


def _fournisseurs(form: FormData, existant: Json | None) -> list[Json]:
    if "fournisseur_id" not in form:
        gardes = (existant or {}).get("fournisseurs", [])
        return [{k: f[k] for k in ("fournisseur_id", "reference", "prix_ht")} for f in gardes]
    colonnes = (form.getlist("fournisseur_id"), form.getlist("fournisseur_reference"), form.getlist("fournisseur_prix"))
    return [
        {
            "fournisseur_id": str(fournisseur_id),
            "reference": str(reference).strip(),
            "prix_ht": decimal(str(prix)),
        }
        for fournisseur_id, reference, prix in zip(*colonnes, strict=False)
        if str(fournisseur_id).strip()
    ]


def _caracteristiques(texte: str) -> list[Json]:
    """ "Alimentation : PoE" on each line; a line without colon is a value of its own."""
    coupees = (ligne.partition(":") for ligne in _lignes(texte))
    return [{"libelle": (a if b else "Divers").strip(), "valeur": (c if b else a).strip()} for a, b, c in coupees]


def _lignes(texte: str) -> list[str]:
    return [ligne.strip() for ligne in texte.splitlines() if ligne.strip()]
