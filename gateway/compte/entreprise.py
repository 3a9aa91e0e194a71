"""Signing in with the identity provider of the company: OpenID Connect, code flow with PKCE, state and nonce.

authlib writes and reads the protocol (RFC 6749, 7636, OpenID Connect Core), joserfc the signature; httpx carries it. The
provider proves who somebody is; the account, its roles and its second factor stay ours (docs/decisions/0045).
"""

import json
import secrets
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any

import httpx
from authlib.common.errors import AuthlibBaseError
from authlib.oauth2.rfc6749.parameters import parse_authorization_code_response, prepare_grant_uri
from authlib.oauth2.rfc7636 import create_s256_code_challenge
from authlib.oidc.core import CodeIDToken
from cryptography.fernet import InvalidToken
from joserfc import jwt
from joserfc.errors import JoseError
from joserfc.jwk import KeySet
from sqlalchemy import func, or_, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import coffre
from gateway.compte.models import Compte
from gateway.errors import EntrepriseInjoignable, EntreprisePerimee, EntrepriseRefusee, EntrepriseSansCompte
from shared.settings import Settings

RETOUR = "/connexion/entreprise/retour"
DUREE = timedelta(minutes=10)
DELAI = 8.0
ALGORITHMES = ("RS256", "PS256", "ES256", "EdDSA")  # never "none", nor one where our secret would sign
TOLERANCE = 60  # seconds between two clocks
AUTHENTIFICATION = ("client_secret_basic", "client_secret_post")


@dataclass(frozen=True, slots=True)
class Depart:
    """What left with somebody to the provider, and must come back with him: kept in a sealed cookie."""

    state: str
    nonce: str
    verifier: str
    suite: str
    le: float


def est_reglee(settings: Settings) -> bool:
    """Whether people may sign in so."""
    return bool(settings.oidc_issuer and settings.oidc_client_id)


async def partir(settings: Settings, suite: str, maintenant: datetime) -> tuple[str, str]:
    """Where to send the browser, and the sealed cookie that will recognise its return."""
    fournisseur = await _decouvrir(settings)
    state, nonce, verifier = (secrets.token_urlsafe(32) for _ in range(3))
    depart = Depart(state, nonce, verifier, suite, maintenant.timestamp())
    adresse = prepare_grant_uri(
        fournisseur["authorization_endpoint"],
        client_id=settings.oidc_client_id,
        response_type="code",
        redirect_uri=_retour(settings),
        scope="openid email profile",
        state=depart.state,
        nonce=depart.nonce,
        code_challenge=create_s256_code_challenge(depart.verifier),
        code_challenge_method="S256",
    )
    return adresse, coffre.chiffrer(settings, json.dumps(asdict(depart)))


async def revenir(settings: Settings, adresse: str, scelle: str, maintenant: datetime) -> tuple[str, str]:
    """The name the provider proved, and where its person was going."""
    depart = _ouvrir(settings, scelle, maintenant)
    try:
        code = parse_authorization_code_response(adresse, state=depart.state)["code"]
        fournisseur = await _decouvrir(settings)
        jetons = await _echanger(settings, fournisseur, code, depart)
        affirme = await _verifier(settings, fournisseur, jetons, depart, maintenant)
    except (AuthlibBaseError, JoseError, KeyError, ValueError) as error:
        raise EntrepriseRefusee from error
    nom = str(affirme.get(settings.oidc_claim) or "").strip().lower()
    if not nom or (settings.oidc_claim == "email" and affirme.get("email_verified") is False):
        raise EntrepriseSansCompte(nom=nom or affirme["sub"])
    return nom, depart.suite


async def compte_de(session: AsyncSession, nom: str) -> Compte:
    """The only open account of that login or mail: none is ever created by signing in."""
    requete = select(Compte).where(Compte.est_actif, or_(Compte.identifiant == nom, func.lower(Compte.email) == nom))
    trouves = list(await session.scalars(requete.limit(2)))
    if len(trouves) != 1:
        raise EntrepriseSansCompte(nom=nom)
    return trouves[0]


def _ouvrir(settings: Settings, scelle: str, maintenant: datetime) -> Depart:
    try:
        depart = Depart(**json.loads(coffre.ouvrir(settings, scelle)))
    except (InvalidToken, ValueError, TypeError) as error:
        raise EntreprisePerimee from error
    if not 0 <= maintenant.timestamp() - depart.le <= DUREE.total_seconds():
        raise EntreprisePerimee
    return depart


async def _echanger(settings: Settings, fournisseur: dict[str, Any], code: str, depart: Depart) -> dict[str, Any]:
    """The code against the tokens, in the way of proving ourselves the provider knows."""
    champs = {
        "grant_type": "authorization_code",
        "code": code,
        "redirect_uri": _retour(settings),
        "code_verifier": depart.verifier,
        "client_id": settings.oidc_client_id,
    }
    secret = settings.oidc_client_secret.get_secret_value()
    connues = fournisseur.get("token_endpoint_auth_methods_supported", AUTHENTIFICATION[:1])
    par_entete = secret and AUTHENTIFICATION[0] in connues
    if secret and not par_entete:
        champs["client_secret"] = secret
    entete = httpx.BasicAuth(settings.oidc_client_id, secret) if par_entete else None
    return await _demander("POST", fournisseur["token_endpoint"], data=champs, auth=entete)


async def _verifier(
    settings: Settings, fournisseur: dict[str, Any], jetons: dict[str, Any], depart: Depart, maintenant: datetime
) -> dict[str, Any]:
    """What the signed token says, once its signature, its issuer, its audience, its age and our nonce are checked."""
    cles = KeySet.import_key_set(await _demander("GET", fournisseur["jwks_uri"]))  # type: ignore[arg-type]
    jeton = jwt.decode(jetons["id_token"], cles, algorithms=ALGORITHMES)
    attendu = {
        "iss": {"essential": True, "value": fournisseur["issuer"]},
        "aud": {"essential": True, "value": settings.oidc_client_id},
    }
    params = {"nonce": depart.nonce, "client_id": settings.oidc_client_id, "access_token": jetons.get("access_token")}
    affirme = CodeIDToken(jeton.claims, jeton.header, attendu, params)
    affirme.validate(now=int(maintenant.timestamp()), leeway=TOLERANCE)
    return dict(jeton.claims)


async def _decouvrir(settings: Settings) -> dict[str, Any]:
    """What the provider says of itself; it must be the one we name."""
    emetteur = settings.oidc_issuer.rstrip("/")
    fournisseur = await _demander("GET", f"{emetteur}/.well-known/openid-configuration")
    if str(fournisseur.get("issuer", "")).rstrip("/") != emetteur:
        raise EntrepriseRefusee
    return fournisseur


async def _demander(methode: str, adresse: str, **options: Any) -> dict[str, Any]:
    """A JSON answer of the provider."""
    try:
        async with httpx.AsyncClient(timeout=DELAI) as client:
            reponse = await client.request(methode, adresse, headers={"accept": "application/json"}, **options)
            lue = reponse.json()
    except (httpx.HTTPError, ValueError) as error:
        raise EntrepriseInjoignable from error
    if reponse.status_code >= 500:
        raise EntrepriseInjoignable
    if reponse.status_code >= 400 or not isinstance(lue, dict):
        raise EntrepriseRefusee
    return lue


def _retour(settings: Settings) -> str:
    return settings.public_url.rstrip("/") + RETOUR
