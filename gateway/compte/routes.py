"""Accounts and tokens over HTTP, for administrators and programs."""

from typing import Annotated
from uuid import UUID

from fastapi import APIRouter, Request
from sqlalchemy import select

from gateway.compte import roles, second_facteur, use_cases
from gateway.compte.models import Compte
from gateway.compte.schemas import DemandeJeton, NouveauCompte, SaisieCompte, SaisieRole, VueCompte, VueJeton, VueRole
from gateway.errors import (
    CompteInconnu,
    DernierRoleAdministrateur,
    IdentifiantPris,
    IdentifiantsRefuses,
    MotDePasseAChanger,
    RoleInconnu,
    RolePris,
    RoleTenu,
    SecondFacteurAActiver,
    SecondFacteurAttendu,
)
from gateway.session.dependances import User, Utilisateur, exiger
from shared.web.doors import Db, IfMatch
from shared.web.idempotence import IdempotentRoute
from shared.web.problems import refusals

router = APIRouter(tags=["comptes"], route_class=IdempotentRoute)

Administrateur = Annotated[Utilisateur, exiger("administration")]


@router.post("/api/auth/jetons", status_code=201, responses=refusals(IdentifiantsRefuses, SecondFacteurAttendu))
async def creer_jeton(saisie: DemandeJeton, request: Request, db: Db) -> VueJeton:
    """A bearer token for programs: send it as `Authorization: Bearer ...`."""
    adresse = request.client.host if request.client else ""
    compte = await use_cases.identifier(db.database, saisie.identifiant, saisie.mot_de_passe, adresse=adresse)
    if compte.est_provisoire:
        raise MotDePasseAChanger
    settings = request.app.state.means.settings
    if compte.totp_actif_le is not None:
        if not saisie.code:
            raise SecondFacteurAttendu
        compte = await second_facteur.verifier(db.database, settings, compte.id, saisie.code)
    elif compte.exige_second_facteur(second_facteur.roles_exigeants(settings)):
        raise SecondFacteurAActiver
    async with db.transaction(compte.acteur("api")) as tx:
        secret, jeton = await use_cases.creer_jeton(tx, compte, saisie)
    return VueJeton(jeton=secret, expire_le=jeton.expire_le)


@router.get("/api/moi")
async def moi(user: User) -> VueCompte:
    """The account behind the token."""
    return VueCompte.model_validate(user.compte)


@router.get("/api/comptes")
async def lister(db: Db, _user: Administrateur) -> list[VueCompte]:
    """Every account."""
    async with db.read() as session:
        return [VueCompte.model_validate(c) for c in await session.scalars(select(Compte).order_by(Compte.nom))]


@router.post("/api/comptes", status_code=201, responses=refusals(IdentifiantPris))
async def creer(saisie: NouveauCompte, db: Db, user: Administrateur) -> VueCompte:
    """A new account."""
    async with db.transaction(user.actor) as tx:
        compte = await use_cases.creer(tx, saisie)
    return VueCompte.model_validate(compte)


@router.put("/api/comptes/{compte_id}", responses=refusals(CompteInconnu))
async def modifier(
    compte_id: UUID, saisie: SaisieCompte, request: Request, db: Db, version: IfMatch, user: Administrateur
) -> VueCompte:
    """Replace an account; closing it ends its sessions."""
    async with db.transaction(user.actor) as tx:
        compte = await use_cases.modifier(tx, compte_id, saisie, version)
    request.app.state.registre.oublier()
    return VueCompte.model_validate(compte)


@router.get("/api/roles")
async def lister_roles(db: Db, _user: Administrateur) -> list[VueRole]:
    """Every role and what it grants."""
    async with db.read() as session:
        return [VueRole.model_validate(role) for role in await roles.lister(session)]


@router.post("/api/roles", status_code=201, responses=refusals(RolePris))
async def creer_role(saisie: SaisieRole, db: Db, user: Administrateur) -> VueRole:
    """A new role."""
    async with db.transaction(user.actor) as tx:
        role = await roles.creer(tx, saisie)
    return VueRole.model_validate(role)


@router.put("/api/roles/{role_id}", responses=refusals(RoleInconnu, RolePris, DernierRoleAdministrateur))
async def modifier_role(
    role_id: UUID, saisie: SaisieRole, request: Request, db: Db, version: IfMatch, user: Administrateur
) -> VueRole:
    """Replace a role; whoever holds it is served accordingly at the next request."""
    async with db.transaction(user.actor) as tx:
        role = await roles.modifier(tx, role_id, saisie, version)
    request.app.state.registre.oublier()
    return VueRole.model_validate(role)


@router.delete("/api/roles/{role_id}", status_code=204, responses=refusals(RoleInconnu, RoleTenu))
async def supprimer_role(role_id: UUID, db: Db, user: Administrateur) -> None:
    """Remove a role nobody holds."""
    async with db.transaction(user.actor) as tx:
        await roles.supprimer(tx, role_id)
