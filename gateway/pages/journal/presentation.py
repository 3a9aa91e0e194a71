"""How a trace reads: what was done, to what, each field before and after, from where."""

import re
from typing import Any

from gateway.pages.coque.formats import date_heure, date_table, nombre
from gateway.pages.journal.textes import ACTES, CHAMPS, ICONES, MOTS, OBJETS, ORIGINES

Json = dict[str, Any]
TEXTE_MAX = 240
INSTANT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d")
JOUR = re.compile(r"\d{4}-\d\d-\d\d")
MONTANT = re.compile(r"-?\d+\.\d+")
IDENTIFIANT = re.compile(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}")
NOM = ("nom", "numero", "libelle", "designation", "raison_sociale", "identifiant", "objet", "code")


def trace(lue: Json, service: str) -> Json:
    """A trace as pages show it."""
    acte = "creation" if lue["avant"] is None else "suppression" if lue["apres"] is None else "modification"
    libelle, page = OBJETS.get(lue["objet_type"], (lue["objet_type"].replace("_", " ").capitalize(), None))
    connu = lue["apres"] or lue["avant"] or {}
    return {
        **lue,
        "service": service,
        "acte": ACTES[acte],
        "icone": ICONES[acte],
        "objet": libelle,
        "nom": next((str(connu[c]) for c in NOM if connu.get(c)), ""),
        "href": page.format(id=lue["objet_id"]) if page and acte != "suppression" else None,
        "journal": f"/journal/{service}/{lue['objet_id']}",
        "origine_dite": ORIGINES.get(lue["origine"], lue["origine"]),
        "champs": _champs(lue["avant"] or {}, lue["apres"] or {}, acte),
    }


def _champs(avant: Json, apres: Json, acte: str) -> list[tuple[str, str, str]]:
    """(field, before, after): what is empty on both sides, and the keys a name already says, are left out."""
    champs = []
    for champ in dict.fromkeys((*avant, *apres)):
        dits = valeur(avant.get(champ)), valeur(apres.get(champ))
        base = re.sub(r"_ids?$", "", champ)
        dit = {**avant, **apres}
        redit = base != champ and (acte == "creation" or f"{base}_nom" in dit or f"{base}_numero" in dit)
        if dits != ("–", "–") and not redit:
            champs.append((nom_du_champ(champ), *dits))
    return champs


def nom_du_champ(champ: str) -> str:
    """ "email_facturation" as "E-mail facturation"."""
    if champ in CHAMPS:
        return CHAMPS[champ]
    mots = [MOTS.get(mot, mot) for mot in re.sub(r"^est_|_(ids?|nom)$", "", champ).split("_")]
    texte = " ".join(mots)
    return texte[:1].upper() + texte[1:]


def valeur(brute: Any) -> str:
    """A stored value as people write it."""
    if brute in (None, "", [], {}):
        return "–"
    match brute:
        case bool():
            return "Oui" if brute else "Non"
        case int() | float():
            return nombre(brute)
        case list():
            return _court(", ".join(valeur(v) for v in brute))
        case dict():
            return _court(", ".join(f"{nom_du_champ(c)} : {valeur(v)}" for c, v in brute.items()))
    return _texte(str(brute))


def _texte(brut: str) -> str:
    if INSTANT.match(brut):
        return date_heure(brut)
    if JOUR.fullmatch(brut):
        return date_table(brut)
    if MONTANT.fullmatch(brut):
        return nombre(brut)
    if IDENTIFIANT.fullmatch(brut):
        return f"réf. {brut[-6:]}"
    return _court(brut)


def _court(texte: str) -> str:
    return texte if len(texte) <= TEXTE_MAX else texte[: TEXTE_MAX - 1] + "…"
