"""What the form of a contact sends, turned into what the service expects."""

from collections.abc import Mapping
from typing import Any

from fastapi import Request

TEXTES = ("nom", "siren", "siret", "tva_intracom", "email", "email_facturation", "telephone", "service_chorus", "notes")
ROLES = (("client", "Client"), ("prospect", "Prospect"), ("fournisseur", "Fournisseur"), ("autre", "Autre"))
REGIMES = (
    ("france", "France"),
    ("intracom", "Intracommunautaire"),
    ("export", "Export"),
    ("autoliquidation", "Autoliquidation (sous-traitance BTP)"),
    ("franchise", "Franchise en base"),
)
CANAUX = (("mail", "E-mail"), ("chorus", "Chorus Pro"), ("papier", "Courrier"))


async def lire(request: Request, existant: Mapping[str, Any] | None = None) -> dict[str, Any]:
    """The contact as typed; addresses and people beyond those of the form are kept from `existant`."""
    form = await request.form()
    valeurs: dict[str, Any] = {nom: str(form.get(nom, "")).strip() or None for nom in TEXTES}
    valeurs["nom"] = valeurs["nom"] or ""
    valeurs["notes"] = valeurs["notes"] or ""
    valeurs["roles"] = [str(r) for r in form.getlist("roles")]
    valeurs["regime_tva"] = str(form.get("regime_tva") or "france")
    valeurs["canal_envoi"] = str(form.get("canal_envoi") or "mail")
    valeurs["est_public"] = "est_public" in form
    valeurs["plafond_encours_ht"] = decimal(str(form.get("plafond_encours_ht", "")))
    valeurs["delai_paiement_jours"] = str(form.get("delai_paiement_jours") or "30")
    valeurs["commercial_id"] = form.get("commercial_id") or None
    valeurs["adresses"] = _adresses(form, list((existant or {}).get("adresses", [])))
    valeurs["interlocuteurs"] = _personnes(form)
    return valeurs


def decimal(texte: str) -> str | None:
    """« 1 234,50 » as "1234.50"; None when empty. The service refuses what is not a number."""
    propre = "".join(texte.split()).replace("\u202f", "").replace("€", "").replace(",", ".")
    return propre or None


def _adresses(form: Mapping[str, Any], autres: list[dict[str, Any]]) -> list[dict[str, Any]]:
    lignes = [ligne.strip() for ligne in str(form.get("adresse", "")).splitlines() if ligne.strip()]
    principale = {
        "code": autres[0]["code"] if autres else "PRINCIPALE",
        "lignes": lignes[:4],
        "code_postal": str(form.get("code_postal", "")).strip(),
        "ville": str(form.get("ville", "")).strip(),
        "pays": str(form.get("pays") or "FR").upper(),
    }
    remplie = lignes or principale["code_postal"] or principale["ville"]
    return [principale, *autres[1:]] if remplie else autres[1:]


def _personnes(form: Any) -> list[dict[str, Any]]:
    colonnes = [form.getlist(f"personne_{c}") for c in ("prenom", "nom", "fonction", "telephone", "email")]
    personnes = []
    for prenom, nom, fonction, telephone, email in zip(*colonnes, strict=False):
        if str(nom).strip() or str(prenom).strip():
            seul = not str(nom).strip()
            personnes.append(
                {
                    "prenom": "" if seul else prenom,
                    "nom": prenom if seul else nom,
                    "fonction": fonction,
                    "telephone": telephone or None,
                    "email": email or None,
                }
            )
    return personnes
