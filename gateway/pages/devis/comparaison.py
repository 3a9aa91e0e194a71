"""What changed between two versions of a devis, read like a marked-up text."""

import asyncio
from decimal import Decimal
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.pages.adresse import Designe
from gateway.pages.devis.vues import STATUTS, versions
from gateway.pages.rendu import rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
# etat: (word, tone, icon)
ETATS = {
    "ajoutee": ("Ajoutée", "succes", "plus"),
    "retiree": ("Retirée", "danger", "x"),
    "modifiee": ("Modifiée", "alerte", "pencil"),
}
TEXTES = {
    "objet": "Objet",
    "introduction": "Introduction",
    "conditions": "Conditions",
    "adresse_code": "Adresse",
    "valide_jusqu_au": "Validité",
    "acompte_pourcent": "Acompte",
    "livraison_souhaitee": "Livraison souhaitée",
}
TOTAUX = (("total_ht", "Total HT"), ("total_tva", "TVA"), ("total_ttc", "Total TTC"))
COUTS = (("cout_ht", "Coût d’achat"), ("marge_ht", "Marge brute"))


@router.get("/devis/propositions/{proposition_id}/comparer")
async def comparer(
    proposition_id: UUID, request: Request, user: User, avec: Designe = None, changements: bool = False
) -> Response:
    """Against its previous version, or any other proposition of the etude."""
    c, p = await asyncio.gather(
        user.services.get("commercial", f"/propositions/{proposition_id}/comparaison", {"avec": avec}),
        user.services.get("commercial", f"/propositions/{proposition_id}"),
    )
    etude = await user.services.get("commercial", f"/etudes/{p['etude_id']}")
    couts = user.may("couts.voir")
    lignes = [_ligne(ligne) for ligne in c["lignes"]]
    contexte: dict[str, Any] = {
        "p": p,
        "avant": c["avant"],
        "apres": c["apres"],
        "soeurs": [soeur for soeur in versions(etude, p) if soeur["id"] != c["avant"]["id"]],
        "textes": [(libelle, nom) for nom, libelle in TEXTES.items() if nom in c["textes"]],
        "totaux": [_total(c, *total) for total in (*TOTAUX, *(COUTS if couts else ()))],
        "lignes": [ligne for ligne in lignes if not changements or ligne["change"]],
        "nb_changements": sum(ligne["change"] for ligne in lignes),
        "changements": changements,
        "couts": couts,
        "etats": ETATS,
        "statuts": STATUTS,
    }
    return rendre(request, "devis/comparaison.html", onglet="etudes", **contexte)


def _total(c: dict[str, Any], nom: str, libelle: str) -> dict[str, Any]:
    avant, apres = (Decimal(c[cote]["totaux"][nom]) for cote in ("avant", "apres"))
    return {"libelle": libelle, "avant": avant, "apres": apres, "ecart": apres - avant}


def _ligne(ligne: dict[str, Any]) -> dict[str, Any]:
    """A row of the page: `change` when there is something to read, `choix` what the client chooses or asked."""
    cotes = {cote: _choix(ligne[cote]) if ligne[cote] else "" for cote in ("avant", "apres")}
    change = ligne["etat"] != "inchangee" or ligne["est_deplacee"]
    return {**ligne, "l": ligne["apres"] or ligne["avant"], "change": change, "choix": cotes}


def _choix(ligne: dict[str, Any]) -> str:
    """What of a line is neither words nor figures."""
    if ligne["genre"] != "ligne":
        return {"section": "Section", "commentaire": "Texte", "saut": "Saut de page"}[ligne["genre"]]
    mots = ["Prestation" if ligne["nature"] == "service" else "Fourniture"]
    if ligne["est_option"]:
        mots.append("En option")
    if ligne["variante"]:
        mots.append(f"Variante {ligne['variante']}")
    if (ligne["est_option"] or ligne["variante"]) and not ligne["est_retenue"]:
        mots.append("Non retenue")
    if ligne["maintenance_souhaitee"]:
        mots.append("Maintenance souhaitée")
    return " · ".join(mots)
