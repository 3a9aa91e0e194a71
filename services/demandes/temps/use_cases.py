"""Time is recorded on a demande, corrected or removed by whoever worked until it is billed."""

from uuid import UUID

from sqlalchemy import update

from services.demandes.copies import queries as copies
from services.demandes.cout_horaire import queries as couts
from services.demandes.demande import repository
from services.demandes.demande.models import Demande
from services.demandes.errors import DernierTemps, TempsDUnAutre, TempsFacture, TempsInconnu
from services.demandes.lien import queries as liens
from services.demandes.temps.models import Temps
from services.demandes.temps.schemas import SaisieCorrection, SaisieTemps
from services.demandes.type_demande import repository as types
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.database.transaction import Transaction


async def saisir(tx: Transaction, demande_id: UUID, saisie: SaisieTemps) -> Temps:
    """Somebody worked: who, which day, how long, what was done."""
    demande = await repository.get_for_update(tx, demande_id)
    if saisie.collaborateur_id is not None:
        personne = await copies.collaborateur(tx.session, saisie.collaborateur_id)
        qui: tuple[UUID | None, str] = (personne.collaborateur_id, personne.nom)
    else:
        qui = await copies.moi(tx.session, tx.actor)
    temps = Temps(
        demande_id=demande_id,
        collaborateur_id=qui[0],
        collaborateur_nom=qui[1],
        jour=saisie.jour,
        minutes=saisie.minutes,
        travaux=saisie.travaux,
    )
    tx.add(temps)
    await _compter(tx, demande_id, saisie.minutes)
    tx.publish(
        TempsSaisi(
            temps_id=temps.id,
            demande_id=demande_id,
            tiers_id=demande.tiers_id,
            type_code=demande.type_code,
            collaborateur_id=qui[0],
            collaborateur_nom=qui[1],
            jour=saisie.jour,
            minutes=saisie.minutes,
            travaux=saisie.travaux,
            equipement_id=demande.equipement_id,
            affaire_id=demande.affaire_id,
            contrat_id=demande.contrat_id,
            accord_id=demande.accord_id,
            cout_horaire_ht=await couts.de(tx.session, qui[0]),
        )
    )
    return temps


async def corriger(tx: Transaction, temps_id: UUID, saisie: SaisieCorrection, version: int | None) -> Temps:
    """It was not that long, that day or that work."""
    temps = await _le_sien(tx, temps_id)
    await tx.expect_version(temps, version)
    await _compter(tx, temps.demande_id, saisie.minutes - temps.minutes)
    temps.jour, temps.minutes, temps.travaux = saisie.jour, saisie.minutes, saisie.travaux
    dit = saisie.model_dump()
    tx.publish(
        TempsCorrige(temps_id=temps.id, demande_id=temps.demande_id, tiers_id=await _tiers(tx, temps.demande_id), **dit)
    )
    return temps


async def retirer(tx: Transaction, temps_id: UUID) -> None:
    """It was recorded by mistake."""
    temps = await _le_sien(tx, temps_id)
    demande = await repository.get_for_update(tx, temps.demande_id)
    if demande.temps_minutes <= temps.minutes:
        etat = (await types.par_id(tx.session, demande.type_id)).etat(demande.etat_code)
        if etat.exige_temps:
            raise DernierTemps(numero=demande.numero, etat=etat.libelle)
    await _compter(tx, demande.id, -temps.minutes)
    await tx.delete(temps)
    tx.publish(TempsRetire(temps_id=temps.id, demande_id=demande.id, tiers_id=demande.tiers_id))


async def _le_sien(tx: Transaction, temps_id: UUID) -> Temps:
    """The entry, of whoever asks, that no invoice followed."""
    temps = await tx.get(Temps, temps_id, with_for_update=True)
    if temps is None:
        raise TempsInconnu
    qui, _ = await copies.moi(tx.session, tx.actor)
    if temps.collaborateur_id != qui:
        raise TempsDUnAutre(nom=temps.collaborateur_nom)
    facture = await liens.facture_depuis(tx.session, temps.demande_id, temps.cree_le)
    if facture is not None:
        raise TempsFacture(numero=facture)
    return temps


async def _tiers(tx: Transaction, demande_id: UUID) -> UUID:
    return (await repository.get_for_update(tx, demande_id)).tiers_id


async def _compter(tx: Transaction, demande_id: UUID, minutes: int) -> None:
    total = Demande.temps_minutes + minutes
    await tx.execute(update(Demande).where(Demande.id == demande_id).values(temps_minutes=total))
