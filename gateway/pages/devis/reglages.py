"""What stands around the lines: object, validity, deposit, texts. Two people who change it are put together, field by field."""

from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.pages import edition
from gateway.pages.affaires.rattachements import adresse_choisie, adresses_offertes, lire_adresse
from gateway.pages.contacts.formulaire import REGIMES, decimal
from gateway.pages.devis.vues import erreurs_de
from gateway.pages.edition import Forme
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
URL = "/devis/propositions/{proposition_id}/reglages"
TEXTES = {
    "objet": "Objet",
    "libelle": "Nom de la proposition",
    "valide_jusqu_au": "Valable jusqu’au",
    "adresse_code": "Adresse imprimée",
    "introduction": "Texte d’introduction",
    "conditions": "Conditions",
}
FACULTATIFS = {
    "commercial_id": "Commercial",
    "livraison_souhaitee": "Livraison souhaitée",
    "regime_tva": "Régime de TVA",
}
FORME = Forme(
    champs={
        **TEXTES,
        **FACULTATIFS,
        "adresse_du_client": "Adresse imprimée, celle du client",
        "acompte_pourcent": "Acompte à la commande",
    },
    nombres=frozenset({"acompte_pourcent"}),
)
Json = dict[str, Any]


@router.get(URL)
async def reglages(proposition_id: UUID, request: Request, user: User) -> Response:
    """The form."""
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    return await _formulaire(request, user, p, edition.ouvrir(FORME, p))


@router.post(URL)
async def enregistrer(proposition_id: UUID, request: Request, user: User) -> Response:
    """Save the head. What somebody else saved meanwhile joins it; a field both changed is shown, and the person chooses."""
    envoi = await edition.envoi(request, _lire(await request.form()))
    fait = await edition.enregistrer(user, FORME, "commercial", f"/propositions/{proposition_id}", envoi)
    if fait.refus is None and not fait.conflits:
        return aller(request, f"/devis/propositions/{proposition_id}", toast=f"Réglages enregistrés{fait.avec}")
    p = await user.services.get("commercial", f"/propositions/{proposition_id}")
    return await _formulaire(request, user, p, fait)


def _lire(form: FormData) -> Json:
    lus: Json = {champ: str(form.get(champ) or "").strip() for champ in (*TEXTES, *FACULTATIFS)}
    lus |= {champ: lus[champ] or None for champ in FACULTATIFS} | lire_adresse(form)
    return lus | {"acompte_pourcent": decimal(str(form.get("acompte_pourcent") or "")) or "0"}


def _avec(choix: list[tuple[str, str]], actuel: str | None) -> list[tuple[str, str]]:
    """The choices, and the present one even when it is no longer offered or its service is away: saving must not lose it."""
    return choix if not actuel or actuel in dict(choix) else [*choix, (actuel, "Sans changement")]


async def _formulaire(request: Request, user: Utilisateur, p: Json, fait: edition.Resultat) -> Response:
    secondaire_id = p["tiers_secondaire_id"]
    collaborateurs, client, *autres = await user.services.panneaux(
        ("commercial", "/collaborateurs"),
        ("commercial", f"/tiers/{p['tiers_id']}"),
        *([("commercial", f"/tiers/{secondaire_id}")] if secondaire_id else []),
    )
    personnes = _avec([(c["id"], c["nom"]) for c in collaborateurs or ()], p["commercial_id"])
    adresses = adresses_offertes(client, autres[0] if autres else None) if client else []
    erreurs = erreurs_de(fait.refus) if fait.refus else {}
    contexte: Json = {
        "p": p,
        "v": fait.valeurs,
        "questions": edition.montrer(fait.conflits, dict((*personnes, *REGIMES))),
        "qui": fait.qui,
        "base": edition.ecrire(fait.base),
        "erreurs": erreurs,
        "collaborateurs": personnes,
        "regimes": REGIMES,
        "adresses": _avec(adresses, adresse_choisie(p)),
        "adresse_choisie": adresse_choisie(fait.valeurs),
    }
    statut = 422 if erreurs or fait.conflits else 200
    return rendre(
        request, "devis/reglages.html", onglet="etudes", fragment="formulaire", status_code=statut, **contexte
    )
