"""What staff and facts can cause to a tiers."""

from collections.abc import Sequence
from typing import TypeVar
from uuid import UUID

from sqlalchemy import Uuid, bindparam, func, select

from services.contacts.errors import (
    AdresseDeSiteInconnue,
    AdresseEnDouble,
    InterlocuteurInconnu,
    SiretDejaConnu,
    SiteEnDouble,
    TiersAbsorbe,
)
from services.contacts.genre import use_cases as genres
from services.contacts.tiers import repository, rules
from services.contacts.tiers.models import AdresseTiers, Interlocuteur, Site, Tiers
from services.contacts.tiers.schemas import SaisieAdresse, SaisieInterlocuteur, SaisieSite, SaisieTiers
from shared.database.numbering import next_number
from shared.database.statements import once
from shared.database.transaction import Transaction

E = TypeVar("E", AdresseTiers, Site)
ENFANTS: dict[str, type[SaisieAdresse] | type[SaisieInterlocuteur] | type[SaisieSite]] = {
    "adresses": SaisieAdresse,
    "interlocuteurs": SaisieInterlocuteur,
    "sites": SaisieSite,
}
PROSPECT = once(
    select(Tiers.id).where(
        Tiers.id
        == func.coalesce(
            select(Tiers.absorbe_par_id).where(Tiers.id == bindparam("id")).correlate(None).scalar_subquery(),
            bindparam("id", type_=Uuid()),
        ),
        Tiers.roles.contains(["prospect"]),
        ~Tiers.roles.contains(["client"]),
    )
)


async def creer(tx: Transaction, saisie: SaisieTiers) -> Tiers:
    """A new tiers, numbered and announced."""
    tiers = Tiers(code=await _code(tx, saisie.roles), adresses=[], interlocuteurs=[], sites=[])
    await _remplir(tx, tiers, saisie)
    tx.add(tiers)
    tx.publish(tiers.creer())
    return tiers


async def modifier(tx: Transaction, tiers_id: UUID, saisie: SaisieTiers, version: int | None) -> Tiers:
    """Replace the file of a tiers; refuses when someone else changed it since `version`."""
    tiers = await repository.get_for_update(tx, tiers_id)
    if tiers.absorbe_par_id:
        raise TiersAbsorbe
    await tx.expect_version(tiers, version)
    await _remplir(tx, tiers, saisie)
    tx.touch(tiers)
    tx.publish(tiers.modifier())
    return tiers


async def convertir_prospect(tx: Transaction, tiers_id: UUID) -> Tiers:
    """A prospect becomes a client with a client code (seed: Transformer prospect en client)."""
    tiers = await repository.get_for_update(tx, tiers_id)
    tx.publish(tiers.convertir(await _code(tx, ["client"])))
    tx.publish(tiers.modifier())
    return tiers


async def devenir_client(tx: Transaction, tiers_id: UUID) -> None:
    """Who signed or was invoiced is a prospect no more: the file kept when the one named was merged into another."""
    prospect = await tx.scalar(PROSPECT, {"id": tiers_id})
    if prospect is not None:
        await convertir_prospect(tx, prospect)


async def _code(tx: Transaction, roles: Sequence[str]) -> str:
    prefixe = next((p for role, p in (("client", "C"), ("fournisseur", "F"), ("prospect", "P")) if role in roles), "T")
    return f"{prefixe}{await next_number(tx, f'tiers-{prefixe}'):05d}"


async def _remplir(tx: Transaction, tiers: Tiers, saisie: SaisieTiers) -> None:
    siret = rules.siret(saisie.siret)
    if siret and siret != tiers.siret:
        autre = await repository.par_siret(tx, siret)
        if autre is not None:
            raise SiretDejaConnu(siret=siret, nom=autre.nom, code=autre.code)
    tiers.siret, tiers.siren = siret, rules.siren(saisie.siren) or (siret[:9] if siret else None)
    tiers.tva_intracom = rules.tva_intracom(saisie.tva_intracom)
    tiers.email, tiers.email_facturation = rules.courriel(saisie.email), rules.courriel(saisie.email_facturation)
    tiers.telephone = rules.telephone(saisie.telephone)
    await genres.verifier(tx, saisie.roles, tiers.roles or ())
    simples = ("nom", "regime_tva", "est_public", "service_chorus", "canal_envoi", "notes")
    chiffres = ("plafond_encours_ht", "delai_paiement_jours")
    for champ in (*simples, *chiffres):
        setattr(tiers, champ, getattr(saisie, champ))
    for champ in ("roles", "commercial_ids", "groupe_commercial_ids"):
        setattr(tiers, champ, list(dict.fromkeys(getattr(saisie, champ))))
    _placer(tiers, saisie)


def _placer(tiers: Tiers, saisie: SaisieTiers) -> None:
    """Addresses, people and sites as typed; those already there keep their identity."""
    codes = [a.code for a in saisie.adresses]
    for code in codes:
        if codes.count(code) > 1:
            raise AdresseEnDouble(code=code)
    tiers.adresses = _garder(AdresseTiers, tiers.adresses, saisie.adresses)
    connus = {i.id: i for i in tiers.interlocuteurs}
    tiers.interlocuteurs = [_personne(connus, i) for i in saisie.interlocuteurs]
    _placer_sites(tiers, saisie)


def _placer_sites(tiers: Tiers, saisie: SaisieTiers) -> None:
    adresses, gens = {a.code for a in tiers.adresses}, {i.id for i in tiers.interlocuteurs}
    codes = [site.code for site in saisie.sites]
    for site in saisie.sites:
        if codes.count(site.code) > 1:
            raise SiteEnDouble(code=site.code)
        if site.adresse_code and site.adresse_code not in adresses:
            raise AdresseDeSiteInconnue(code=site.code, adresse=site.adresse_code)
        if site.interlocuteur_id and site.interlocuteur_id not in gens:
            raise InterlocuteurInconnu
    tiers.sites = _garder(Site, tiers.sites, saisie.sites)
    for lieu in tiers.sites:
        lieu.telephone = rules.telephone(lieu.telephone)


def _garder(genre: type[E], presents: Sequence[E], saisis: Sequence[SaisieAdresse | SaisieSite]) -> list[E]:
    """The rows typed, in their sequence; one named by its id, else by its code, is the one already there."""
    par_id, par_code = {e.id: e for e in presents}, {e.code: e for e in presents}
    gardes: list[E] = []
    for rang, saisi in enumerate(saisis):
        nomme = par_id.get(saisi.id) if saisi.id else par_code.get(saisi.code)
        enfant = nomme if nomme is not None and nomme not in gardes else genre()
        for champ, valeur in saisi.model_dump(exclude={"id"}).items():
            setattr(enfant, champ, valeur)
        enfant.rang = rang
        gardes.append(enfant)
    return gardes


def _personne(connus: dict[UUID, Interlocuteur], saisie: SaisieInterlocuteur) -> Interlocuteur:
    if saisie.id is None:
        personne = Interlocuteur()
    elif saisie.id in connus:
        personne = connus.pop(saisie.id)
    else:
        raise InterlocuteurInconnu
    for champ in ("nom", "prenom", "fonction"):
        setattr(personne, champ, getattr(saisie, champ))
    personne.email, personne.telephone = rules.courriel(saisie.email), rules.telephone(saisie.telephone)
    return personne
