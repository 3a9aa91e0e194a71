"""The journal in pages."""

from datetime import date
from typing import Annotated, Any
from urllib.parse import urlencode
from uuid import UUID

from fastapi import APIRouter, Query, Request, Response

from gateway.errors import ServiceInconnu
from gateway.pages.journal import lecture
from gateway.pages.journal.textes import OBJETS, ORIGINES
from gateway.pages.rendu import rendre
from gateway.session.dependances import User, Utilisateur, exiger
from shared.web.doors import Db
from shared.web.journal import FiltreJournal

router = APIRouter(include_in_schema=False)
Administrateur = Annotated[Utilisateur, exiger("administration")]
Court = Annotated[str, Query(max_length=120)]


@router.get("/administration/journal")
async def journal(
    request: Request,
    db: Db,
    user: Administrateur,
    qui: Court = "",
    quoi: Court = "",
    origine: Court = "",
    service: Court = "",
    du: Court = "",
    au: Court = "",
    curseur: Annotated[str | None, Query(max_length=4000)] = None,
) -> Response:
    """Everything that was changed, by whom, when, from where."""
    filtre = FiltreJournal(qui=qui.strip(), objet_type=quoi, origine=origine, du=_jour(du), au=_jour(au))
    connu = service if service in lecture.SERVICES else ""
    traces, absents, suite = await lecture.tous(db, user, filtre, connu, curseur)
    valeurs = {"qui": qui, "quoi": quoi, "origine": origine, "service": connu, "du": du, "au": au}
    adresse = urlencode({c: v for c, v in valeurs.items() if v})
    contexte: dict[str, Any] = {
        "traces": traces,
        "absents": absents,
        "suite": f"/administration/journal?{adresse}&curseur={suite}" if suite else None,
        "filtre": valeurs,
        "objets": sorted(((cle, libelle) for cle, (libelle, _) in OBJETS.items()), key=lambda o: o[1]),
        "origines": list(ORIGINES.items()),
        "services": list(lecture.SERVICES.items()),
    }
    fragment = "rangees" if curseur else None
    return rendre(request, "journal/journal.html", onglet="journal", fragment=fragment, **contexte)


@router.get("/journal/{service}/{objet_id}")
async def fiche(
    service: str,
    objet_id: UUID,
    request: Request,
    db: Db,
    user: User,
    curseur: Annotated[str | None, Query(max_length=600)] = None,
) -> Response:
    """Every change of one record."""
    if service not in lecture.SERVICES or (service == lecture.GATEWAY and not user.may("administration")):
        raise ServiceInconnu(service=service)
    lu = await lecture.d_un_objet(db, user, service, objet_id, curseur)
    sienne = next((t for t in lu["traces"] if t["href"]), None)  # not one of its files, which has no page
    adresse = sienne["href"] if sienne else None
    objet = (sienne or lu["traces"][0])["objet"] if lu["traces"] else "Fiche"
    ici = f"/journal/{service}/{objet_id}"
    suite = f"{ici}?{urlencode({'curseur': lu['suite']})}" if lu["suite"] else None
    contexte: dict[str, Any] = {"traces": lu["traces"], "suite": suite, "fiche": adresse, "objet": objet, "ici": ici}
    fragment = "rangees" if curseur else None
    return rendre(request, "journal/fiche.html", chemin=adresse or "/contacts", fragment=fragment, **contexte)


def _jour(brut: str) -> date | None:
    """A day of the form; None when it is none."""
    try:
        return date.fromisoformat(brut)
    except ValueError:
        return None
