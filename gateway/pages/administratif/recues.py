"""Electronic invoices of suppliers: dropped here, read by billing, put on the reception that waits for them."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Request, Response
from starlette.datastructures import UploadFile

from gateway.errors import Refus
from gateway.pages.administratif.acces import Comptable
from gateway.pages.administratif.fournisseurs import ETATS as ACHATS
from gateway.pages.contacts.formulaire import decimal
from gateway.pages.rendu import aller, aujourd_hui, rafraichir, rendre, servir
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
ICI = "/administratif/fournisseurs/recues"
ETATS = {
    "a_rapprocher": ("À rapprocher", "alerte", "hourglass"),
    "rapprochee": ("Rapprochée", "succes", "circle-check"),
    "ecartee": ("Écartée", "neutre", "archive"),
    "refusee": ("Refusée", "danger", "ban"),
}
# What a supplier is told: its label, its tone and its icon, the words of the button, those of its dialog, where it is said.
STATUTS = {
    "205": ("Approuvée", "succes", "circle-check", "Approuver", "Approuver la facture"),
    "206": ("Approuvée en partie", "alerte", "circle-check", "Approuver en partie", "Approuver la facture en partie"),
    "207": ("En litige", "danger", "triangle-alert", "Mettre en litige", "Mettre la facture en litige"),
    "208": ("Suspendue", "alerte", "clock", "Suspendre", "Suspendre la facture"),
    "210": ("Refusée", "danger", "ban", "Refuser", "Refuser la facture"),
    "211": ("Paiement transmis", "succes", "banknote", "Paiement transmis", "Dire que le paiement est parti"),
}
EFFETS = {
    "205": "Le fournisseur saura que sa facture est acceptée et sera payée à l’échéance.",
    "206": "Le fournisseur saura que vous n’en acceptez qu’une partie, et attendrez un avoir ou une autre facture.",
    "207": "Elle n’est pas payée tant qu’elle n’est pas approuvée.",
    "208": "Elle attend un document ou une référence du fournisseur.",
    "210": "C’est son dernier statut : elle n’est plus à payer, sa réception attendra une autre facture.",
    "211": "Le paiement est parti de la banque : le fournisseur peut l’attendre.",
}
TAILLE_MAX = 10 * 1024 * 1024


@router.get(ICI)
async def liste(
    request: Request, user: Comptable, q: str = "", etat: str = "a_rapprocher", curseur: str | None = None
) -> Response:
    """Received invoices, newest first; those that wait unless asked otherwise."""
    return await _liste(request, user, q=q, etat=etat, curseur=curseur)


@router.post(ICI)
async def deposer(request: Request, user: Comptable) -> Response:
    """A file of a supplier: a Factur-X PDF, or an XML."""
    async with request.form() as form:
        fichier = form.get("fichier")
        if not isinstance(fichier, UploadFile) or not fichier.filename:
            return await _liste(request, user, erreur="Choisissez le fichier de la facture.")
        nom, contenu = fichier.filename[:200], await fichier.read(TAILLE_MAX + 1)
    if len(contenu) > TAILLE_MAX:
        return await _liste(request, user, erreur="Ce fichier dépasse 10 Mo ; demandez une facture plus légère.")
    try:
        recue = await user.services.deposer("billing", "/factures-recues", nom, "", contenu)
    except Refus as refus:
        return await _liste(request, user, erreur=refus.detail)
    return _vers(request, recue)


@router.get(ICI + "/statuts")
async def a_transmettre(request: Request, user: Comptable, curseur: str | None = None) -> Response:
    """The statuses whose message waits for the platform, the oldest first."""
    page = await user.services.panneau("billing", "/factures-recues/statuts", {"curseur": curseur})
    fragment = "rangees" if curseur else None
    contexte: dict[str, Any] = {"page": page, "statuts": STATUTS}
    return rendre(request, "administratif/statuts.html", onglet="fournisseurs", fragment=fragment, **contexte)


@router.get(ICI + "/{recue_id}")
async def fiche(recue_id: UUID, request: Request, user: User) -> Response:
    """What one says, what it waits for, and what it may be put on."""
    recue = await user.services.get("billing", f"/factures-recues/{recue_id}")
    contexte: dict[str, Any] = {
        "r": recue,
        "etats": ETATS,
        "etats_achat": ACHATS,
        "creation": _creation(recue),
        "statuts": STATUTS,
        "effets": EFFETS,
        "aujourd_hui": aujourd_hui(request),
    }
    return rendre(request, "administratif/recue.html", onglet="fournisseurs", **contexte)


@router.get(ICI + "/{recue_id}/fichier")
async def fichier(recue_id: UUID, user: User) -> Response:
    """The file as it was dropped."""
    return servir(await user.services.fichier("billing", f"/factures-recues/{recue_id}/fichier"))


@router.post(ICI + "/{recue_id}/chercher")
async def chercher(recue_id: UUID, request: Request, user: User) -> Response:
    """Look again for its supplier and its reception."""
    return _vers(request, await user.services.post("billing", f"/factures-recues/{recue_id}/chercher"))


@router.post(ICI + "/{recue_id}/choisir")
async def choisir(recue_id: UUID, request: Request, user: User) -> Response:
    """Say which reception it bills."""
    corps = {"achat_id": (await request.form()).get("achat_id")}
    return _vers(request, await user.services.post("billing", f"/factures-recues/{recue_id}/choisir", corps))


@router.post(ICI + "/{recue_id}/detacher")
async def detacher(recue_id: UUID, request: Request, user: User) -> Response:
    """It was put on what it does not bill: both wait again."""
    await user.services.post("billing", f"/factures-recues/{recue_id}/detacher")
    return aller(request, f"{ICI}/{recue_id}", toast="Retirée : choisissez ce qu’elle facture")


@router.post(ICI + "/{recue_id}/ecarter")
async def ecarter(recue_id: UUID, request: Request, user: User) -> Response:
    """It is none of ours."""
    corps = {"motif": str((await request.form()).get("motif", ""))}
    await user.services.post("billing", f"/factures-recues/{recue_id}/ecarter", corps)
    return aller(request, f"{ICI}/{recue_id}", toast="Facture écartée")


@router.post(ICI + "/{recue_id}/statuts/{statut}")
async def poser(recue_id: UUID, statut: str, request: Request, user: User) -> Response:
    """Tell its supplier what becomes of it."""
    form = await request.form()
    corps = {
        "statut": statut,
        "motif": form.get("motif") or "",
        "precision": form.get("precision") or "",
        "montant_ttc": decimal(str(form.get("montant_ttc") or "")),
        "paye_le": form.get("paye_le") or None,
    }
    cle = request.headers.get("idempotency-key")
    recue = await user.services.post("billing", f"/factures-recues/{recue_id}/statuts", corps, cle=cle)
    return aller(request, f"{ICI}/{recue_id}", toast=f"{recue['numero']} : {STATUTS[recue['statut']][0].lower()}")


@router.get(ICI + "/{recue_id}/statuts/{statut_id}/message")
async def message(recue_id: UUID, statut_id: UUID, user: User) -> Response:
    """The file to hand to the platform."""
    return servir(await user.services.fichier("billing", f"/factures-recues/{recue_id}/statuts/{statut_id}/message"))


@router.post(ICI + "/{recue_id}/statuts/{statut_id}/transmis")
async def transmettre(recue_id: UUID, statut_id: UUID, user: User) -> Response:
    """It was handed to the platform."""
    await user.services.post("billing", f"/factures-recues/{recue_id}/statuts/{statut_id}/transmis")
    return rafraichir(toast="Statut marqué comme transmis")


def _vers(request: Request, recue: dict[str, Any]) -> Response:
    toast = "Facture lue : elle attend d’être rapprochée"
    if recue["est_avoir"]:
        toast = "Avoir lu : il attend d’être rapproché"
        if recue["etat"] == "rapprochee":
            toast = f"Avoir rapproché avec {recue['achat_numero'] or recue['attendu_numero']}"
    elif recue["etat"] == "rapprochee":
        suite = "contrôlée" if recue["achat_etat"] == "controlee" else "bloquée, elle s’écarte de la commande"
        toast = f"Rapprochée avec {recue['achat_numero']} : {suite}"
    return aller(request, f"{ICI}/{recue['id']}", toast=toast)


def _creation(recue: dict[str, Any]) -> str:
    """Where the supplier is created, with what its invoice says of it already typed; one comes back to the invoice."""
    vendeur = recue["lue"]["vendeur"]
    connus = {
        **{"nom": vendeur["nom"], "genre": "fournisseur", "siren": vendeur["siren"], "tva_intracom": vendeur["tva"]},
        **{"adresse": "\n".join(vendeur["lignes"]), "code_postal": vendeur["code_postal"], "ville": vendeur["ville"]},
        "suite": f"facture-recue:{recue['id']}",
    }
    return f"/contacts/nouveau?{urlencode({cle: valeur for cle, valeur in connus.items() if valeur})}"


async def _liste(
    request: Request,
    user: Comptable,
    *,
    q: str = "",
    etat: str = "a_rapprocher",
    curseur: str | None = None,
    erreur: str | None = None,
) -> Response:
    page, totaux = await user.services.panneaux(
        ("billing", "/factures-recues", {"q": q, "etat": etat or None, "curseur": curseur}),
        ("billing", "/factures-recues/totaux"),
    )
    contexte: dict[str, Any] = {
        **{"page": page, "totaux": totaux, "q": q, "etat": etat, "etats": ETATS, "statuts": STATUTS, "erreur": erreur},
    }
    fragment = "rangees" if curseur else "depot" if request.method == "POST" else "lignes"
    statut = 422 if erreur else 200
    return rendre(
        request, "administratif/recues.html", onglet="fournisseurs", fragment=fragment, status_code=statut, **contexte
    )
