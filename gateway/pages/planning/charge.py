"""The load: what teams, agencies and people can do in the coming weeks, and what is planned; each figure leads to its week."""

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from fastapi import APIRouter, Request, Response

from gateway.pages.adresse import Designe
from gateway.pages.coque.formats import date_carte, nombre
from gateway.pages.coque.graphiques import Jauge, jauges
from gateway.pages.demandes.presentation import jour, requete
from gateway.pages.planning.grille import adresse, jour_d_ouverture
from gateway.pages.rendu import aujourd_hui, rendre
from gateway.session.dependances import User

router = APIRouter(include_in_schema=False)
SEMAINES = 12
ICI = "/planning/charge"
Json = dict[str, Any]


@router.get(ICI)
async def charge(
    request: Request, user: User, du: str | None = None, equipe_id: Designe = None, agence_id: Designe = None
) -> Response:
    """Twelve weeks of everybody, of a team or of an agency."""
    debut = jour(du) or jour_d_ouverture(aujourd_hui(request))
    lu = await user.services.get("demandes", "/planning/charge", {"jour": debut, "semaines": SEMAINES})
    gens, societe = await user.services.panneaux(("contacts", "/collaborateurs"), ("contacts", "/societe"))
    semaines = [date.fromisoformat(lundi) for lundi in lu["semaines"]]
    choix = {"equipe_id": str(equipe_id or ""), "agence_id": str(agence_id or "")}
    agences = _agences(lu["personnes"], gens or [], societe["agences"] if societe else [])
    groupes = {e["id"]: e for e in (*lu["equipes"], *agences)}
    groupe = groupes.get(choix["equipe_id"] or choix["agence_id"])
    retenues = [p for p in lu["personnes"] if groupe is None or p["id"] in groupe["membre_ids"]]
    total = _ligne("Ensemble", "", semaines, retenues, equipe_id=equipe_id)
    contexte: Json = {
        "attente": lu["attente"],
        "semaines": semaines,
        "total": total,
        "graphique": jauges([_jauge(lundi, case) for lundi, case in zip(semaines, total["cases"], strict=True)]),
        "lignes": _lignes(semaines, retenues, () if groupe else lu["equipes"], () if groupe else agences),
        "equipes": lu["equipes"],
        "agences": agences,
        "groupe": groupe,
        "url": f"{ICI}?{requete({'du': semaines[0]})}",
        "avant": f"{ICI}?{requete(choix, du=semaines[0] - timedelta(weeks=SEMAINES))}",
        "apres": f"{ICI}?{requete(choix, du=semaines[-1] + timedelta(weeks=1))}",
        "ce_jour": f"{ICI}?{requete(choix)}",
    }
    return rendre(request, "planning/charge.html", onglet="charge", **contexte)


def _agences(personnes: Iterable[Json], gens: Iterable[Json], agences: Iterable[Json]) -> list[Json]:
    """The agencies of these people, as groups: {"id", "nom", "membre_ids"}."""
    lieux = {g["id"]: g["agence_id"] for g in gens}
    groupes = [
        {"id": a["id"], "nom": a["nom"], "membre_ids": [p["id"] for p in personnes if lieux.get(p["id"]) == a["id"]]}
        for a in agences
    ]
    return [groupe for groupe in groupes if groupe["membre_ids"]]


def _lignes(
    semaines: Sequence[date], personnes: Sequence[Json], equipes: Iterable[Json], agences: Iterable[Json]
) -> list[Json]:
    """The rows of the table: teams, agencies, people."""

    def membres(groupe: Json) -> list[Json]:
        return [p for p in personnes if p["id"] in groupe["membre_ids"]]

    return [
        *(_ligne(e["nom"], "Équipe", semaines, membres(e), equipe_id=e["id"]) for e in equipes),
        *(_ligne(a["nom"], "Agence", semaines, membres(a)) for a in agences),
        *(_ligne(p["nom"], p["fonction"], semaines, [p], personne_id=p["id"]) for p in personnes),
    ]


def _ligne(nom: str, detail: str, semaines: Sequence[date], personnes: Iterable[Json], **lien: Any) -> Json:
    """A row: {"nom", "detail", "capacite", "pris", "cases": [{"capacite", "pris", "part", "est_trop", "href", "dit"}]}."""
    gens = list(personnes)
    capacites = [sum(p["capacite"][rang] for p in gens) for rang in range(len(semaines))]
    pris = [round(sum(p["planifie"][rang] for p in gens), 1) for rang in range(len(semaines))]
    mesures = zip(semaines, capacites, pris, strict=True)
    cases = [_case(possible, prevu, adresse(lundi, **lien)) for lundi, possible, prevu in mesures]
    return {"nom": nom, "detail": detail, "capacite": sum(capacites), "pris": round(sum(pris), 1), "cases": cases}


def _case(capacite: float, pris: float, href: str) -> Json:
    part = pris / capacite if capacite else float(pris > 0)
    est_trop = pris > capacite
    dit = f"{_dites(pris)} sur {nombre(capacite)}" + (" : trop" if est_trop else "")
    return {"capacite": capacite, "pris": pris, "part": part, "est_trop": est_trop, "href": href, "dit": dit}


def _dites(demis: float) -> str:
    """12,5 demi-journées prévues; French says the singular below two."""
    return f"{nombre(demis)} demi-journée{'s prévues' if demis >= 2 else ' prévue'}"


def _jauge(lundi: date, case: Json) -> Jauge:
    libelle = f"S{lundi.isocalendar().week} ({date_carte(lundi)}) : {case['dit']}"
    return Jauge(libelle, case["capacite"], case["pris"], case["href"])
