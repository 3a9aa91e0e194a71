"""The page of sales figures: what is expected, signed and lost, drawn by the server."""

from datetime import date
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.coque.graphiques import Serie, colonnes, parts
from gateway.pages.devis.vues import CAUSES
from gateway.pages.rendu import rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
PERIODES = (3, 6, 12, 24)
MOIS = ("janv.", "févr.", "mars", "avr.", "mai", "juin", "juil.", "août", "sept.", "oct.", "nov.", "déc.")
Json = dict[str, Any]


@router.get("/devis/pilotage")
async def pilotage(request: Request, user: User, commercial_id: str = "", mois: str = "12") -> Response:
    """For everybody, or for one salesman."""
    periode = next((nombre for nombre in PERIODES if str(nombre) == mois), 12)
    params = {"commercial_id": commercial_id, "mois": periode}
    vue = await user.services.panneau("commercial", "/pilotage", params)
    contexte: Json = {
        "vue": vue,
        "commercial_id": commercial_id,
        "mois": periode,
        "periodes": PERIODES,
        **(_dessins(vue) if vue else {}),
    }
    return rendre(request, "devis/pilotage.html", onglet="pilotage", **contexte)


def _dessins(vue: Json) -> Json:
    mois = vue["mois"]
    libelles = [_mois(m["mois"], court=len(mois) > 14) for m in mois]
    series = [
        Serie("gr-signe", "Signé", [float(m["signe_ht"]) for m in mois]),
        Serie("gr-pondere", "Prévu, pondéré", [float(m["pondere_ht"]) for m in mois]),
        Serie("gr-brut", "Prévu, si tout se signe", [float(m["brut_ht"]) for m in mois]),
    ]
    vendeurs, pertes = vue["vendeurs"], vue["pertes"]
    longueurs = parts([float(v["signe_ht"]) + float(v["pondere_ht"]) for v in vendeurs])
    return {
        "graphique": colonnes(libelles, series),
        "chiffres": [{**m, "libelle": _mois(m["mois"], court=False)} for m in mois],
        "vendeurs": [{**v, **_partage(v, part)} for v, part in zip(vendeurs, longueurs, strict=True)],
        "pertes": [
            {**p, "libelle": CAUSES.get(p["cause"] or "", "Non précisée"), "part": part}
            for p, part in zip(pertes, parts([float(p["montant_ht"]) for p in pertes]), strict=True)
        ],
    }


def _partage(vendeur: Json, part: float) -> Json:
    """The bar of a salesman in two colours: signed, then expected."""
    total = float(vendeur["signe_ht"]) + float(vendeur["pondere_ht"])
    signe = round(part * float(vendeur["signe_ht"]) / total, 1) if total else 0.0
    return {"part_signe": signe, "part_prevu": round(part - signe, 1)}


def _mois(texte: str, *, court: bool) -> str:
    """ "déc. 26"; short, under a bar: its initial, with the year in January."""
    jour = date.fromisoformat(texte)
    nom, an = MOIS[jour.month - 1], f"{jour.year % 100:02}"
    if not court:
        return f"{nom} {an}"
    return f"{nom[:1].upper()} {an}" if jour.month == 1 else nom[:1].upper()
