"""An identity provider of its own, on a real socket: authlib's authorization server, its keys, its discovery document.

It asks nobody who they are: it says what `pretend` holds, as somebody already signed in at work would be answered.
"""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from typing import Any

from authlib.integrations.flask_oauth2 import AuthorizationServer
from authlib.oauth2.rfc6749 import ClientMixin
from authlib.oauth2.rfc6749.grants import AuthorizationCodeGrant
from authlib.oauth2.rfc7636 import CodeChallenge
from authlib.oidc.core import AuthorizationCodeMixin, OpenIDCode, UserInfo
from flask import Flask, jsonify
from joserfc.jwk import KeySet, RSAKey
from werkzeug.serving import make_server

CLIENT, SECRET = "amanela", "le-secret-du-client"


@dataclass
class Fournisseur:
    """Where it answers, what it says of whoever comes, and the key it signs with."""

    adresse: str = ""
    pretend: dict[str, Any] = field(default_factory=dict)
    nonce_impose: str | None = None
    cle: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "un", "use": "sig", "alg": "RS256"}))
    signe_avec: RSAKey | None = None
    codes: dict[str, "Code"] = field(default_factory=dict)


class Client(ClientMixin):  # type: ignore[misc]
    """The only installation it knows."""

    client_id = CLIENT

    def get_client_id(self) -> str:
        return CLIENT

    def get_default_redirect_uri(self) -> str:
        return ""

    def get_allowed_scope(self, scope: str) -> str:
        return scope

    def check_redirect_uri(self, redirect_uri: str) -> bool:
        return redirect_uri.endswith("/connexion/entreprise/retour")

    def check_client_secret(self, client_secret: str) -> bool:
        return client_secret == SECRET

    def check_endpoint_auth_method(self, method: str, endpoint: str) -> bool:
        return method == "client_secret_basic"

    def check_response_type(self, response_type: str) -> bool:
        return response_type == "code"

    def check_grant_type(self, grant_type: str) -> bool:
        return grant_type == "authorization_code"


@dataclass
class Code(AuthorizationCodeMixin):  # type: ignore[misc]
    """A code it gave, with what must come back with it."""

    code: str
    redirect_uri: str
    scope: str
    nonce: str | None
    code_challenge: str | None
    code_challenge_method: str | None

    def get_redirect_uri(self) -> str:
        return self.redirect_uri

    def get_scope(self) -> str:
        return self.scope

    def get_nonce(self) -> str | None:
        return self.nonce

    def get_auth_time(self) -> int:
        return int(time.time())

    def get_acr(self) -> None:
        return None

    def get_amr(self) -> None:
        return None


@contextmanager
def fournisseur() -> Iterator[Fournisseur]:
    """Answering until the end of the block."""
    ouvert = Fournisseur()
    app = _application(ouvert)
    serveur = make_server("127.0.0.1", 0, app, threaded=True)
    ouvert.adresse = f"http://127.0.0.1:{serveur.server_port}"
    fil = threading.Thread(target=serveur.serve_forever, daemon=True)
    fil.start()
    try:
        yield ouvert
    finally:
        serveur.shutdown()
        fil.join()
        serveur.server_close()


def _application(chez: Fournisseur) -> Flask:
    app = Flask("fournisseur")
    app.secret_key = "essai"
    serveur = AuthorizationServer(app, query_client=lambda _id: Client(), save_token=lambda _jeton, _demande: None)
    serveur.register_grant(_par_code(chez), [CodeChallenge(required=True), _identite(chez)(require_nonce=True)])
    decouverte = {
        "issuer": "",
        "authorization_endpoint": "/autoriser",
        "token_endpoint": "/jeton",
        "jwks_uri": "/cles",
    }
    _repondre(app, "/cles", lambda: jsonify(KeySet([chez.cle]).as_dict(private=False)))
    _repondre(app, "/autoriser", lambda: _autoriser(serveur, chez))
    _repondre(app, "/jeton", serveur.create_token_response, "POST")
    _repondre(
        app,
        "/.well-known/openid-configuration",
        lambda: jsonify(
            {nom: chez.adresse + chemin for nom, chemin in decouverte.items()}
            | {"token_endpoint_auth_methods_supported": ["client_secret_basic"]}
        ),
    )
    return app


def _autoriser(serveur: AuthorizationServer, chez: Fournisseur) -> Any:
    accord = serveur.get_consent_grant(end_user=chez.pretend)
    return serveur.create_authorization_response(grant_user=chez.pretend, grant=accord)


def _repondre(app: Flask, chemin: str, reponse: Callable[[], Any], methode: str = "GET") -> None:
    app.add_url_rule(chemin, chemin, reponse, methods=[methode])


def _par_code(chez: Fournisseur) -> type[AuthorizationCodeGrant]:
    class ParCode(AuthorizationCodeGrant):  # type: ignore[misc]
        TOKEN_ENDPOINT_AUTH_METHODS = ("client_secret_basic",)

        def save_authorization_code(self, code: str, request: Any) -> None:
            demande = request.payload.data
            nonce = chez.nonce_impose or demande.get("nonce")
            challenge = (demande.get("code_challenge"), demande.get("code_challenge_method"))
            chez.codes[code] = Code(code, request.payload.redirect_uri, request.payload.scope, nonce, *challenge)

        def query_authorization_code(self, code: str, client: Any) -> Code | None:
            return chez.codes.get(code)

        def delete_authorization_code(self, authorization_code: Code) -> None:
            chez.codes.pop(authorization_code.code)

        def authenticate_user(self, authorization_code: Code) -> dict[str, Any]:
            return chez.pretend

    return ParCode


def _identite(chez: Fournisseur) -> type[OpenIDCode]:
    class Identite(OpenIDCode):  # type: ignore[misc]
        def exists_nonce(self, nonce: str, request: Any) -> bool:
            return False

        def resolve_client_private_key(self, client: Any) -> KeySet:
            return KeySet([chez.signe_avec or chez.cle])

        def get_client_algorithm(self, client: Any) -> str:
            return "RS256"

        def get_client_claims(self, client: Any) -> dict[str, Any]:
            return {"iss": chez.adresse}

        def generate_user_info(self, user: dict[str, Any], scope: str) -> UserInfo:
            return UserInfo(user)

    return Identite
