"""What the form of a contact sends, turned into what the service expects."""

from collections.abc import Collection, Iterable, Mapping
from itertools import zip_longest
from typing import Any
from urllib.parse import quote

from fastapi import Request, Response
from starlette.datastructures import FormData

from gateway.pages import edition
from gateway.pages.edition import Forme
from gateway.pages.rendu import rendre
from gateway.session.dependances import Utilisateur
from shared.kernel.ids import new_id
from shared.kernel.nombre import lire_nombre

TEXTES = ("nom", "siren", "siret", "tva_intracom", "email", "email_facturation", "telephone", "service_chorus", "notes")
REGIMES = (
    ("france", "France"),
    ("intracom", "Intracommunautaire"),
    ("export", "Export"),
    ("autoliquidation", "Autoliquidation (sous-traitance BTP)"),
    ("franchise", "Franchise en base"),
)
CANAUX = (("mail", "E-mail"), ("chorus", "Chorus Pro"), ("papier", "Courrier"))


RAPPELS = (
    ("adresse", "Adresse"),
    ("interlocuteur", "Interlocuteur"),
    ("telephone", "Téléphone"),
    ("horaires", "Horaires"),
    ("acces", "Accès"),
    ("notes", "Notes du client"),
)
ADRESSE: dict[str, Any] = {"id": None, "code": "", "lignes": [], "code_postal": "", "ville": "", "pays": "FR"}
PERSONNE: dict[str, Any] = {"id": None, "prenom": "", "nom": "", "fonction": "", "telephone": None, "email": None}
SITE: dict[str, Any] = {
    **{"id": None, "code": "", "libelle": "", "adresse_code": "", "interlocuteur_id": None, "telephone": None},
    **{"horaires": "", "acces": "", "rappels": ["adresse", "interlocuteur", "telephone"]},
}
RANGEES = {"adresse": ADRESSE, "personne": PERSONNE, "site": SITE}
COLONNES_SITE = ("cle", "id", "code", "libelle", "adresse_code", "interlocuteur_id", "telephone", "horaires", "acces")


FORME = Forme(
    champs={
        **{"nom": "Nom ou raison sociale", "roles": "Type de contact", "telephone": "Téléphone", "email": "E-mail"},
        **{"siret": "SIRET", "siren": "SIREN", "tva_intracom": "TVA intracommunautaire"},
        **{"regime_tva": "Régime de TVA", "email_facturation": "E-mail de facturation"},
        **{"canal_envoi": "Envoi des factures", "plafond_encours_ht": "Plafond d’encours HT"},
        **{"delai_paiement_jours": "Délai de paiement (jours)", "service_chorus": "Code service Chorus"},
        **{"est_public": "Client public", "notes": "Notes"},
        **{"commercial_ids": "Commerciaux", "groupe_commercial_ids": "Groupes de commerciaux"},
    },
    ensembles=frozenset({"roles", "commercial_ids", "groupe_commercial_ids"}),
    nombres=frozenset({"plafond_encours_ht", "delai_paiement_jours"}),
    enfants={
        "adresses": Forme(
            champs={
                **{"code": "Code de l’adresse", "lignes": "Adresse", "code_postal": "Code postal"},
                **{"ville": "Ville", "pays": "Pays"},
            },
            titre=("code",),
        ),
        "interlocuteurs": Forme(
            champs={
                **{"prenom": "Prénom", "nom": "Nom", "fonction": "Fonction"},
                **{"telephone": "Téléphone direct", "email": "E-mail direct"},
            },
            titre=("prenom", "nom"),
        ),
        "sites": Forme(
            champs={
                **{"code": "Code du site", "libelle": "Libellé du site", "adresse_code": "Code de son adresse"},
                **{"interlocuteur_id": "Interlocuteur sur place", "telephone": "Téléphone du site"},
                **{"horaires": "Horaires", "acces": "Accès", "rappels": "Rappels sur l’affaire"},
            },
            ensembles=frozenset({"rappels"}),
            titre=("libelle",),
        ),
    },
)


async def lire(request: Request) -> dict[str, Any]:
    """The contact as typed."""
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
    for liste in ("commercial_ids", "groupe_commercial_ids"):
        valeurs[liste] = [str(v) for v in form.getlist(liste)]
    valeurs["adresses"] = _adresses(form)
    valeurs["interlocuteurs"] = _personnes(form)
    valeurs["sites"] = _sites(form)
    return valeurs


def decimal(texte: str) -> str | None:
    """« 1 234,50 » or « 1,234.50 » as "1234.50"; None when empty. The service refuses what is not a number."""
    try:
        lu = lire_nombre(texte)
    except ValueError:
        return texte.strip()
    return None if lu is None else f"{lu:f}"


async def choix(
    user: Utilisateur, interlocuteurs: Iterable[Mapping[str, Any]], roles: Collection[str] = ()
) -> dict[str, Any]:
    """The lists the form offers; empty when contacts does not answer. Kinds no more offered stay on who has them."""
    collaborateurs, equipes, genres = await user.services.panneaux(
        ("contacts", "/collaborateurs"), ("contacts", "/equipes"), ("contacts", "/genres-tiers")
    )
    return {
        "roles_possibles": [(g["code"], g["libelle"]) for g in genres or () if g["est_actif"] or g["code"] in roles],
        "regimes": REGIMES,
        "canaux": CANAUX,
        "rappels_possibles": RAPPELS,
        "gens": [(i["id"], f"{i['prenom']} {i['nom']}".strip()) for i in interlocuteurs if i.get("id")],
        "commerciaux": [(c["id"], f"{c['prenom']} {c['nom']}".strip()) for c in collaborateurs or () if c["est_actif"]],
        "equipes": [(e["id"], e["nom"]) for e in equipes or () if e["est_active"]],
    }


async def montrer(
    request: Request,
    user: Utilisateur,
    valeurs: dict[str, Any],
    erreurs: dict[str, str],
    *,
    suite: str = "",
    fait: edition.Resultat | None = None,
) -> Response:
    """The form, with what was refused and what two people changed at once."""
    existe = "id" in valeurs
    offerts = await choix(user, valeurs["interlocuteurs"], valeurs["roles"])
    questions = edition.montrer(fait.conflits, mots(offerts)) if fait else []
    contexte: dict[str, Any] = {
        "v": rangees(valeurs),
        "titre": f"Modifier {valeurs['nom']}" if existe else "Nouveau contact",
        "action": f"/contacts/{valeurs['id']}/modifier" if existe else f"/contacts/nouveau?suite={quote(suite)}",
        "erreurs": erreurs,
        "suite": suite,
        "questions": questions,
        "qui": fait.qui if fait else "",
        "base": edition.ecrire(fait.base) if fait else "",
        **offerts,
    }
    statut = 422 if erreurs or questions else 200
    return rendre(
        request, "contacts/formulaire.html", onglet="contacts", fragment="formulaire", status_code=statut, **contexte
    )


def completer(saisie: Mapping[str, Any], trouve: Mapping[str, Any]) -> dict[str, Any]:
    """What was typed, with the identity of a company of the directory; an address already typed stays."""
    identite = {c: trouve[c] for c in ("nom", "siren", "siret", "tva_intracom")}
    lieu = {c: trouve[c] for c in ("lignes", "code_postal", "ville")}
    return {**saisie, **identite, "adresses": saisie["adresses"] or [ADRESSE | {"code": "PRINCIPALE"} | lieu]}


def connu(params: Mapping[str, str]) -> dict[str, Any]:
    """What an address of this page already tells: the identity of a company, its e-mail, where it is."""
    identite = {cle: params[cle] for cle in ("siren", "tva_intracom", "email") if params.get(cle)}
    lieu = {cle: params.get(cle, "") for cle in ("code_postal", "ville")}
    lignes = params.get("adresse", "").splitlines()
    adresses = [ADRESSE | {"code": "PRINCIPALE", "lignes": lignes} | lieu] if lignes or any(lieu.values()) else []
    return {**identite, "adresses": adresses}


def mots(choix: Mapping[str, Any]) -> dict[str, str]:
    """What the codes and ids of the form mean."""
    listes = ("regimes", "canaux", "gens", "rappels_possibles", "roles_possibles", "commerciaux", "equipes")
    return {cle: libelle for liste in listes for cle, libelle in choix[liste]}


def rangees(valeurs: Mapping[str, Any]) -> dict[str, Any]:
    """The values with one row at least of addresses and people, each under a key of its own."""
    return {
        **valeurs,
        "adresses": [avec_cle(ADRESSE | a) for a in valeurs["adresses"] or [ADRESSE | {"code": "PRINCIPALE"}]],
        "interlocuteurs": [avec_cle(PERSONNE | i) for i in valeurs["interlocuteurs"] or [PERSONNE]],
        "sites": [avec_cle(SITE | s) for s in valeurs["sites"]],
    }


def avec_cle(rangee: Mapping[str, Any]) -> dict[str, Any]:
    """A row of the form, named apart from the others."""
    return {**rangee, "cle": str(new_id())}


def _lignes(form: FormData, prefixe: str, colonnes: Iterable[str]) -> Iterable[tuple[str, ...]]:
    """The rows of fields repeated under one name each, as text without outer spaces."""
    valeurs = [[str(v).strip() for v in form.getlist(prefixe + colonne)] for colonne in colonnes]
    return zip_longest(*valeurs, fillvalue="")


def _adresses(form: FormData) -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = []
    for identite, texte, code_postal, ville, pays, code in _lignes(
        form, "", ("adresse_id", "adresse", "code_postal", "ville", "pays", "adresse_code")
    ):
        if texte or code_postal or ville:
            lignes = [ligne.strip() for ligne in texte.splitlines() if ligne.strip()][:4]
            defaut = "PRINCIPALE" if not lues else f"ADRESSE{len(lues) + 1}"
            reste = {"code_postal": code_postal, "ville": ville, "pays": pays.upper() or "FR"}
            lues.append({"id": identite or None, "code": code.upper() or defaut, "lignes": lignes, **reste})
    return lues


def _personnes(form: FormData) -> list[dict[str, Any]]:
    lues: list[dict[str, Any]] = []
    for identite, prenom, nom, fonction, telephone, email in _lignes(form, "personne_", PERSONNE):
        if nom or prenom:
            qui = {"prenom": prenom if nom else "", "nom": nom or prenom, "fonction": fonction}
            lues.append({"id": identite or None, **qui, "telephone": telephone or None, "email": email or None})
    return lues


def _sites(form: FormData) -> list[dict[str, Any]]:
    lus: list[dict[str, Any]] = []
    for cle, *reste in _lignes(form, "site_", COLONNES_SITE):
        site = dict(zip(COLONNES_SITE[1:], reste, strict=True))
        if site["code"] or site["libelle"]:
            vides = {c: site[c] or None for c in ("id", "interlocuteur_id", "telephone")}
            nomme = {
                "code": site["code"].upper() or site["libelle"][:20].upper(),
                "libelle": site["libelle"] or site["code"],
            }
            rappels = [str(v) for v in form.getlist(f"site_rappels_{cle}")]
            lus.append({**site, **vides, **nomme, "adresse_code": site["adresse_code"].upper(), "rappels": rappels})
    return lus
