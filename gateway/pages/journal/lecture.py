"""The journals of the services and of the gateway, read in parallel and merged by instant, paged by key."""

import asyncio
import base64
from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

import orjson
from sqlalchemy import select

from gateway.clients.services import LIBELLES, Indisponible
from gateway.pages.journal.presentation import GENS, Libelles, trace
from gateway.session.dependances import Utilisateur
from shared.database.platform import audit
from shared.web.doors import Door
from shared.web.journal import COLONNES, FiltreJournal, Lisible, lire, tout
from shared.web.paging import CurseurIllisible, curseur_de

Json = dict[str, Any]
GATEWAY = "gateway"
DEMANDES = "demandes"
SERVICES = {**LIBELLES, GATEWAY: "Comptes et accès"}
LISIBLES = {"compte": Lisible("administration"), "role": Lisible("administration")}
PAR_PAGE = 50


async def tous(
    db: Door, user: Utilisateur, filtre: FiltreJournal, service: str, curseur: str | None
) -> tuple[list[Json], list[Indisponible], str | None]:
    """The next traces of `service` (of all when empty), those that did not answer, and the cursor of what follows."""
    etats = _lire_curseur(curseur) or {nom: "" for nom in SERVICES if service in ("", nom)}
    libelles, *pages = await asyncio.gather(
        _libelles(user, etats), *(_page(db, user, nom, filtre, apres) for nom, apres in etats.items())
    )
    lus = [(nom, page) for nom, page in zip(etats, pages, strict=True) if not isinstance(page, Indisponible)]
    lignes = [trace(ligne, nom, libelles) for nom, page in lus for ligne in page["elements"]]
    lignes.sort(key=lambda t: (datetime.fromisoformat(t["le"]), t["id"]), reverse=True)
    montrees = lignes[:PAR_PAGE]
    suite = {nom: _apres(nom, page, montrees, etats[nom]) for nom, page in lus}
    reste = {nom: apres for nom, apres in suite.items() if apres is not None}
    return montrees, [p for p in pages if isinstance(p, Indisponible)], _ecrire(reste) if reste else None


async def d_un_objet(db: Door, user: Utilisateur, service: str, objet_id: UUID, curseur: str | None) -> Json:
    """The traces of one object, newest first; raises what its service refuses."""
    params = {"limite": PAR_PAGE, "curseur": curseur}
    if service != GATEWAY:
        page: Json = await user.services.get(service, f"/journal/{objet_id}", params)
    else:
        requete = select(*COLONNES).where(audit.c.objet_id == objet_id)
        async with db.read() as session:
            lue = await lire(session, requete, user.actor, LISIBLES, limite=PAR_PAGE, curseur=curseur)
        page = lue.model_dump(mode="json")
    libelles = await _libelles(user, (service,))
    return {"traces": [trace(t, service, libelles) for t in page["elements"]], "suite": page["curseur_suivant"]}


async def _libelles(user: Utilisateur, services: Collection[str]) -> Libelles:
    """What the company calls its people, and its types, states and subjects of demandes; nothing of a service that is stopped."""
    gens = await _gens(user)
    if DEMANDES not in services:
        return {GENS: gens}
    types, domaines = await user.services.panneaux((DEMANDES, "/types-demande"), (DEMANDES, "/domaines"))
    etats = {e["code"]: e["libelle"] for t in types or () for e in t["etats"]}
    return {
        GENS: gens,
        "type_code": {t["code"]: t["libelle"] for t in types or ()},
        "etat_code": etats,
        "etat_propose": etats,
        "domaine_code": {d["code"]: d["libelle"] for d in domaines or ()},
    }


async def _gens(user: Utilisateur) -> dict[str, str]:
    """People, teams and agencies by id: what the keys of a record stand for."""
    gens, equipes, societe = await user.services.panneaux(
        ("contacts", "/collaborateurs"), ("contacts", "/equipes"), ("contacts", "/societe")
    )
    personnes = {c["id"]: f"{c['prenom']} {c['nom']}".strip() for c in gens or ()}
    agences = (societe or {}).get("agences", ())
    return personnes | {e["id"]: e["nom"] for e in (*(equipes or ()), *agences)}


async def _page(db: Door, user: Utilisateur, service: str, filtre: FiltreJournal, apres: str) -> Any:
    if service != GATEWAY:
        params = {**filtre.model_dump(mode="json", exclude_none=True), "limite": PAR_PAGE, "curseur": apres}
        return await user.services.panneau(service, "/journal", params)
    async with db.read() as session:
        page = await lire(
            session, tout(filtre, db.database.clock), user.actor, LISIBLES, limite=PAR_PAGE, curseur=apres or None
        )
    return page.model_dump(mode="json")


def _apres(service: str, page: Json, montrees: list[Json], avant: str) -> str | None:
    """Where the next page of `service` starts; None when all of it was shown."""
    siennes = [t for t in montrees if t["service"] == service]
    if len(siennes) == len(page["elements"]) and page["curseur_suivant"] is None:
        return None
    return curseur_de([siennes[-1]["le"], siennes[-1]["id"]]) if siennes else avant


def _ecrire(etats: dict[str, str]) -> str:
    return base64.urlsafe_b64encode(orjson.dumps(etats)).decode().rstrip("=")


def _lire_curseur(curseur: str | None) -> dict[str, str] | None:
    if not curseur:
        return None
    try:
        lu = orjson.loads(base64.urlsafe_b64decode(curseur + "=" * (-len(curseur) % 4)))
        return {nom: str(lu[nom]) for nom in SERVICES if nom in lu}
    except (ValueError, TypeError) as error:
        raise CurseurIllisible from error
