"""Every refusal as problem+json (RFC 9457): a stable code, and a sentence in French."""

import re
from typing import Any

import orjson
import structlog
from fastapi import FastAPI, Request, Response
from fastapi.exceptions import RequestValidationError
from sqlalchemy.exc import DBAPIError
from starlette.exceptions import HTTPException

from shared.database.loss import FROM_DATABASE, is_connection_loss
from shared.fichiers.errors import StockageInjoignable
from shared.kernel.refusals import Conflict, Forbidden, Invalid, NotFound, Refusal
from shared.web.auth import NonAuthentifie

journal = structlog.get_logger(__name__)

STATUTS: tuple[tuple[type[Refusal], int, str], ...] = (
    (NonAuthentifie, 401, "Connexion nécessaire"),
    (NotFound, 404, "Introuvable"),
    (Forbidden, 403, "Accès refusé"),
    (Conflict, 409, "Impossible en l’état"),
    (Invalid, 422, "Saisie à corriger"),
)

CROISEMENTS = frozenset({"40P01", "40001"})  # deadlock detected, serialization failure
PRIS, ABSENT = "23505", "23503"  # unique violation, foreign key violation
CLE = re.compile(r"\((?P<colonnes>[\w, ]+)\)=\((?P<valeurs>.*)\)", re.S)
NULS = frozenset({"22021", "22P05"})  # a null character, in a text or in JSON: PostgreSQL keeps none

PHRASES_HTTP = {
    404: ("page_inconnue", "Cette adresse n’existe pas."),
    405: ("methode_refusee", "Cette opération n’existe pas à cette adresse."),
    413: ("trop_volumineux", "L’envoi est trop volumineux ; réduisez-le ou envoyez-le en plusieurs fois."),
}

PHRASES_CHAMPS = {
    "missing": "Ce champ est obligatoire.",
    "json_invalid": "Le contenu envoyé n’est pas du JSON valable.",
    "string_too_short": "Saisissez au moins {min_length} caractères.",
    "string_too_long": "Pas plus de {max_length} caractères.",
    "greater_than": "La valeur doit être supérieure à {gt}.",
    "greater_than_equal": "La valeur doit être au moins {ge}.",
    "less_than": "La valeur doit être inférieure à {lt}.",
    "less_than_equal": "La valeur doit être au plus {le}.",
    "too_long": "Pas plus de {max_length} éléments.",
    "too_short": "Il en faut au moins {min_length}.",
    "extra_forbidden": "Ce champ n’est pas connu.",
    "decimal_parsing": "Saisissez un nombre.",
    "decimal_type": "Saisissez un nombre.",
    "decimal_max_digits": "Ce nombre est trop grand.",
    "decimal_max_places": "Trop de décimales : {decimal_places} au plus.",
    "int_parsing": "Saisissez un nombre entier.",
    "uuid_parsing": "Cet identifiant n’est pas valable.",
    "date_from_datetime_parsing": "Cette date n’est pas valable.",
    "date_parsing": "Cette date n’est pas valable.",
    "datetime_from_date_parsing": "Cette date n’est pas valable.",
    "bool_parsing": "Répondez par oui ou non.",
    "literal_error": "Choisissez une des valeurs proposées.",
    "enum": "Choisissez une des valeurs proposées.",
    "value_error": "{error}",
}
AU_MOINS_UN = {"string_too_short": "Ce champ est obligatoire.", "too_short": "Il en faut au moins un."}


def probleme(statut: int, code: str, titre: str, detail: str, **extra: Any) -> Response:
    """A problem+json answer."""
    corps = {"type": f"urn:amanela:{code}", "title": titre, "status": statut, "code": code, "detail": detail, **extra}
    return Response(orjson.dumps(corps, default=str), statut, media_type="application/problem+json")


def statut_de(refus: Refusal) -> tuple[int, str]:
    """HTTP status and French title of a refusal."""
    for kind, statut, titre in STATUTS:
        if isinstance(refus, kind):
            return statut, titre
    return 409, "Impossible en l’état"


def phrase_champ(erreur: dict[str, Any]) -> str:
    """The French sentence for one pydantic error."""
    contexte = erreur.get("ctx", {})
    phrases = PHRASES_CHAMPS | AU_MOINS_UN if contexte.get("min_length") == 1 else PHRASES_CHAMPS
    modele = phrases.get(erreur["type"], "Cette valeur n’est pas acceptable.")
    return modele.format_map({"error": "Cette valeur n’est pas acceptable.", **contexte})


async def refuser(_request: Request, refus: Exception) -> Response:
    """A domain refusal: its docstring is the sentence."""
    assert isinstance(refus, Refusal)
    statut, titre = statut_de(refus)
    extra = {cle: refus.contexte[cle] for cle in ("erreurs", "modifications") if cle in refus.contexte}
    return probleme(statut, refus.code, titre, refus.detail, **extra)


async def refuser_saisie(_request: Request, erreur: Exception) -> Response:
    """A malformed payload: one sentence per field."""
    assert isinstance(erreur, RequestValidationError)
    erreurs = [
        {"champ": ".".join(str(p) for p in e["loc"] if p not in ("body", "query", "path")), "message": phrase_champ(e)}
        for e in erreur.errors()
    ]
    return probleme(422, "saisie_invalide", "Saisie à corriger", "Certaines valeurs sont à corriger.", erreurs=erreurs)


async def refuser_http(_request: Request, erreur: Exception) -> Response:
    """An HTTP-level refusal (unknown address, wrong method, too large)."""
    assert isinstance(erreur, HTTPException)
    code, phrase = PHRASES_HTTP.get(erreur.status_code, ("erreur", str(erreur.detail)))
    return probleme(erreur.status_code, code, "Demande refusée", phrase)


async def refuser_base(request: Request, erreur: Exception) -> Response:
    """What PostgreSQL refused without a bug of ours: a value already taken, one that names nothing, a text it cannot
    keep, or two transactions that crossed.

    It undid this one: nothing is lost by trying again.
    """
    etat = getattr(getattr(erreur, "orig", None), "sqlstate", None)
    if etat in (PRIS, ABSENT):
        return _contrainte(erreur, etat)
    if etat in NULS:
        return probleme(422, "caractere_interdit", "Saisie à corriger", "Retirez les caractères nuls de votre saisie.")
    if etat not in CROISEMENTS:
        return await avouer(request, erreur)
    phrase = "Deux opérations se sont croisées ; celle-ci n’a rien enregistré, recommencez."
    return probleme(409, "operation_croisee", "Impossible en l’état", phrase)


def _contrainte(erreur: Exception, etat: str) -> Response:
    """The value that is taken, or names nothing; its field, so that a form shows it there."""
    journal.warning("constraint refused", exc_info=erreur)
    origine = getattr(erreur, "orig", None)
    dit = getattr(origine, "detail", None) or getattr(getattr(origine, "__cause__", None), "detail", None) or ""
    trouve = CLE.search(dit)
    colonnes = trouve["colonnes"].split(", ") if trouve else []
    valeur = f"« {trouve['valeurs']} »" if trouve and len(colonnes) == 1 else "Cette valeur"
    if etat == PRIS:
        phrase = f"{valeur} est déjà utilisé ailleurs ; choisissez autre chose, ou modifiez ce qui le porte déjà."
        return probleme(409, "deja_enregistre", "Impossible en l’état", phrase, **_champs(colonnes, phrase))
    phrase = f"{valeur} n’existe pas ou n’existe plus, ou sert encore ailleurs ; choisissez une valeur de la liste."
    return probleme(422, "reference_inconnue", "Saisie à corriger", phrase, **_champs(colonnes, phrase))


def _champs(colonnes: list[str], phrase: str) -> dict[str, Any]:
    return {"erreurs": [{"champ": colonnes[0], "message": phrase}]} if len(colonnes) == 1 else {}


async def avouer(request: Request, erreur: Exception) -> Response:
    """A database that went away, or a bug: the log has the trace."""
    if isinstance(erreur, FROM_DATABASE) and is_connection_loss(erreur):
        journal.warning("database lost", path=request.url.path, exc_info=erreur)
        # A connection lost during COMMIT leaves its outcome unknown: the sentence cannot say that nothing was written.
        phrase = (
            "La base de données ne répond pas. Dans un instant, vérifiez si votre opération est là ; sinon recommencez."
        )
        return probleme(503, "base_indisponible", "Service indisponible", phrase)
    journal.error("unhandled error", path=request.url.path, exc_info=erreur)
    phrase = "Une erreur inattendue s’est produite ; rien n’a été enregistré. Réessayez, puis prévenez le support."
    return probleme(500, "erreur_interne", "Erreur interne", phrase)


async def attendre_stockage(request: Request, erreur: Exception) -> Response:
    """The store of files went away: what was asked is undone."""
    journal.warning("store of files lost", path=request.url.path, exc_info=erreur)
    phrase = "Le stockage des fichiers ne répond pas ; rien n’a été enregistré. Recommencez dans un instant."
    return probleme(503, "stockage_injoignable", "Service indisponible", phrase)


def installer(app: FastAPI) -> None:
    """Register the handlers on an application."""
    app.add_exception_handler(Refusal, refuser)
    app.add_exception_handler(RequestValidationError, refuser_saisie)
    app.add_exception_handler(HTTPException, refuser_http)
    app.add_exception_handler(DBAPIError, refuser_base)
    app.add_exception_handler(StockageInjoignable, attendre_stockage)
    app.add_exception_handler(Exception, avouer)


def refusals(*classes: type[Refusal]) -> dict[int | str, dict[str, Any]]:
    """The `responses=` of a route, from the refusals it can answer."""
    reponses: dict[int | str, dict[str, Any]] = {}
    for kind in classes:
        statut = next((s for base, s, _ in STATUTS if issubclass(kind, base)), 409)
        phrase = " ".join((kind.__doc__ or "").split())
        deja = reponses.setdefault(statut, {"description": ""})
        deja["description"] = (deja["description"] + " " + f"`{kind.code}` : {phrase}").strip()
    return reponses
