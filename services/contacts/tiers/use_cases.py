"""What staff and facts can cause to a tiers."""

from collections.abc import Sequence
from decimal import Decimal
from uuid import UUID

from sqlalchemy import update

from services.contacts.errors import AdresseEnDouble, SiretDejaConnu
from services.contacts.tiers import repository, rules
from services.contacts.tiers.models import AdresseTiers, Interlocuteur, Tiers
from services.contacts.tiers.schemas import SaisieTiers
from shared.database.numbering import next_number
from shared.database.transaction import Transaction


async def creer(tx: Transaction, saisie: SaisieTiers) -> Tiers:
    """A new tiers, numbered and announced."""
    tiers = Tiers(code=await _code(tx, saisie.roles), adresses=[], interlocuteurs=[])
    await _remplir(tx, tiers, saisie)
    tx.add(tiers)
    tx.publish(tiers.creer())
    return tiers


async def modifier(tx: Transaction, tiers_id: UUID, saisie: SaisieTiers, version: int | None) -> Tiers:
    """Replace the file of a tiers; refuses when someone else changed it since `version`."""
    tiers = await repository.get_for_update(tx, tiers_id)
    await tx.expect_version(tiers, version)
    await _remplir(tx, tiers, saisie)
    tx.publish(tiers.modifier())
    return tiers


async def convertir_prospect(tx: Transaction, tiers_id: UUID) -> Tiers:
    """A prospect becomes a client with a client code (seed: Transformer prospect en client)."""
    tiers = await repository.get_for_update(tx, tiers_id)
    tx.publish(tiers.convertir(await _code(tx, ["client"])))
    tx.publish(tiers.modifier())
    return tiers


async def ajouter_encours(tx: Transaction, tiers_id: UUID, montant_ttc: Decimal) -> None:
    """An invoice was issued (positive) or paid (negative)."""
    encours = Tiers.encours_ttc + montant_ttc
    await tx.session.execute(update(Tiers).where(Tiers.id == tiers_id).values(encours_ttc=encours))


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
    simples = ("nom", "regime_tva", "est_public", "service_chorus", "canal_envoi", "notes")
    chiffres = ("plafond_encours_ht", "delai_paiement_jours", "commercial_id")
    for champ in (*simples, *chiffres):
        setattr(tiers, champ, getattr(saisie, champ))
    tiers.roles = list(dict.fromkeys(saisie.roles))
    _placer(tiers, saisie)


def _placer(tiers: Tiers, saisie: SaisieTiers) -> None:
    """Addresses and people, replaced as typed."""
    codes = [a.code for a in saisie.adresses]
    for code in codes:
        if codes.count(code) > 1:
            raise AdresseEnDouble(code=code)
    tiers.adresses = [AdresseTiers(rang=rang, **a.model_dump()) for rang, a in enumerate(saisie.adresses)]
    tiers.interlocuteurs = [
        Interlocuteur(
            nom=i.nom,
            prenom=i.prenom,
            fonction=i.fonction,
            email=rules.courriel(i.email),
            telephone=rules.telephone(i.telephone),
        )
        for i in saisie.interlocuteurs
    ]
