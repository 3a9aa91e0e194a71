"""What the forms of purchasing send, turned into what the service expects."""

import re
from decimal import Decimal, InvalidOperation
from io import BytesIO
from typing import Any
from uuid import UUID

from fastapi import Request
from starlette.datastructures import FormData, UploadFile

from gateway.pages.achats.series import numeros as du_fichier
from gateway.pages.contacts.formulaire import decimal
from shared.fichiers import tableur

SEPARATEURS = re.compile(r"[,;\t\r\n]+")
FICHIER_MAX = 256 * 1024


def texte(form: FormData, nom: str) -> str:
    """A field, blanks trimmed."""
    return str(form.get(nom, "")).strip()


def nombre(form: FormData, nom: str) -> str | None:
    """A French number as JSON wants it; None when empty."""
    return decimal(str(form.get(nom, "")))


def identifiant(form: FormData, nom: str) -> UUID | None:
    """The record chosen; None when nothing is, or what is sent names none."""
    try:
        return UUID(texte(form, nom))
    except ValueError:
        return None


def cle(request: Request) -> str | None:
    """The key of the click: the service does the work once."""
    return request.headers.get("idempotency-key")


async def negociation(request: Request) -> dict[str, Any]:
    """A new negociation: the ticked projects, each with its share."""
    form = await request.form()
    besoins = [
        {"besoin_id": str(besoin_id), "quantite": nombre(form, f"part_{besoin_id}") or "0"}
        for besoin_id in form.getlist("besoins")
    ]
    return {
        "produit_id": texte(form, "produit_id"),
        "fournisseur_id": texte(form, "fournisseur_id"),
        "quantite": nombre(form, "quantite"),
        "prix_ht": nombre(form, "prix_ht"),
        "avancement": texte(form, "avancement") or "a_contacter",
        "delai_jours": texte(form, "delai_jours") or None,
        "note": texte(form, "note"),
        "besoins": besoins,
    }


def parts(ecrites: str, quantite: str | None) -> list[dict[str, str]]:
    """The shares of a product, as the form carries them ("besoin:quantité besoin:quantité"), in sequence up to `quantite`.

    What is not a number goes as it is: the service refuses it.
    """
    servies: list[dict[str, str]] = []
    try:
        reste = Decimal(quantite) if quantite else Decimal("Infinity")
        for besoin_id, _, voulue in (ecrite.partition(":") for ecrite in ecrites.split()):
            part = min(Decimal(voulue), reste)
            if part <= 0:
                break
            reste -= part
            servies.append({"besoin_id": besoin_id, "quantite": str(part)})
    except InvalidOperation:
        return [{"besoin_id": ecrites, "quantite": str(quantite)}]
    return servies


async def commande(request: Request) -> dict[str, Any]:
    """An order: what was picked, and what becomes of the rest."""
    form = await request.form()
    restantes = [nom.removeprefix("restante_") for nom, choix in form.items() if choix == "fermer"]
    return {
        "fournisseur_id": texte(form, "fournisseur_id"),
        "negociation_ids": [str(id_) for id_ in form.getlist("ids")],
        "fermer_ids": restantes,
        "non_retenues_ids": [nom.removeprefix("rivale_") for nom, choix in form.items() if choix == "non_retenue"],
        **await en_tete_commande(request),
    }


async def en_tete_commande(request: Request) -> dict[str, Any]:
    """What the supplier confirms."""
    form = await request.form()
    return {
        "numero_fournisseur": texte(form, "numero_fournisseur"),
        "livraison_prevue": texte(form, "livraison_prevue") or None,
        "frais_ht": nombre(form, "frais_ht") or "0",
        "agence_id": texte(form, "agence_id") or None,
        "note": texte(form, "note"),
    }


async def series(request: Request) -> dict[str, Any]:
    """Serial numbers: pasted, read from a file of the supplier (text, CSV or Excel), or a range."""
    async with request.form() as form:
        colles = (morceau.strip().strip('"') for morceau in SEPARATEURS.split(texte(form, "numeros")))
        lus = tableur.rangees(BytesIO(await _contenu(form, "fichier")))
        return {
            "numeros": [*filter(None, colles), *du_fichier(lus)],
            "debut": texte(form, "debut") or None,
            "fin": texte(form, "fin") or None,
            "accepter": "accepter" in form,
        }


async def _contenu(form: FormData, nom: str) -> bytes:
    """The bytes of a small file."""
    fichier = form.get(nom)
    return await fichier.read(FICHIER_MAX) if isinstance(fichier, UploadFile) else b""


async def validation(request: Request) -> dict[str, Any]:
    """The papers of the supplier."""
    form = await request.form()
    return {
        "facture_fournisseur": texte(form, "facture_fournisseur"),
        "date_facture": texte(form, "date_facture") or None,
        "bon_livraison": texte(form, "bon_livraison"),
        "frais_ht": nombre(form, "frais_ht"),
    }
