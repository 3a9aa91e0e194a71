"""What routes ask for: `User`, the person or program behind the request."""

import re
from dataclasses import dataclass, replace
from typing import Annotated

from fastapi import Depends, Request

from gateway.clients.services import Services
from gateway.compte import rules
from gateway.compte.droits import restreindre
from gateway.compte.models import Compte
from gateway.compte.second_facteur import roles_exigeants
from gateway.errors import JetonCsrfAbsent, MotDePasseAChanger, SecondFacteurAActiver, SessionRequise
from gateway.pages.coque.contexte import Session as SessionCoque
from gateway.session.registre import Porteur, Registre
from shared.kernel.actor import Actor
from shared.kernel.refusals import PermissionManquante
from shared.web.auth import NonAuthentifie

COOKIE = "amanela_session"
PREPARATION = "/moi/second-facteur"
MOT_DE_PASSE = "/moi/mot-de-passe"
SURES = frozenset({"GET", "HEAD", "OPTIONS"})


@dataclass(frozen=True, slots=True)
class Utilisateur:
    """The author of the request, with the services speaking in his name."""

    compte: Compte
    actor: Actor
    services: Services
    est_session: bool
    empreinte: str

    def may(self, permission: str) -> bool:
        """Whether the person holds `permission`."""
        return self.actor.may(permission)


async def utilisateur(request: Request) -> Utilisateur:
    """The signed-in person or program; refuses anyone else, and forged browser requests."""
    porteur = await trouver_porteur(request)
    if porteur is None:
        raise NonAuthentifie
    if porteur.est_session:
        await _verifier_csrf(request, porteur)
        _exiger_mot_de_passe(request, porteur)
        _exiger_second_facteur(request, porteur)
    actor = _acteur(porteur)
    services: Services = request.app.state.services.pour(actor)
    if porteur.est_session:
        request.state.session = _session_coque(request, porteur, actor)
    return Utilisateur(porteur.compte, actor, services, porteur.est_session, porteur.empreinte)


User = Annotated[Utilisateur, Depends(utilisateur)]


async def personne(user: User) -> Utilisateur:
    """Somebody in a browser: a token must not make tokens wider than itself."""
    if not user.est_session:
        raise SessionRequise
    return user


Personne = Annotated[Utilisateur, Depends(personne)]


def exiger(permission: str) -> object:
    """A dependency for pages: the person must hold `permission`."""

    async def verifier(user: User) -> Utilisateur:
        if not user.may(permission):
            raise PermissionManquante(permission=permission)
        return user

    return Depends(verifier)


async def trouver_porteur(request: Request) -> Porteur | None:
    """The account behind the bearer token, else behind the cookie."""
    registre: Registre = request.app.state.registre
    scheme, _, jeton = request.headers.get("authorization", "").partition(" ")
    if scheme.lower() == "bearer" and jeton:
        return await registre.porteur(jeton, est_session=False)
    cookie = request.cookies.get(COOKIE)
    return await registre.porteur(cookie, est_session=True) if cookie else None


async def acteur_present(request: Request) -> Actor | None:
    """Who the request speaks for now; None once signed out or closed."""
    porteur = await trouver_porteur(request)
    return _acteur(porteur) if porteur else None


def csrf_de(request: Request, empreinte: str) -> str:
    """The anti-forgery value the pages of this session carry."""
    cle: str = request.app.state.means.settings.session_secret.get_secret_value()
    return rules.csrf(cle, empreinte)


async def _verifier_csrf(request: Request, porteur: Porteur) -> None:
    if request.method in SURES:
        return
    donne = request.headers.get("x-csrf-token")
    if donne is None and request.headers.get("content-type", "").startswith(
        ("application/x-www-form-urlencoded", "multipart/form-data")
    ):
        donne = str((await request.form()).get("csrf", ""))
    if donne != csrf_de(request, porteur.empreinte):
        raise JetonCsrfAbsent


def _exiger_mot_de_passe(request: Request, porteur: Porteur) -> None:
    """Whoever signed in with a provisional password may only choose his own, or leave."""
    if porteur.compte.est_provisoire and request.url.path not in (MOT_DE_PASSE, "/deconnexion"):
        raise MotDePasseAChanger


def _exiger_second_facteur(request: Request, porteur: Porteur) -> None:
    """Whoever must have a second factor and has none may only set it up, or leave."""
    compte = porteur.compte
    libres = (PREPARATION, MOT_DE_PASSE, "/deconnexion")
    if compte.totp_actif_le is not None or request.url.path.startswith(libres):
        return
    if compte.exige_second_facteur(roles_exigeants(request.app.state.means.settings)):
        raise SecondFacteurAActiver


def _acteur(porteur: Porteur) -> Actor:
    origine = "page" if porteur.est_session else "api"
    actor = porteur.compte.acteur(origine)
    if porteur.portees:
        actor = replace(actor, permissions=restreindre(actor.permissions, porteur.portees))
    return actor


def _session_coque(request: Request, porteur: Porteur, actor: Actor) -> SessionCoque:
    compte = porteur.compte
    return SessionCoque(
        nom=compte.nom,
        initiales="".join(mot[0] for mot in re.findall(r"\w+", compte.nom)[:2]).upper(),
        identifiant=compte.identifiant,
        permissions=actor.permissions,
        page_entree=compte.page_entree,
        csrf=csrf_de(request, porteur.empreinte),
        theme=compte.theme,
        societe=request.app.state.societe,
        fonction=compte.fonction,
    )
