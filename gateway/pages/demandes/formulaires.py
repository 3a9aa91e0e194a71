"""The dialogs of demandes: opening one (with its contact, in the same gesture), changing it, calls, time."""

from collections import defaultdict
from collections.abc import Iterable
from typing import Any
from uuid import UUID

from fastapi import APIRouter, Request, Response

from gateway.errors import Refus
from gateway.pages import edition
from gateway.pages.adresse import Designe
from gateway.pages.demandes import presentation
from gateway.pages.edition import Forme
from gateway.pages.rendu import aller, aujourd_hui, conclure, est_htmx, rendre
from gateway.session.dependances import User, Utilisateur

router = APIRouter(include_in_schema=False)
Erreurs = defaultdict[str, str]
FORME = Forme(
    champs={
        **{"objet": "Objet", "urgence": "Urgence", "domaine_code": "Domaine", "echeance": "Échéance"},
        **{"responsable_id": "Responsable", "duree_prevue_minutes": "Durée prévue (minutes)"},
        **{"personnes_prevues": "Personnes prévues", "description": "Description"},
    },
    nombres=frozenset({"duree_prevue_minutes", "personnes_prevues"}),
)
SANS_COUVERTURE = "sav_sans_couverture"
CANAUX = (("appel", "Appel"), ("mail", "E-mail"), ("visite", "Visite"))


@router.get("/demandes/nouvelle")
async def nouvelle(
    request: Request,
    user: User,
    type: str | None = None,
    tiers_id: Designe = None,
    parent_id: Designe = None,
    equipement_id: Designe = None,
    nom: str = "",
) -> Response:
    """An empty demande, with what is known already filled."""
    valeurs: dict[str, Any] = {"type_code": type, "urgence": "normale", "equipement_id": equipement_id}
    if parent_id is not None:
        mere = await user.services.get("demandes", f"/demandes/{parent_id}")
        valeurs |= {"parent_id": parent_id, "parent_numero": mere["numero"], "tiers_id": mere["tiers_id"]}
        valeurs["tiers_nom"] = mere["tiers_nom"]
    elif tiers_id is not None:
        tiers = await user.services.get("contacts", f"/tiers/{tiers_id}")
        valeurs |= {"tiers_id": tiers_id, "tiers_nom": tiers["nom"]}
    elif nom:
        valeurs["nouveau_nom"] = nom
    return await _formulaire(request, user, valeurs, Erreurs(str))


@router.post("/demandes/nouvelle")
async def creer(request: Request, user: User) -> Response:
    """Create the contact when it is new, then the demande, then open it."""
    form = await request.form()
    valeurs = {c: str(v).strip() for c, v in form.items() if isinstance(v, str)}
    cle = request.headers.get("idempotency-key")
    try:
        tiers = await _contact(user, valeurs, cle)
        saisie = {**_suivi(valeurs), "type_code": valeurs.get("type_code"), **tiers}
        saisie["equipement_id"] = valeurs.get("equipement_id") or None
        saisie["parent_id"] = valeurs.get("parent_id") or None
        demande = await user.services.post("demandes", "/demandes", saisie, cle=cle)
    except Refus as refus:
        saisies: dict[str, Any] = {**valeurs, "sans_couverture": refus.probleme.get("code") == SANS_COUVERTURE}
        return await _formulaire(request, user, saisies, _erreurs(refus))
    return aller(request, f"/demandes/{demande['id']}", toast=f"Demande {demande['numero']} ouverte")


async def _contact(user: Utilisateur, valeurs: dict[str, str], cle: str | None) -> dict[str, Any]:
    """The chosen contact; else the one typed on the spot, created first."""
    if valeurs.get("tiers_id"):
        return {"tiers_id": valeurs["tiers_id"], "tiers_nom": valeurs.get("tiers_nom") or None}
    if not valeurs.get("nouveau_nom"):
        champs = [{"champ": "tiers_id", "message": "Choisissez un contact, ou saisissez-en un nouveau."}]
        raise Refus(422, {"detail": "Le contact manque.", "erreurs": champs})
    corps = {
        "nom": valeurs["nouveau_nom"],
        "telephone": valeurs.get("nouveau_telephone") or None,
        "email": valeurs.get("nouveau_email") or None,
        "roles": ["prospect"],
        "adresses": _adresses(valeurs),
    }
    cree = await user.services.post("contacts", "/tiers", corps, cle=f"{cle}-contact" if cle else None)
    valeurs |= {"tiers_id": cree["id"], "tiers_nom": cree["nom"]}  # a refusal further on does not create it twice
    return {"tiers_id": cree["id"], "tiers_nom": cree["nom"]}


def _adresses(valeurs: dict[str, str]) -> list[dict[str, Any]]:
    """Where the new contact is, when that was said."""
    lieu = {champ: valeurs.get(f"nouveau_{champ}", "") for champ in ("adresse", "code_postal", "ville")}
    return [{"lignes": list(filter(None, [lieu.pop("adresse")])), **lieu}] if any(lieu.values()) else []


def _suivi(valeurs: dict[str, str]) -> dict[str, Any]:
    heures = presentation.entier(valeurs.get("duree_heures"))
    return {
        "objet": valeurs.get("objet", ""),
        "description": valeurs.get("description", ""),
        "domaine_code": valeurs.get("domaine_code") or None,
        "urgence": valeurs.get("urgence") or "normale",
        "echeance": presentation.jour(valeurs.get("echeance")),
        "responsable_id": valeurs.get("responsable_id") or None,
        "duree_prevue_minutes": heures * 60 if heures else None,
        "personnes_prevues": presentation.entier(valeurs.get("personnes_prevues")) or 1,
    }


def _erreurs(refus: Refus) -> Erreurs:
    """Messages by field; a refusal that names no field goes to the top of the form."""
    return defaultdict(str, refus.erreurs or {"": refus.detail})


async def _formulaire(request: Request, user: Utilisateur, valeurs: dict[str, Any], erreurs: Erreurs) -> Response:
    tiers_id = valeurs.get("tiers_id")
    types, domaines, responsables, equipements = await user.services.panneaux(
        ("demandes", "/types-demande"),
        ("demandes", "/domaines"),
        ("demandes", "/responsables"),
        ("demandes", "/equipements", {"tiers_id": tiers_id}),
    )
    actifs = [(t["code"], t["libelle"]) for t in types or () if t["est_actif"]]
    if not valeurs.get("type_code") and actifs:
        valeurs["type_code"] = actifs[0][0]
    if "responsable_id" not in valeurs:
        valeurs["responsable_id"] = _vendeur(user, types or (), valeurs["type_code"])
    contexte: dict[str, Any] = {
        "v": defaultdict(lambda: None, valeurs),
        "erreurs": erreurs,
        "types": actifs,
        "domaines": [(d["code"], d["libelle"]) for d in domaines or ()],
        "responsables": [(r["collaborateur_id"], r["nom"]) for r in responsables or ()],
        "equipements": [(e["equipement_id"], _objet(e)) for e in equipements or ()],
        "urgences": presentation.URGENCES,
    }
    gabarit = _gabarit(request, "nouvelle", refusee=bool(erreurs))
    return rendre(request, gabarit, onglet="liste", status_code=422 if erreurs else 200, **contexte)


def _vendeur(user: Utilisateur, types: Iterable[dict[str, Any]], code: str) -> str | None:
    """Who sells takes the sale they open, unless they say otherwise."""
    debuts = {
        e["service"]
        for t in types
        if t["code"] == code and t["nature"] == "vente"
        for e in t["etats"]
        if e["est_initial"]
    }
    return str(user.actor.id) if debuts & presentation.services_de(user) else None


def _gabarit(request: Request, nom: str, *, refusee: bool) -> str:
    """The whole page (or its dialog); the form alone when htmx swaps a refused one."""
    return f"demandes/_{nom}.html" if refusee and est_htmx(request) else f"demandes/{nom}.html"


def _objet(equipement: dict[str, Any]) -> str:
    return " · ".join(filter(None, (equipement["designation"], equipement["numero_serie"], equipement["etiquette"])))


@router.get("/demandes/{demande_id}/modifier")
async def modifier(demande_id: UUID, request: Request, user: User) -> Response:
    """The form of an open demande."""
    lue = await user.services.get("demandes", f"/demandes/{demande_id}")
    return await _modifier(request, user, lue, Erreurs(str), edition.ouvrir(FORME, lue))


@router.post("/demandes/{demande_id}/modifier")
async def enregistrer(demande_id: UUID, request: Request, user: User) -> Response:
    """Save; when somebody saved first, what was typed stays and the differences are shown."""
    form = await request.form()
    valeurs = {c: str(v).strip() for c, v in form.items() if isinstance(v, str)}
    envoi = await edition.envoi(request, _suivi(valeurs))
    prevue = envoi.base.get("duree_prevue_minutes")
    if prevue and prevue // 60 == presentation.entier(valeurs.get("duree_heures")):
        envoi.saisie["duree_prevue_minutes"] = prevue  # the form shows whole hours: untouched, the minutes stay
    fait = await edition.enregistrer(user, FORME, "demandes", f"/demandes/{demande_id}", envoi)
    if fait.refus is not None or fait.conflits:
        erreurs = _erreurs(fait.refus) if fait.refus else Erreurs(str)
        return await _modifier(request, user, {**fait.valeurs, "id": str(demande_id)}, erreurs, fait)
    return conclure(request, f"/demandes/{demande_id}", f"Demande enregistrée{fait.avec}", fermer=True)


async def _modifier(
    request: Request, user: Utilisateur, demande: dict[str, Any], erreurs: Erreurs, fait: edition.Resultat
) -> Response:
    domaines, responsables = await user.services.panneaux(("demandes", "/domaines"), ("demandes", "/responsables"))
    contexte: dict[str, Any] = {
        "v": demande,
        "erreurs": erreurs,
        "domaines": [(d["code"], d["libelle"]) for d in domaines or ()],
        "responsables": [(r["collaborateur_id"], r["nom"]) for r in responsables or ()],
        "urgences": presentation.URGENCES,
    }
    mots = dict((*contexte["domaines"], *contexte["responsables"], *contexte["urgences"]))
    contexte |= {"questions": edition.montrer(fait.conflits, mots), "qui": fait.qui, "base": edition.ecrire(fait.base)}
    refusee = bool(erreurs or fait.conflits)
    gabarit = _gabarit(request, "modifier", refusee=refusee)
    return rendre(request, gabarit, onglet="liste", status_code=422 if refusee else 200, **contexte)


@router.get("/demandes/{demande_id}/relances")
async def relance(demande_id: UUID, request: Request, user: User) -> Response:
    """The form of a call to the client."""
    demande = await user.services.get("demandes", f"/demandes/{demande_id}")
    return rendre(request, "demandes/relance.html", onglet="liste", d=demande, canaux=CANAUX)


@router.get("/demandes/{demande_id}/temps")
async def temps(demande_id: UUID, request: Request, user: User) -> Response:
    """The form of time spent, and what was already recorded."""
    return await temps_passe(request, user, await user.services.get("demandes", f"/demandes/{demande_id}"))


async def temps_passe(
    request: Request, user: Utilisateur, demande: dict[str, Any], *, vers: dict[str, Any] | None = None
) -> Response:
    """The same form; once recorded, the demande passes to `vers`, the state that wanted some time."""
    demande_id = demande["id"]
    saisis, responsables = await user.services.panneaux(
        ("demandes", f"/demandes/{demande_id}/temps"), ("demandes", "/responsables")
    )
    contexte: dict[str, Any] = {
        "d": demande,
        "saisis": saisis or {"elements": [], "total_minutes": 0},
        "responsables": [(r["collaborateur_id"], r["nom"]) for r in responsables or ()],
        "duree": presentation.duree,
        "aujourd_hui": aujourd_hui(request),
        "moi": str(user.actor.id),
        "vers": vers,
    }
    return rendre(request, "demandes/temps.html", onglet="liste", **contexte)
