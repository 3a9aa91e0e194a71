"""Work on one object: its values, its ticks, its label, its visibility; the feuille it is on follows at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from services.inventory.atelier.rules import Coffre
from services.inventory.atelier.schemas import SaisiePreparation
from services.inventory.errors import (
    ActionInconnue,
    HistoriqueInconnu,
    ObjetNonUnitaire,
    ObjetSorti,
    PhotoManquante,
    SecretAbsent,
)
from services.inventory.etiquette import use_cases as etiquettes
from services.inventory.etiquette.models import Etiquette, LotEtiquettes
from services.inventory.etiquette.schemas import SaisieLot
from services.inventory.feuille import repository as feuilles
from services.inventory.feuille.repository import Chantier
from services.inventory.fichier import repository as photos
from services.inventory.fichier.models import FichierHistorique
from services.inventory.fichier.use_cases import annoncer
from services.inventory.historique import repository as historiques
from services.inventory.historique.models import ActionRealisee, ConsultationSecret, Historique, ValeurConfiguration
from services.inventory.historique.rules import UN, EtatHistorique
from services.inventory.type_produit.rules import Action, Champ, lire_valeurs
from shared.contracts.inventory import HistoriqueConfigure
from shared.database.transaction import Transaction
from shared.fichiers.noms import nom_propre
from shared.fichiers.reception import Fichier
from shared.fichiers_joints.use_cases import joindre


async def configurer(tx: Transaction, historique_id: UUID, saisie: Mapping[str, Any], coffre: Coffre) -> None:
    """Save some values of the form, as far as the technician got; each keeps its author and date."""
    objet, chantier = await _ouvrir(tx, historique_id)
    if objet.quantite != UN:
        raise ObjetNonUnitaire(objet=objet.libelle)
    formulaire = {c.cle: c for c in (objet.produit.type.formulaire if objet.produit.type is not None else ())}
    lues = lire_valeurs(tuple(formulaire.values()), saisie)
    changees = {cle: valeur for cle, valeur in lues.items() if _remplace(tx, objet, cle, valeur, coffre)}
    await tx.flush()  # the past values first: one current value per field
    for cle, valeur in changees.items():
        objet.valeurs.append(_valeur(tx, formulaire[cle], valeur, coffre))
    _conclure(tx, objet, chantier)
    if changees:
        tx.publish(
            HistoriqueConfigure(
                historique_id=objet.id,
                valeurs={cle: valeur for cle, valeur in changees.items() if not formulaire[cle].secret},
                est_complete=not objet.preparation.champs_manquants,
                demande_id=objet.demande_id,
                libelles={cle: champ.libelle for cle, champ in formulaire.items() if not champ.secret},
            )
        )


async def cocher(tx: Transaction, historique_id: UUID, cle: str, *, est_faite: bool) -> None:
    """Tick a workshop operation with who and when, once its photo is there if it asks for one; or take the tick back."""
    objet, chantier = await _ouvrir(tx, historique_id)
    operation = _operation(objet, cle)
    cochee = next((a for a in objet.actions if a.cle == cle), None)
    if est_faite and cochee is None:
        if operation.photo == "requise" and not await photos.photos_presentes(tx, objet.id, cle):
            raise PhotoManquante(operation=operation.libelle)
        objet.actions.append(ActionRealisee.faite(cle, operation.libelle, tx.actor, tx.now))
    elif not est_faite and cochee is not None:
        objet.actions.remove(cochee)
    _conclure(tx, objet, chantier)


async def photographier(tx: Transaction, historique_id: UUID, cle: str, fichier_id: UUID, pose: Fichier) -> None:
    """A photo of an operation, kept with the object under the name of what it shows. Sent again, it is the same one."""
    objet, _ = await _ouvrir(tx, historique_id)
    operation = _operation(objet, cle)
    prises = await photos.photos_prises(tx, objet.id, cle)
    nom = f"{operation.libelle}{f' {prises + 1}' if prises else ''}{PurePath(pose.nom).suffix}"
    fichier = await joindre(tx, FichierHistorique, objet.id, fichier_id, replace(pose, nom=nom_propre(nom)))
    if isinstance(fichier, FichierHistorique) and fichier.operation is None:
        fichier.operation = cle
        tx.touch(objet)
        await annoncer(tx, fichier, operation.libelle)


async def etiqueter(tx: Transaction, historique_id: UUID, code: str) -> None:
    """Bind a scanned or typed label."""
    objet, chantier = await _ouvrir(tx, historique_id)
    await etiquettes.poser(tx, objet, code)
    _conclure(tx, objet, chantier)


async def choisir_visibilite(tx: Transaction, historique_id: UUID, est_visible: bool | None) -> None:
    """Whether the object will enter the client's parc."""
    objet, chantier = await _ouvrir(tx, historique_id)
    objet.est_visible_parc = est_visible
    _conclure(tx, objet, chantier)


async def noter_serie(tx: Transaction, historique_id: UUID, numero_serie: str) -> None:
    """The serial number read on an object received without."""
    objet, chantier = await _ouvrir(tx, historique_id)
    if objet.quantite != UN:
        raise ObjetNonUnitaire(objet=objet.libelle)
    if numero_serie:
        await historiques.exiger_series_libres(tx, objet.produit_id, [numero_serie], sauf=objet.id)
    objet.numero_serie = numero_serie or None
    tx.publish(objet.situer())
    _conclure(tx, objet, chantier)


async def preparer(tx: Transaction, historique_id: UUID, saisie: SaisiePreparation, coffre: Coffre) -> None:
    """Save the whole configuration window, or nothing of it when something is refused."""
    objet, chantier = await _ouvrir(tx, historique_id)
    if saisie.numero_serie is not None and saisie.numero_serie != (objet.numero_serie or ""):
        await noter_serie(tx, historique_id, saisie.numero_serie)
    if saisie.est_visible_parc is not None and saisie.est_visible_parc != objet.visible_parc:
        objet.est_visible_parc = saisie.est_visible_parc
        _conclure(tx, objet, chantier)
    if saisie.valeurs:
        await configurer(tx, historique_id, saisie.valeurs, coffre)
    cochees = {a.cle for a in objet.actions}
    for cle, est_faite in saisie.actions.items():
        if est_faite != (cle in cochees):
            await cocher(tx, historique_id, cle, est_faite=est_faite)
    if saisie.code_etiquette:
        await etiqueter(tx, historique_id, saisie.code_etiquette)


async def reveler(tx: Transaction, historique_id: UUID, cle: str, coffre: Coffre) -> str:
    """A secret in clear; who read it and when is recorded in the same transaction."""
    objet = await historiques.get_for_update(tx, historique_id)
    valeur = next((v for v in objet.actuelles if v.cle == cle), None)
    if valeur is None or valeur.chiffre is None:
        raise SecretAbsent
    tx.add(ConsultationSecret(historique_id=objet.id, cle=cle, par=tx.actor.id, par_nom=tx.actor.nom, le=tx.now))
    return coffre.ouvrir(valeur.chiffre)


async def generer_etiquettes(tx: Transaction, saisie: SaisieLot) -> tuple[LotEtiquettes, list[Etiquette]]:
    """A batch of codes to print; those asked for objects are bound to them at once."""
    ids = await historiques.sans_etiquette(tx, saisie.historique_ids)
    lot, codes = await etiquettes.generer(tx, max(saisie.nombre + len(ids), 1))
    await tx.flush()
    for historique_id, etiquette in zip(ids, codes, strict=False):
        objet, chantier = await _ouvrir(tx, historique_id)
        etiquettes.lier(tx, etiquette, objet)
        _conclure(tx, objet, chantier)
    return lot, codes


async def _ouvrir(tx: Transaction, historique_id: UUID) -> tuple[Historique, Chantier | None]:
    """The object with the feuille it is on, both locked; refused once it left us or its feuille is validated."""
    _, feuille_id = await historiques.situer(tx, historique_id)
    if feuille_id is None:
        objet = await historiques.get_for_update(tx, historique_id)
        if objet.etat in (EtatHistorique.INSTALLE, EtatHistorique.SORTI):
            raise ObjetSorti(objet=objet.libelle)
        return objet, None
    chantier = await feuilles.get_for_update(tx, feuille_id)
    trouve = next((o for o in chantier.objets if o.id == historique_id), None)
    if trouve is None:
        raise HistoriqueInconnu
    chantier.feuille.exiger_modifiable()
    return trouve, chantier


def _operation(objet: Historique, cle: str) -> Action:
    operation = next((a for a in objet.produit.operations if a.cle == cle), None)
    if operation is None:
        raise ActionInconnue(objet=objet.libelle)
    return operation


def _remplace(tx: Transaction, objet: Historique, cle: str, valeur: str | bool | None, coffre: Coffre) -> bool:
    """Whether the value differs from the current one, which then becomes a past one."""
    actuelle = next((v for v in objet.actuelles if v.cle == cle), None)
    if actuelle is None:
        return valeur is not None
    if _contenu(actuelle, coffre) == valeur:
        return False
    actuelle.remplacee_le = tx.now
    return True


def _valeur(tx: Transaction, champ: Champ, valeur: str | bool | None, coffre: Coffre) -> ValeurConfiguration:
    return ValeurConfiguration(
        cle=champ.cle,
        valeur=None if champ.secret or valeur is None else {"v": valeur},
        chiffre=coffre.chiffrer(str(valeur)) if champ.secret and valeur is not None else None,
        par=tx.actor.id,
        par_nom=tx.actor.nom,
        le=tx.now,
    )


def _contenu(valeur: ValeurConfiguration, coffre: Coffre) -> Any:
    return valeur.contenu if valeur.chiffre is None else coffre.ouvrir(valeur.chiffre)


def _conclure(tx: Transaction, objet: Historique, chantier: Chantier | None) -> None:
    objet.constater()
    tx.touch(objet)
    if chantier is not None:
        chantier.constater(tx)
