"""Several products asked to one supplier at once: what projects want, ticked, with what that supplier sells it for."""

from collections import Counter
from http import HTTPStatus
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import FormData

from gateway.errors import Refus
from gateway.pages.achats import saisies
from gateway.pages.achats.besoins import demande_lue
from gateway.pages.achats.textes import MOTS
from gateway.pages.adresse import Designe
from gateway.pages.rendu import aller, rendre
from gateway.session.dependances import Utilisateur, exiger

router = APIRouter()
Acheteur = Annotated[Utilisateur, exiger("achat.modifier")]
PRODUITS_MONTRES = 200
VENDEURS_MONTRES = 4
RIEN = "Aucun produit n’est coché : cochez ceux à demander à ce fournisseur."
INCONNU = "Ce fournisseur n’est pas (ou plus) dans le carnet d’adresses : cherchez-le ci-dessus par son nom."
SANS_FOURNISSEUR = "Aucun fournisseur n’est choisi : cherchez-le par son nom."
Json = dict[str, Any]


@router.get("/achats/negocier")
async def formulaire(
    request: Request, user: Acheteur, demande_id: Designe = None, fournisseur_id: Designe = None
) -> Response:
    """What is left to buy, for one demande or all; at first for the supplier who sells most of it."""
    return await _page(request, user, demande_id, fournisseur_id)


@router.post("/achats/negocier")
async def negocier(request: Request, user: Acheteur, demande_id: Designe = None) -> Response:
    """Open them all, then show the supplier's file, or the order ready to be placed; refused, what was typed stays."""
    form = await request.form()
    fournisseur_id, retenus = saisies.identifiant(form, "fournisseur_id"), [str(id_) for id_ in form.getlist("ids")]
    saisie = {
        "fournisseur_id": str(fournisseur_id),
        "avancement": saisies.texte(form, "avancement") or "a_contacter",
        "offres": [_offre(form, produit_id) for produit_id in retenus],
    }
    if fournisseur_id is None or not retenus:
        erreur = RIEN if fournisseur_id else SANS_FOURNISSEUR
        return await _page(request, user, demande_id, fournisseur_id, saisi=form, erreur=erreur)
    try:
        ouvertes = await user.services.post("purchasing", "/negociations/lot", saisie, cle=saisies.cle(request))
    except Refus as refus:
        return await _page(request, user, demande_id, fournisseur_id, saisi=form, erreur=refus.detail)
    toast = f"{len(ouvertes)} négociations ouvertes" if len(ouvertes) > 1 else "Négociation ouverte"
    adresse = f"/achats/fournisseurs/{fournisseur_id}"
    if saisies.texte(form, "ensuite") == "commander":
        adresse += "/commander?" + urlencode([("ids", n["id"]) for n in ouvertes])
    return aller(request, adresse, toast=f"{toast} chez {ouvertes[0]['fournisseur_nom']}")


def _offre(form: FormData, produit_id: str) -> Json:
    """One ticked product; its projects are served in their sequence, up to the quantity typed."""
    quantite = saisies.nombre(form, f"quantite_{produit_id}")
    return {
        "produit_id": produit_id,
        "quantite": quantite,
        "prix_ht": saisies.nombre(form, f"prix_{produit_id}"),
        "delai_jours": saisies.texte(form, f"delai_{produit_id}") or None,
        "besoins": saisies.parts(saisies.texte(form, f"parts_{produit_id}"), quantite),
    }


async def _page(
    request: Request,
    user: Utilisateur,
    demande_id: UUID | None,
    chez: UUID | None,
    *,
    saisi: FormData | None = None,
    erreur: str | None = None,
) -> Response:
    filtre_demande = {"demande_id": str(demande_id)} if demande_id else {}
    filtre = filtre_demande or {"filtre": "a_acheter"}
    liste = await user.services.get("purchasing", "/besoins", {**filtre, "limite": PRODUITS_MONTRES})
    groupes = [g for g in liste["elements"] if float(g["net_demande"]) > 0]
    vendeurs = Counter((f["fournisseur_id"], f["nom"]) for g in groupes for f in g["fournisseurs"])
    fournisseur_id = str(chez or "")
    if not fournisseur_id and vendeurs:
        fournisseur_id = vendeurs.most_common(1)[0][0][0]
    nom = await _nom(user, fournisseur_id, vendeurs)
    if nom is None:
        fournisseur_id, nom, erreur = "", "", INCONNU
    lignes = [_ligne(g, fournisseur_id) for g in groupes]
    if not any(ligne["offre"] for ligne in lignes):  # nobody knows what that one sells: everything may be asked
        lignes = [{**ligne, "coche": not ligne["deja"]} for ligne in lignes]
    contexte: Json = {
        **MOTS,
        "lignes": lignes if saisi is None else [_retapee(ligne, saisi) for ligne in lignes],
        "vendeurs": [
            {
                "libelle": f"{nom} ({nombre})",
                "href": "/achats/negocier?" + urlencode({**filtre_demande, "fournisseur_id": id_}),
                "icone": None,
                "actif": id_ == fournisseur_id,
            }
            for (id_, nom), nombre in vendeurs.most_common(VENDEURS_MONTRES)
        ],
        "fournisseur_id": fournisseur_id,
        "fournisseur_nom": nom,
        "demande": await demande_lue(user, filtre, groupes),
        "retour": "/achats?" + urlencode(filtre),
        "suite": bool(liste["curseur_suivant"]),
        "avance": saisi and saisies.texte(saisi, "avancement"),
        "erreur": erreur,
    }
    statut = 422 if erreur else 200
    return rendre(
        request, "achats/negocier.html", onglet="besoins", fragment="formulaire", status_code=statut, **contexte
    )


async def _nom(user: Utilisateur, fournisseur_id: str, vendeurs: Counter[tuple[str, str]]) -> str | None:
    """The name of a supplier; None when nobody knows it."""
    connu = next((nom for id_, nom in vendeurs if id_ == fournisseur_id), "")
    if connu or not fournisseur_id:
        return connu
    try:
        dossier = await user.services.get("purchasing", f"/fournisseurs/{fournisseur_id}/achats")
    except Refus as refus:
        if refus.statut != HTTPStatus.NOT_FOUND:
            raise
        return None
    return str(dossier["nom"])


def _ligne(groupe: Json, fournisseur_id: str) -> Json:
    """A product as the form shows it: what that supplier sells it for, who was asked already."""
    offre = next((f for f in groupe["fournisseurs"] if f["fournisseur_id"] == fournisseur_id), None)
    deja = any(n["fournisseur_id"] == fournisseur_id for n in groupe["negociations"])
    siens = [b for b in groupe["besoins"] if b["est_demandee"] and float(b["net"]) > 0]
    return {
        "g": groupe,
        "offre": offre,
        "deja": deja,
        "coche": offre is not None and not deja,
        "quantite": groupe["net_demande"],
        "prix_ht": offre["prix_ht"] if offre else None,
        "delai_jours": "",
        "projets": [b["tiers_nom"] for b in siens],
        "parts": " ".join(f"{b['id']}:{b['net']}" for b in siens),
    }


def _retapee(ligne: Json, form: FormData) -> Json:
    produit_id = ligne["g"]["produit_id"]
    return {
        **ligne,
        "coche": produit_id in form.getlist("ids"),
        "quantite": saisies.nombre(form, f"quantite_{produit_id}"),
        "prix_ht": saisies.nombre(form, f"prix_{produit_id}"),
        "delai_jours": saisies.texte(form, f"delai_{produit_id}"),
    }
