"""What the forms of maintenance send, turned into what the service expects."""

from typing import Any

from fastapi import Request
from starlette.datastructures import FormData

from gateway.pages.contacts.formulaire import decimal


def texte(form: FormData, nom: str) -> str:
    """A field, blanks trimmed."""
    return str(form.get(nom, "")).strip()


def version(form: FormData) -> int | None:
    """The version the form was filled from."""
    brut = texte(form, "version")
    return int(brut) if brut.isdigit() else None


def cle(request: Request) -> str | None:
    """The key of the click: the service does the work once."""
    return request.headers.get("idempotency-key")


def equipement(form: FormData) -> dict[str, Any]:
    """An object typed by hand."""
    simples = ("tiers_id", "designation", "reference", "lieu", "groupe", "notes")
    facultatifs = ("numero_serie", "etiquette", "type_code", "type_libelle", "installe_le", "garantie_jusqu_au")
    return {
        **{nom: texte(form, nom) for nom in simples},
        **{nom: texte(form, nom) or None for nom in facultatifs},
        "est_tiers": "est_tiers" in form,
    }


def rangement(form: FormData, tiers_id: str) -> dict[str, Any]:
    """Where the ticked objects go; a field left blank changes nothing, unless they are taken out."""
    corps: dict[str, Any] = {"tiers_id": tiers_id, "equipement_ids": [str(i) for i in form.getlist("ids")]}
    for champ in ("lieu", "groupe"):
        if f"sans_{champ}" in form:
            corps[champ] = ""
        elif texte(form, champ):
            corps[champ] = texte(form, champ)
    return corps


def depuis_parc(form: FormData, tiers_id: str) -> dict[str, Any]:
    """Contract lines for the ticked objects."""
    return {
        "tiers_id": tiers_id,
        "equipement_ids": [str(i) for i in form.getlist("ids")],
        "repartition": texte(form, "repartition") or "ensemble",
        "contrat_id": texte(form, "contrat_id") or None,
        "designation": texte(form, "designation"),
        "montant_ht": decimal(texte(form, "montant_ht")) or "0",
        "taux_tva": decimal(texte(form, "taux_tva")) or "20",
        "objet": texte(form, "objet"),
        "debut": texte(form, "debut") or None,
    }


def contrat(form: FormData) -> dict[str, Any]:
    """A contract with its lines, each under its own key; a line without name is dropped."""
    lignes = [
        {
            "id": texte(form, f"id_{cle_ligne}") or None,
            "designation": texte(form, f"designation_{cle_ligne}"),
            "montant_ht": decimal(texte(form, f"montant_{cle_ligne}")) or "0",
            "taux_tva": decimal(texte(form, f"tva_{cle_ligne}")) or "20",
            "equipement_ids": [e for e in texte(form, f"equipements_{cle_ligne}").split(",") if e],
        }
        for cle_ligne in map(str, form.getlist("lignes"))
        if texte(form, f"designation_{cle_ligne}")
    ]
    return {
        **{nom: texte(form, nom) for nom in ("tiers_id", "objet", "debut")},
        **{nom: texte(form, nom) or None for nom in ("fin", "premiere_visite_le", "demande_id", "affaire_id")},
        "periodicite_mois": int(texte(form, "periodicite_mois") or 12),
        "est_a_echoir": texte(form, "echeance") != "non",
        "visites_par_an": int(texte(form, "visites_par_an") or 0),
        "lignes": lignes,
    }


def realisation(form: FormData) -> dict[str, Any]:
    """The readings of a visit: one for each object shown."""
    releves = [
        {
            "equipement_id": str(id_),
            **{nom: texte(form, f"{nom}_{id_}") for nom in ("compteur", "utilisateur", "remarque")},
            "genre": texte(form, f"genre_{id_}") or "info",
        }
        for id_ in form.getlist("releves")
    ]
    simples = {nom: texte(form, nom) for nom in ("realisee_le", "intervenant", "compte_rendu")}
    return {**simples, "releves": releves}


def accord(form: FormData) -> dict[str, Any]:
    """Tariffs to propose; what is left blank is the usual one."""
    return {
        "tiers_id": texte(form, "tiers_id"),
        "taux_horaire_ht": decimal(texte(form, "taux_horaire_ht")),
        "deplacement_ht": decimal(texte(form, "deplacement_ht")),
        "conditions": texte(form, "conditions"),
        "destinataire": texte(form, "destinataire") or None,
        "equipement_id": texte(form, "equipement_id") or None,
    }
