"""What people and administrators can cause to accounts, sessions and tokens."""

import asyncio
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from gateway.compte import roles, rules
from gateway.compte.models import AdresseFreinee, Compte, JetonApi, Session
from gateway.compte.schemas import NouveauCompte, SaisieCompte, SaisieJeton
from gateway.errors import (
    CollaborateurDejaRelie,
    CompteInconnu,
    IdentifiantPris,
    IdentifiantsRefuses,
)
from shared.database.database import Database
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor

DUREE_SESSION = timedelta(hours=12)
OUBLI_DES_ADRESSES = timedelta(days=1)


async def creer(tx: Transaction, saisie: NouveauCompte) -> Compte:
    """A new account."""
    if await tx.scalar(select(Compte.id).where(Compte.identifiant == saisie.identifiant)):
        raise IdentifiantPris(identifiant=saisie.identifiant)
    await roles.verifier(tx, saisie.roles)
    await _verifier_lien(tx, saisie, None)
    compte = Compte(
        **saisie.model_dump(exclude={"mot_de_passe"}),
        mot_de_passe=await asyncio.to_thread(rules.hacher, saisie.mot_de_passe),
    )
    tx.add(compte)
    tx.publish(compte.annoncer())
    await tx.flush()
    await tx.session.refresh(compte, ["roles_tenus"])
    return compte


async def premier_administrateur(database: Database, mot_de_passe: str) -> bool:
    """On an installation without any account, open "admin" with this password; whether it was done."""
    async with database.transaction(Actor.systeme("Installation")) as tx:
        if not mot_de_passe or await tx.scalar(select(Compte.id).limit(1)):
            return False
        await creer(
            tx,
            NouveauCompte(
                identifiant="admin",
                nom="Administrateur",
                fonction="Administrateur",
                roles=["administrateur"],
                mot_de_passe=mot_de_passe,
            ),
        )
    return True


async def modifier(tx: Transaction, compte_id: UUID, saisie: SaisieCompte, version: int | None) -> Compte:
    """Replace what is known of an account; closing it ends its sessions and tokens."""
    compte = await tx.get(Compte, compte_id, with_for_update=True)
    if compte is None:
        raise CompteInconnu
    await tx.expect_version(compte, version)
    await _verifier_lien(tx, saisie, compte_id)
    tenus = await roles.verifier(tx, saisie.roles)
    if not (saisie.est_actif and any(role.administre for role in tenus)):
        await roles.garder_un_administrateur(tx, compte)
    for champ, valeur in saisie.model_dump().items():
        setattr(compte, champ, valeur)
    if not compte.est_actif:
        await tx.execute(delete(Session).where(Session.compte_id == compte.id))
        await tx.execute(delete(JetonApi).where(JetonApi.compte_id == compte.id))
    tx.publish(compte.annoncer())
    return compte


async def donner_mot_de_passe(tx: Transaction, compte_id: UUID) -> str:
    """A forgotten password: a provisional one, shown once and not kept; the sessions of the account end."""
    provisoire = rules.mot_de_passe_provisoire()
    hache = await asyncio.to_thread(rules.hacher, provisoire)
    compte = await tx.get(Compte, compte_id, with_for_update=True)
    if compte is None:
        raise CompteInconnu
    compte.donner_mot_de_passe(hache)
    await tx.execute(delete(Session).where(Session.compte_id == compte_id))
    return provisoire


async def _verifier_lien(tx: Transaction, saisie: SaisieCompte, compte_id: UUID | None) -> None:
    """One person, one account in use: whoever is told or traced must be somebody."""
    if saisie.collaborateur_id is None or not saisie.est_actif:
        return
    autres = select(Compte.identifiant).where(
        Compte.collaborateur_id == saisie.collaborateur_id, Compte.est_actif, Compte.id.is_distinct_from(compte_id)
    )
    pris = await tx.scalar(autres.limit(1))
    if pris is not None:
        raise CollaborateurDejaRelie(identifiant=pris)


async def identifier(database: Database, identifiant: str, mot_de_passe: str, *, adresse: str = "") -> Compte:
    """The account whose login and password are given, tried from `adresse`.

    A wrong password is counted, for the login and for the address, in a transaction of its own, because the refusal
    must not undo the count.
    """
    async with database.transaction(Actor.systeme("connexion")) as tx:
        frein = await _frein(tx, adresse)
        if frein is not None:
            frein.refuser_si_bloque(tx.now)
        requete = select(Compte).where(Compte.identifiant == identifiant, Compte.est_actif).with_for_update()
        compte: Compte | None = (await tx.scalars(requete)).one_or_none()
        if compte is not None:
            compte.refuser_si_bloque(tx.now)
        hache = compte.mot_de_passe if compte else None
        reussi = await asyncio.to_thread(rules.verifier, hache, mot_de_passe)
        if compte is not None and (compte.essais_rates or not reussi):
            compte.noter_essai(reussi=reussi, maintenant=tx.now)
        if not reussi and adresse:
            await _noter_echec(tx, adresse)
    if compte is None or not reussi:
        raise IdentifiantsRefuses
    return compte


async def _frein(tx: Transaction, adresse: str) -> AdresseFreinee | None:
    """What is known of an address; one that never failed is not written down."""
    requete = select(AdresseFreinee).where(AdresseFreinee.adresse == adresse).with_for_update()
    connu: AdresseFreinee | None = (await tx.scalars(requete)).one_or_none()
    return connu


async def _noter_echec(tx: Transaction, adresse: str) -> None:
    """Two first failures from one address at the same instant meet on the row, and both count."""
    premier = insert(AdresseFreinee).values(adresse=adresse, vue_le=tx.now, essais_rates=0)
    await tx.execute(premier.on_conflict_do_nothing())
    frein = await _frein(tx, adresse)
    if frein is not None:
        frein.noter_echec(tx.now)


async def ouvrir_session(tx: Transaction, compte: Compte, *, adresse: str, appareil: str) -> str:
    """A new session; returns the secret to put in the cookie, which is not kept."""
    secret = rules.nouveau_secret()
    await tx.execute(delete(Session).where(Session.expire_le < tx.now))
    await tx.execute(delete(AdresseFreinee).where(AdresseFreinee.vue_le < tx.now - OUBLI_DES_ADRESSES))
    tx.add(
        Session(
            empreinte=rules.empreinte(secret),
            compte_id=compte.id,
            ouverte_le=tx.now,
            expire_le=tx.now + DUREE_SESSION,
            adresse=adresse[:60],
            appareil=appareil[:200],
        )
    )
    return secret


async def fermer_session(tx: Transaction, empreinte: str) -> None:
    """Sign out."""
    await tx.execute(delete(Session).where(Session.empreinte == empreinte))


async def creer_jeton(tx: Transaction, compte: Compte, saisie: SaisieJeton) -> tuple[str, JetonApi]:
    """A bearer token; returns the secret, which is shown once and not kept."""
    secret = rules.nouveau_secret()
    jeton = JetonApi(
        empreinte=rules.empreinte(secret),
        compte_id=compte.id,
        libelle=saisie.libelle,
        portees=saisie.portees,
        cree_le=tx.now,
        expire_le=tx.now + timedelta(days=saisie.jours),
    )
    tx.add(jeton)
    return secret, jeton
