"""What staff, the SAV gate and the client can cause to tariff agreements."""

import hashlib
from typing import Any
from uuid import UUID

from services.maintenance.accord_tarifaire import repository
from services.maintenance.accord_tarifaire.models import AccordTarifaire, TarifHabituel
from services.maintenance.accord_tarifaire.rules import SANS_REPONSE, EtatAccord
from services.maintenance.accord_tarifaire.schemas import SaisieAccord, SaisieReponse, SaisieTarif
from services.maintenance.copies import queries as copies
from services.maintenance.couverture import use_cases as couverture
from services.maintenance.equipement import repository as equipements
from services.maintenance.errors import AccordEnCours, CourrielManquant, TarifsManquants, TiersNonIdentifie
from shared.contracts.demandes import SavRefuse
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris


async def proposer(tx: Transaction, saisie: SaisieAccord) -> AccordTarifaire:
    """Tariffs for a client; the mail leaves a moment later."""
    fiche = await copies.fiche_tiers(tx.session, saisie.tiers_id)
    if fiche is None:
        raise TiersNonIdentifie
    en_attente = await repository.du_client(tx, saisie.tiers_id, *SANS_REPONSE)
    if en_attente:
        raise AccordEnCours(nom=fiche.nom, numero=en_attente[0].numero)
    destinataire = saisie.destinataire or fiche.email
    if not destinataire:
        raise CourrielManquant(nom=fiche.nom)
    if saisie.equipement_id:
        await equipements.du_client(tx, saisie.tiers_id, [saisie.equipement_id])
    accord = AccordTarifaire(
        tiers_id=saisie.tiers_id,
        tiers_nom=fiche.nom,
        equipement_id=saisie.equipement_id,
        destinataire=destinataire,
        etat=EtatAccord.A_ENVOYER,
        envois=0,
        **await _tarifs(tx, saisie),
    )
    annee = jour_paris(tx.now).year
    accord.numero = f"AT-{annee}-{await next_number(tx, f'AT-{annee}'):05d}"
    fait = accord.demander_envoi(jour_paris(tx.now))
    tx.add(accord)
    tx.publish(fait)
    return accord


async def _tarifs(tx: Transaction, saisie: SaisieAccord) -> dict[str, Any]:
    """The rates chosen, completed with the usual ones."""
    habituel = await repository.tarif_habituel(tx)
    tarifs = {
        champ: choisi if (choisi := getattr(saisie, champ)) is not None else getattr(habituel, champ, None)
        for champ in ("taux_horaire_ht", "deplacement_ht", "conditions")
    }
    if tarifs["taux_horaire_ht"] is None or tarifs["deplacement_ht"] is None:
        raise TarifsManquants
    return {**tarifs, "conditions": tarifs["conditions"] or ""}


async def proposer_apres_refus(tx: Transaction, fait: SavRefuse) -> None:
    """A SAV was stopped for want of signed tariffs: mail them at once, unless asked already or not possible (MA-27)."""
    fiche = await copies.fiche_tiers(tx.session, fait.tiers_id)
    deja = await repository.du_client(tx, fait.tiers_id, *SANS_REPONSE, EtatAccord.REFUSE, EtatAccord.SIGNE)
    if deja or fiche is None or not fiche.email or await repository.tarif_habituel(tx) is None:
        return
    a_lui = [e.id for e in await equipements.plusieurs(tx, [fait.equipement_id] if fait.equipement_id else [])]
    await proposer(tx, SaisieAccord(tiers_id=fait.tiers_id, equipement_id=a_lui[0] if a_lui else None))


async def relancer(tx: Transaction, accord_id: UUID) -> AccordTarifaire:
    """Mail the same tariffs again."""
    accord = await repository.get_for_update(tx, accord_id)
    tx.publish(accord.demander_envoi(jour_paris(tx.now)))
    return accord


async def accepter(tx: Transaction, jeton: str, saisie: SaisieReponse) -> AccordTarifaire:
    """The client accepts from the link: interventions are possible from now on."""
    accord = await repository.par_jeton(tx, jeton)
    fait = accord.signer(saisie.nom, tx.now, _preuve(accord, saisie))
    for ancien in await repository.du_client(tx, accord.tiers_id, EtatAccord.SIGNE):
        if ancien is not accord:
            ancien.etat = EtatAccord.REMPLACE
    tx.publish(fait)
    await couverture.accorder(tx, accord.tiers_id, accord.id)
    return accord


async def refuser(tx: Transaction, jeton: str, saisie: SaisieReponse) -> AccordTarifaire:
    """The client refuses from the link: nobody will come."""
    accord = await repository.par_jeton(tx, jeton)
    tx.publish(accord.refuser(saisie.nom, tx.now, saisie.motif, _preuve(accord, saisie)))
    return accord


def _preuve(accord: AccordTarifaire, saisie: SaisieReponse) -> dict[str, Any]:
    texte = f"{accord.numero}|{accord.taux_horaire_ht}|{accord.deplacement_ht}|{accord.conditions}"
    return {
        "adresse_ip": saisie.adresse_ip,
        "appareil": saisie.appareil,
        "destinataire": accord.destinataire,
        "texte_sha256": hashlib.sha256(texte.encode()).hexdigest(),
    }


async def fixer_tarif(tx: Transaction, saisie: SaisieTarif, version: int | None) -> TarifHabituel:
    """The rates proposed from now on when nobody chooses others."""
    tarif = await repository.tarif_habituel(tx)
    if tarif is None:
        tarif = TarifHabituel(cle=repository.SOCIETE)
        tx.add(tarif)
    else:
        await tx.expect_version(tarif, version)
    for champ, valeur in saisie.model_dump().items():
        setattr(tarif, champ, valeur)
    return tarif
