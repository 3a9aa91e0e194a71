"""Work on one object: its values, its ticks, its label, its visibility; the feuille it is on follows at once."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import PurePath
from typing import Any
from uuid import UUID

from services.inventory.atelier.rules import Coffre, a_reprendre
from services.inventory.atelier.schemas import SaisiePreparation
from services.inventory.errors import (
    ActionInconnue,
    HistoriqueInconnu,
    JumeauInconnu,
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
from services.inventory.historique.rules import PARTIS, UN
from services.inventory.type_produit.rules import MASQUE, Action, Champ, ecrire, lire_valeurs
from shared.contracts.inventory import HistoriqueConfigure, ObjetPrepare
from shared.database.transaction import Transaction
from shared.fichiers.noms import nom_propre
from shared.fichiers.reception import Fichier
from shared.fichiers_joints.use_cases import joindre


async def configurer(tx: Transaction, historique_id: UUID, saisie: Mapping[str, Any], coffre: Coffre) -> None:
    """Save some values of the form, as far as the technician got; each keeps its author and date."""
    objet, chantier = await _ouvrir(tx, historique_id)
    await _configurer(tx, objet, saisie, coffre)
    _conclure(tx, objet, chantier)


async def _configurer(tx: Transaction, objet: Historique, saisie: Mapping[str, Any], coffre: Coffre) -> None:
    if objet.quantite != UN:
        raise ObjetNonUnitaire(objet=objet.libelle)
    formulaire = _formulaire(objet)
    lues = lire_valeurs(tuple(formulaire.values()), saisie)
    etait_complete = not objet.preparation.champs_manquants
    changees = {cle: valeur for cle, valeur in lues.items() if _remplace(tx, objet, cle, valeur, coffre)}
    await tx.flush()  # the past values first: one current value per field
    for cle, valeur in changees.items():
        objet.valeurs.append(_valeur(tx, formulaire[cle], valeur, coffre))
    if changees:
        tx.publish(
            HistoriqueConfigure(
                historique_id=objet.id,
                valeurs={c: ecrire(formulaire[c], v) for c, v in changees.items() if not formulaire[c].secret},
                est_complete=not objet.preparation.champs_manquants,
                etait_complete=etait_complete,
                demande_id=objet.demande_id,
                libelles={cle: champ.titre for cle, champ in formulaire.items() if not champ.secret},
            )
        )


async def cocher(tx: Transaction, historique_id: UUID, cle: str, *, est_faite: bool) -> None:
    """Tick a workshop operation with who and when, once its photo is there if it asks for one; or take the tick back."""
    objet, chantier = await _ouvrir(tx, historique_id)
    await _cocher(tx, objet, cle, est_faite=est_faite)
    _conclure(tx, objet, chantier)


async def _cocher(tx: Transaction, objet: Historique, cle: str, *, est_faite: bool) -> None:
    operation = _operation(objet, cle)
    cochee = next((a for a in objet.actions if a.cle == cle), None)
    if est_faite and cochee is None:
        if operation.photo == "requise" and not await photos.photos_presentes(tx, objet.id, cle):
            raise PhotoManquante(operation=operation.libelle)
        objet.actions.append(ActionRealisee.faite(cle, operation.libelle, tx.actor, tx.now))
    elif not est_faite and cochee is not None:
        objet.actions.remove(cochee)


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
    await _noter_serie(tx, objet, numero_serie)
    _conclure(tx, objet, chantier)


async def _noter_serie(tx: Transaction, objet: Historique, numero_serie: str) -> None:
    if objet.quantite != UN:
        raise ObjetNonUnitaire(objet=objet.libelle)
    if numero_serie:
        await historiques.exiger_series_libres(tx, objet.produit_id, [numero_serie], sauf=objet.id)
    objet.numero_serie = numero_serie or None
    tx.publish(objet.situer())


async def preparer(tx: Transaction, historique_id: UUID, saisie: SaisiePreparation, coffre: Coffre) -> None:
    """Save the whole configuration window, or nothing of it when something is refused."""
    objet, chantier = await _ouvrir(tx, historique_id)
    if saisie.numero_serie is not None and saisie.numero_serie != (objet.numero_serie or ""):
        await _noter_serie(tx, objet, saisie.numero_serie)
    if saisie.est_visible_parc is not None and saisie.est_visible_parc != objet.visible_parc:
        objet.est_visible_parc = saisie.est_visible_parc
    valeurs = dict(saisie.valeurs)
    if saisie.repris_de is not None:
        valeurs |= _secrets_repris(objet, _jumeau(objet, chantier, saisie.repris_de), valeurs, coffre)
    if valeurs:
        await _configurer(tx, objet, valeurs, coffre)
    cochees = {a.cle for a in objet.actions}
    for cle, est_faite in saisie.actions.items():
        if est_faite != (cle in cochees):
            await _cocher(tx, objet, cle, est_faite=est_faite)
    if saisie.code_etiquette:
        await etiquettes.poser(tx, objet, saisie.code_etiquette)
    _conclure(tx, objet, chantier)


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
        if objet.etat in PARTIS:
            raise ObjetSorti(objet=objet.libelle)
        return objet, None
    chantier = await feuilles.get_for_update(tx, feuille_id)
    trouve = next((o for o in chantier.objets if o.id == historique_id), None)
    if trouve is None:
        raise HistoriqueInconnu
    chantier.feuille.exiger_modifiable()
    return trouve, chantier


def _formulaire(objet: Historique) -> dict[str, Champ]:
    return {c.cle: c for c in (objet.produit.type.formulaire if objet.produit.type is not None else ())}


def _jumeau(objet: Historique, chantier: Chantier | None, jumeau_id: UUID) -> Historique:
    """An object of the same type on the same feuille; JumeauInconnu."""
    freres = chantier.objets if chantier is not None else []
    jumeau = next((o for o in freres if o.id == jumeau_id and o.produit.type_id == objet.produit.type_id), None)
    if jumeau is None:
        raise JumeauInconnu
    return jumeau


def _secrets_repris(
    objet: Historique, jumeau: Historique, saisies: Mapping[str, Any], coffre: Coffre
) -> dict[str, str]:
    """The shared secrets of the twin that the window showed masked and that the object does not hold."""
    tenus = {v.cle: v.chiffre for v in jumeau.actuelles if v.chiffre is not None}
    remplis = [v.cle for v in objet.actuelles if v.est_remplie]
    cles = a_reprendre(_formulaire(objet).values(), remplis, tenus)
    return {cle: coffre.ouvrir(tenus[cle]) for cle in cles if saisies.get(cle) == MASQUE}


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
    """Recount, and tell whoever looks at the feuille or at the object."""
    objet.constater()
    tx.touch(objet)
    if chantier is not None:
        chantier.constater(tx)
    tx.publish(
        ObjetPrepare(
            historique_id=objet.id,
            est_pret=objet.est_pret,
            etapes_faites=objet.etapes_faites,
            etapes_total=objet.etapes_total,
            feuille_id=objet.feuille_id,
            demande_id=objet.demande_id,
        )
    )
