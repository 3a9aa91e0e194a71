"""What administrators do to roles: create, copy, change, rename, remove; somebody can always administer."""

import re
from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncSession

from gateway.compte import droits
from gateway.compte.models import Compte, Role
from gateway.compte.schemas import SaisieRole
from gateway.errors import DernierAdministrateur, DernierRoleAdministrateur, RoleInconnu, RolePris, RoleTenu
from shared.database.transaction import Transaction
from shared.kernel.etendue import Etendue
from shared.kernel.text import sans_accents

CLE_MAX = 36


async def lister(session: AsyncSession) -> Sequence[Role]:
    """Every role, by name."""
    return (await session.scalars(select(Role).order_by(Role.libelle))).all()


async def effectifs(session: AsyncSession) -> dict[str, int]:
    """How many accounts, closed ones included, hold each role."""
    tenu = func.unnest(Compte.roles).label("cle")
    lignes = await session.execute(select(tenu, func.count().label("nombre")).group_by(tenu))
    return {ligne.cle: ligne.nombre for ligne in lignes}


async def lire(session: AsyncSession, role_id: UUID) -> Role:
    """One role."""
    role: Role | None = await session.get(Role, role_id)
    if role is None:
        raise RoleInconnu(role=role_id)
    return role


async def capables(tx: Transaction, droit: str) -> list[str]:
    """The keys of the roles that grant a right."""
    connus = await tx.scalars(select(Role))
    return [role.cle for role in connus if droits.peut(role.permissions, droit)]


async def verifier(tx: Transaction, cles: Collection[str]) -> list[Role]:
    """The roles of these keys; refuses one that does not exist. They stay until the end of the transaction."""
    connus = {r.cle: r for r in await tx.scalars(select(Role).where(Role.cle.in_(cles)).with_for_update(read=True))}
    for cle in cles:
        if cle not in connus:
            raise RoleInconnu(role=cle)
    return list(connus.values())


async def creer(tx: Transaction, saisie: SaisieRole) -> Role:
    """A new role; its key comes from its first name and stays."""
    await _refuser_nom_pris(tx, saisie.libelle, None)
    role = Role(cle=await _cle_libre(tx, saisie.libelle), **_valeurs(saisie))
    tx.add(role)
    return role


async def modifier(tx: Transaction, role_id: UUID, saisie: SaisieRole, version: int | None) -> Role:
    """Replace what a role is; refused when nobody could administer any more."""
    role = await _verrouiller(tx, role_id)
    await tx.expect_version(role, version)
    await _refuser_nom_pris(tx, saisie.libelle, role_id)
    administrait = role.administre
    for champ, valeur in _valeurs(saisie).items():
        setattr(role, champ, valeur)
    if administrait and not role.administre:
        await tx.flush()
        if not await _administrateurs(tx):
            raise DernierRoleAdministrateur(role=role.libelle)
    return role


async def supprimer(tx: Transaction, role_id: UUID) -> Role:
    """Remove a role nobody holds."""
    role = await _verrouiller(tx, role_id)
    nombre = await tx.scalar(select(func.count()).where(Compte.roles.contains([role.cle])))
    if nombre:
        raise RoleTenu(role=role.libelle, nombre=nombre)
    await tx.delete(role)
    return role


async def garder_un_administrateur(tx: Transaction, compte: Compte) -> None:
    """Refuse when nobody but this account could administer."""
    if await _administrateurs(tx) == {compte.id}:
        raise DernierAdministrateur(nom=compte.nom)


async def _administrateurs(tx: Transaction) -> set[UUID]:
    """The active accounts that could administer, locked so that two do not leave at once."""
    cles = await capables(tx, droits.ADMINISTRER)
    requete = select(Compte.id).where(Compte.roles.overlap(cles), Compte.est_actif).order_by(Compte.id)
    return set(await tx.scalars(requete.with_for_update()))


async def _verrouiller(tx: Transaction, role_id: UUID) -> Role:
    role: Role | None = await tx.get(Role, role_id, with_for_update=True)
    if role is None:
        raise RoleInconnu(role=role_id)
    return role


async def _refuser_nom_pris(tx: Transaction, libelle: str, sauf: UUID | None) -> None:
    meme = func.lower(Role.libelle) == libelle.lower()
    if await tx.scalar(select(Role.id).where(meme, Role.id.is_distinct_from(sauf)).limit(1)):
        raise RolePris(libelle=libelle)


async def _cle_libre(tx: Transaction, libelle: str) -> str:
    """ "Commercial Lyon" as "commercial-lyon", numbered when another role began by that name."""
    base = re.sub(r"[^a-z0-9]+", "-", sans_accents(libelle).lower()).strip("-")[:CLE_MAX] or "role"
    prises = set(await tx.scalars(select(Role.cle).where(Role.cle.startswith(base))))
    return next(c for c in (base, *(f"{base}-{n}" for n in range(2, len(prises) + 3))) if c not in prises)


def _valeurs(saisie: SaisieRole) -> dict[str, object]:
    permissions = [droits.TOUT] if saisie.est_tout else droits.ranger(saisie.droits)
    reduites = {} if saisie.est_tout else {g: e.value for g, e in saisie.etendues.items() if e is not Etendue.TOUT}
    propres = saisie.model_dump(include={"libelle", "description", "metier"})
    return {**propres, "permissions": permissions, "etendues": reduites}
