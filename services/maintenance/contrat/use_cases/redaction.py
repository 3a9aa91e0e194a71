"""Writing a contract: by hand, from the parc, or proposed by a validated preparation sheet."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from uuid import UUID

from services.maintenance.contrat import repository, rules
from services.maintenance.contrat.models import Contrat, LigneContrat
from services.maintenance.contrat.rules import EtatContrat
from services.maintenance.contrat.schemas import SaisieContrat, SaisieDepuisParc, SaisieLigne
from services.maintenance.contrat.use_cases.annonce import annoncer, programmer
from services.maintenance.copies import queries as copies
from services.maintenance.equipement import repository as equipements
from services.maintenance.equipement.models import Equipement
from services.maintenance.errors import ContratDAutrui
from shared.contracts.inventory import FeuilleValidee, LigneRealisee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO

SIMPLES = ("objet", "debut", "fin", "periodicite_mois", "est_a_echoir", "visites_par_an", "premiere_visite_le")


async def creer(tx: Transaction, saisie: SaisieContrat) -> Contrat:
    """A contract as a draft."""
    nom = await copies.nom_tiers(tx.session, saisie.tiers_id)
    contrat = Contrat(
        tiers_id=saisie.tiers_id, tiers_nom=nom, etat=EtatContrat.BROUILLON, est_couvrant=False, lignes=[]
    )
    contrat.demande_id, contrat.affaire_id = saisie.demande_id, saisie.affaire_id
    await _remplir(tx, contrat, saisie)
    return await _ouvrir(tx, contrat)


async def modifier(tx: Transaction, contrat_id: UUID, saisie: SaisieContrat, version: int | None) -> Contrat:
    """Change a draft or a contract in force; its coverage, invoices and visits to come follow."""
    contrat = await repository.get_for_update(tx, contrat_id)
    await tx.expect_version(contrat, version)
    rules.verifier_modifiable(contrat.etat, contrat.numero)
    if saisie.tiers_id != contrat.tiers_id:
        raise ContratDAutrui(numero=contrat.numero)
    await _remplir(tx, contrat, saisie)
    return await _enregistrer(tx, contrat)


async def depuis_parc(tx: Transaction, saisie: SaisieDepuisParc) -> Contrat:
    """Lines for the objects selected in a parc: one for the set or one each, on a new or an existing contract."""
    choisis = await equipements.du_client(tx, saisie.tiers_id, saisie.equipement_ids)
    if saisie.contrat_id is None:
        contrat = await _nouveau(tx, saisie)
    else:
        contrat = await repository.get_for_update(tx, saisie.contrat_id)
        if contrat.tiers_id != saisie.tiers_id:
            raise ContratDAutrui(numero=contrat.numero)
        rules.verifier_modifiable(contrat.etat, contrat.numero)
    ordre = {id_: rang for rang, id_ in enumerate(saisie.equipement_ids)}
    _ajouter(contrat, _lignes(saisie, sorted(choisis, key=lambda e: ordre[e.id])))
    return await (_ouvrir(tx, contrat) if saisie.contrat_id is None else _enregistrer(tx, contrat))


async def proposer(tx: Transaction, fait: FeuilleValidee, installes: Mapping[str, Sequence[Equipement]]) -> None:
    """Lines sold with maintenance become lines of a draft: the client's open one, else a new one (MA-09)."""
    a_maintenir = {o.ligne_id for o in fait.objets if o.maintenance_souhaitee}
    voulues = [ligne for ligne in fait.lignes if ligne.maintenance_souhaitee or ligne.ligne_id in a_maintenir]
    deja = await repository.lignes_connues(tx, [ligne.ligne_id for ligne in voulues])
    nouvelles = [
        _ligne_vendue(ligne, installes.get(str(ligne.ligne_id), ())) for ligne in voulues if ligne.ligne_id not in deja
    ]
    if not nouvelles:
        return
    contrat = await repository.brouillon_ouvert(tx, fait.tiers_id)
    if contrat is not None:
        _ajouter(contrat, nouvelles)
        await _enregistrer(tx, contrat)
        return
    contrat = _proposition(fait)
    _ajouter(contrat, nouvelles)
    await _ouvrir(tx, contrat)


def _proposition(fait: FeuilleValidee) -> Contrat:
    """A draft with the usual terms: yearly, in advance, one visit a year."""
    return Contrat(
        tiers_id=fait.tiers_id,
        tiers_nom=fait.tiers_nom,
        objet=f"Maintenance – {fait.objet}",
        etat=EtatContrat.BROUILLON,
        debut=jour_paris(fait.valide_le),
        periodicite_mois=12,
        est_a_echoir=True,
        visites_par_an=1,
        est_couvrant=False,
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
        lignes=[],
    )


async def _nouveau(tx: Transaction, saisie: SaisieDepuisParc) -> Contrat:
    nom = await copies.nom_tiers(tx.session, saisie.tiers_id)
    return Contrat(
        tiers_id=saisie.tiers_id,
        tiers_nom=nom,
        objet=saisie.objet or f"Maintenance – {nom}",
        etat=EtatContrat.BROUILLON,
        debut=saisie.debut or jour_paris(tx.now),
        periodicite_mois=12,
        est_a_echoir=True,
        visites_par_an=1,
        est_couvrant=False,
        lignes=[],
    )


def _lignes(saisie: SaisieDepuisParc, choisis: Sequence[Equipement]) -> list[LigneContrat]:
    if saisie.repartition == "ensemble":
        designation = saisie.designation or f"Maintenance de {len(choisis)} équipements"
        return [_ligne(designation, saisie.montant_ht, saisie.taux_tva, [e.id for e in choisis])]
    return [
        _ligne(_nommer(saisie.designation or "Maintenance", e), saisie.montant_ht, saisie.taux_tva, [e.id])
        for e in choisis
    ]


def _nommer(debut: str, equipement: Equipement) -> str:
    serie = f" ({equipement.numero_serie})" if equipement.numero_serie else ""
    return f"{debut} – {equipement.designation}{serie}"


def _ligne_vendue(ligne: LigneRealisee, installes: Sequence[Equipement]) -> LigneContrat:
    vendue = _ligne(f"Maintenance – {ligne.designation}", ZERO, ligne.taux_tva, [e.id for e in installes])
    vendue.ligne_devis_id = ligne.ligne_id
    return vendue


def _ligne(designation: str, montant_ht: Decimal, taux_tva: Decimal, ids: list[UUID]) -> LigneContrat:
    return LigneContrat(designation=designation, montant_ht=montant_ht, taux_tva=taux_tva, equipement_ids=ids)


def _ajouter(contrat: Contrat, lignes: Sequence[LigneContrat]) -> None:
    for rang, ligne in enumerate(lignes, len(contrat.lignes)):
        ligne.rang = rang
        contrat.lignes.append(ligne)


async def _remplir(tx: Transaction, contrat: Contrat, saisie: SaisieContrat) -> None:
    rules.verifier_dates(saisie.debut, saisie.fin)
    await equipements.du_client(tx, saisie.tiers_id, {e for ligne in saisie.lignes for e in ligne.equipement_ids})
    for champ in SIMPLES:
        setattr(contrat, champ, getattr(saisie, champ))
    connues = {ligne.id: ligne for ligne in contrat.lignes}
    contrat.lignes = [_reprendre(connues, rang, saisie_ligne) for rang, saisie_ligne in enumerate(saisie.lignes)]


def _reprendre(connues: Mapping[UUID, LigneContrat], rang: int, saisie: SaisieLigne) -> LigneContrat:
    """The same line when its id is given back, else a new one."""
    ligne = (connues.get(saisie.id) if saisie.id else None) or LigneContrat()
    ligne.rang, ligne.designation = rang, saisie.designation
    ligne.montant_ht, ligne.taux_tva = saisie.montant_ht, saisie.taux_tva
    ligne.equipement_ids = list(dict.fromkeys(saisie.equipement_ids))
    return ligne


async def _ouvrir(tx: Transaction, contrat: Contrat) -> Contrat:
    """Number it, keep it, tell it."""
    annee = jour_paris(tx.now).year
    contrat.numero = f"CT-{annee}-{await next_number(tx, f'CT-{annee}'):05d}"
    fait = contrat.annoncer()
    tx.add(contrat)
    tx.publish(fait)
    return contrat


async def _enregistrer(tx: Transaction, contrat: Contrat) -> Contrat:
    """A child changed in place moves the version too; a contract in force moves its visits and coverage."""
    tx.touch(contrat)
    if contrat.etat is EtatContrat.ACTIF:
        await programmer(tx, contrat)
    await annoncer(tx, contrat)
    return contrat
