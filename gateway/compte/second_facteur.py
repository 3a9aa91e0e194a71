"""The second factor of an account: prepared, proven by a first code, asked at each sign-in, given up."""

from uuid import UUID

from sqlalchemy import delete, select, update

from gateway.compte import coffre, totp
from gateway.compte.models import CodeSecours, Compte
from gateway.errors import CodeFaux, CompteInconnu, SecondFacteurAbsent, SecondFacteurDejaActif, SecondFacteurExige
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.settings import Settings


async def preparer(tx: Transaction, settings: Settings, compte_id: UUID) -> None:
    """A new secret, not asked for yet: the first code of the phone will activate it."""
    compte = await _verrouiller(tx, compte_id)
    if compte.totp_actif_le is not None:
        raise SecondFacteurDejaActif
    compte.totp_secret = coffre.chiffrer(settings, totp.nouveau_secret())


async def activer(tx: Transaction, settings: Settings, compte_id: UUID, code: str) -> list[str]:
    """The phone proved it holds the secret; returns the recovery codes, shown once."""
    compte = await _verrouiller(tx, compte_id)
    if compte.totp_actif_le is not None:
        raise SecondFacteurDejaActif
    if not await _accepter(tx, settings, compte, code):
        raise CodeFaux
    compte.totp_actif_le = tx.now
    return await _renouveler_les_codes(tx, settings, compte)


async def desactiver(tx: Transaction, settings: Settings, compte_id: UUID, code: str) -> None:
    """Back to the password alone, against a code; refused to roles that must keep it."""
    compte = await _verrouiller(tx, compte_id)
    if compte.exige_second_facteur(roles_exigeants(settings)):
        raise SecondFacteurExige
    if not await _accepter(tx, settings, compte, code):
        raise CodeFaux
    await _oublier(tx, compte)


async def reinitialiser(tx: Transaction, compte_id: UUID) -> None:
    """The phone is lost: an administrator, who is traced, lets its owner prepare another."""
    await _oublier(tx, await _verrouiller(tx, compte_id))


async def verifier(database: Database, settings: Settings, compte_id: UUID, code: str) -> Compte:
    """The account, once its code is right. A wrong one is counted as a wrong password is, in its own transaction."""
    async with database.transaction(Actor.systeme("connexion")) as tx:
        compte = await _verrouiller(tx, compte_id)
        compte.refuser_si_bloque(tx.now)
        reussi = compte.est_actif and await _accepter(tx, settings, compte, code)
        if compte.essais_rates or not reussi:
            compte.noter_essai(reussi=reussi, maintenant=tx.now)
    if not reussi:
        raise CodeFaux
    return compte


def roles_exigeants(settings: Settings) -> frozenset[str]:
    """The roles that must prove themselves twice."""
    return frozenset(role.strip() for role in settings.second_factor_roles.split(",") if role.strip())


async def _accepter(tx: Transaction, settings: Settings, compte: Compte, code: str) -> bool:
    """Whether a code of the phone, or a recovery code, opens the account; each is then used up."""
    if compte.totp_secret is None:
        raise SecondFacteurAbsent
    pas = totp.pas_du_code(coffre.ouvrir(settings, compte.totp_secret), code, tx.now)
    if pas is not None and pas > compte.totp_pas:
        compte.totp_pas = pas
        return True
    return await _consommer(tx, compte, totp.empreinte_de_secours(settings, code))


async def _consommer(tx: Transaction, compte: Compte, empreinte: str) -> bool:
    ou = (CodeSecours.compte_id == compte.id, CodeSecours.empreinte == empreinte, CodeSecours.utilise_le.is_(None))
    consomme = await tx.scalar(update(CodeSecours).where(*ou).values(utilise_le=tx.now).returning(CodeSecours.id))
    return consomme is not None


async def _renouveler_les_codes(tx: Transaction, settings: Settings, compte: Compte) -> list[str]:
    await tx.execute(delete(CodeSecours).where(CodeSecours.compte_id == compte.id))
    codes = totp.codes_de_secours()
    tx.add_all(CodeSecours(compte_id=compte.id, empreinte=totp.empreinte_de_secours(settings, c)) for c in codes)
    return codes


async def _oublier(tx: Transaction, compte: Compte) -> None:
    await tx.execute(delete(CodeSecours).where(CodeSecours.compte_id == compte.id))
    compte.oublier_second_facteur()


async def _verrouiller(tx: Transaction, compte_id: UUID) -> Compte:
    compte = (await tx.scalars(select(Compte).where(Compte.id == compte_id).with_for_update())).one_or_none()
    if compte is None:
        raise CompteInconnu
    trouve: Compte = compte
    return trouve
