"""What facts and accounts can cause to an affaire client."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date
from decimal import Decimal
from uuid import UUID

from services.billing.affaire_client import repository, rules
from services.billing.affaire_client.models import AffaireClient, EtatAffaire, LigneAffaire
from services.billing.affaire_client.schemas import SaisieAffaire, SaisieLigne
from services.billing.copies import use_cases as copies
from services.billing.copies.models import CopieAccord
from services.billing.copies.queries import fiche_tiers
from shared.contracts.commercial import Adressage
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.inventory import FeuilleRouverte, FeuilleValidee
from shared.contracts.inventory_sav import ConsommationAnnulee, ConsommationSaisie
from shared.database.numbering import reserve_numbers
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import ZERO, contributions_ht, total_ligne_ht

MINUTES_PAR_HEURE = Decimal(60)
TEMPS_RETIRE = "Un temps de cette demande a été retiré : vérifiez les lignes."
CORRIGEE_TROP_TARD = "Feuille {numero} corrigée après la facture : comparez-les, et faites un avoir s’il le faut."


@dataclass(frozen=True, slots=True)
class Vente:
    """What a feuille delivers: the devis first signed, the VAT regime it was signed under, "" when that is the client's,
    and where its papers go.
    """

    id: UUID
    regime_tva: str = ""
    adressage: Adressage = field(default_factory=Adressage)


async def ouvrir(tx: Transaction, affaire: AffaireClient, lignes: list[LigneAffaire]) -> AffaireClient:
    """Number it, price it, announce it."""
    await ouvrir_ensemble(tx, [(affaire, lignes)])
    return affaire


async def ouvrir_ensemble(tx: Transaction, neuves: Sequence[tuple[AffaireClient, list[LigneAffaire]]]) -> None:
    """The same for many, their numbers taken at once."""
    serie = f"AC-{jour_paris(tx.now).year}"
    for numero, (affaire, lignes) in zip(await reserve_numbers(tx, serie, len(neuves)), neuves, strict=True):
        affaire.numero = f"{serie}-{numero:05d}"
        affaire.etat = EtatAffaire.A_FACTURER
        affaire.poser_lignes(lignes)
        tx.add(affaire)
        tx.publish(affaire.creer())


async def depuis_feuille(
    tx: Transaction, fait: FeuilleValidee, vente: Vente, deductions: Sequence[LigneAffaire]
) -> None:
    """The work is validated: what the devis priced becomes what will be invoiced, less the deposits already invoiced.

    Once per feuille, then corrected.
    """
    cle, empreinte = cle_feuille(fait.feuille_id), _empreinte(fait)
    lignes = [*_lignes(fait), *deductions]
    for rang, ligne in enumerate(lignes):
        ligne.position = rang
    connue = await repository.par_cle(tx, cle)
    if connue is not None:
        if connue.source_seq < _place(tx):
            connue.source_seq = _place(tx)
            connue.corriger(lignes, empreinte, CORRIGEE_TROP_TARD.format(numero=fait.numero))
        return
    affaire = AffaireClient(
        cle=cle,
        source_seq=_place(tx),
        source_lignes=empreinte,
        origine="feuille",
        tiers_id=fait.tiers_id,
        tiers_nom=fait.tiers_nom,
        objet=fait.objet,
        reference=fait.devis_numero,
        vente_id=vente.id,
        regime_tva=vente.regime_tva,
        **copies.colonnes(vente.adressage),
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
    )
    await ouvrir(tx, affaire, lignes)


async def suivre_reouverture(tx: Transaction, fait: FeuilleRouverte) -> None:
    """The feuille is being corrected: its affaire waits for it, unless it is already invoiced."""
    connue = await repository.par_cle(tx, cle_feuille(fait.feuille_id))
    if connue is not None and connue.source_seq < _place(tx):
        connue.source_seq = _place(tx)
        jour = f"{jour_paris(fait.rouverte_le):%d/%m/%Y}"
        connue.rouvrir(f"Feuille {fait.etat.numero} rouverte le {jour} par {fait.rouverte_par} : {fait.motif}")


def cle_feuille(feuille_id: UUID) -> str:
    """What an affaire client that bills this feuille is known by."""
    return f"feuille:{feuille_id}"


def _place(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope is not None else 0


def _lignes(fait: FeuilleValidee) -> list[LigneAffaire]:
    series, garanties = _series(fait), _garanties(fait)
    return [
        LigneAffaire(
            **ligne.model_dump(exclude={"ligne_id", "maintenance_souhaitee"})
            | {
                "position": rang,
                "series": series.get(ligne.ligne_id, []),
                "garantie": garanties.get(ligne.ligne_id, ""),
            }
        )
        for rang, ligne in enumerate(fait.lignes)
    ]


def _series(fait: FeuilleValidee) -> dict[UUID, list[str]]:
    """The serial numbers delivered for each line, whatever product bears them: the client has them under the eyes."""
    series: dict[UUID, list[str]] = {}
    for objet in fait.objets:
        if objet.numero_serie:
            series.setdefault(objet.ligne_id, []).append(objet.numero_serie)
    return series


def _garanties(fait: FeuilleValidee) -> dict[UUID, str]:
    """Until when what was delivered for each line is guaranteed."""
    dites: dict[UUID, dict[date, list[str]]] = {}
    for objet in fait.objets:
        if objet.garantie_jusqu_au is not None:
            numeros = dites.setdefault(objet.ligne_id, {}).setdefault(objet.garantie_jusqu_au, [])
            numeros += filter(None, [objet.numero_serie])
    return {ligne_id: rules.garantie(fins) for ligne_id, fins in dites.items()}


def _empreinte(fait: FeuilleValidee) -> str:
    """What tells whether the feuille gives other lines than before."""
    dites = [ligne.model_dump_json() for ligne in fait.lignes]
    dites += [f"{ligne_id} {numeros}" for ligne_id, numeros in (*_series(fait).items(), *_garanties(fait).items())]
    return hashlib.sha256("\n".join(dites).encode()).hexdigest()


async def depuis_temps(tx: Transaction, fait: TempsSaisi) -> None:
    """Time spent without contract is billed at the signed tariff, on one affaire per demande."""
    accord = await tx.get(CopieAccord, fait.accord_id) if fait.accord_id else None
    if accord is None:
        return
    heures = _heures(fait)
    ligne = LigneAffaire(
        temps_id=fait.temps_id,
        position=0,
        designation=_designation(fait),
        quantite=heures,
        unite="h",
        prix_ht=accord.taux_horaire_ht,
        taux_tva=Decimal(20),
        total_ht=total_ligne_ht(heures, accord.taux_horaire_ht),
        nature="service",
    )
    await _ajouter_intervention(tx, fait, fait.temps_id, ligne)


async def depuis_consommation(tx: Transaction, fait: ConsommationSaisie) -> None:
    """A part used and paid by the client joins the time spent, on the affaire of its demande."""
    if not fait.est_facturable or await repository.par_consommation(tx, fait.consommation_id) is not None:
        return
    contributions = contributions_ht(fait.quantite, fait.deee_ht, fait.copie_privee_ht)
    ligne = LigneAffaire(
        consommation_id=fait.consommation_id,
        position=0,
        designation=f"{fait.designation} ({fait.reference})"[:300],
        quantite=fait.quantite,
        unite=fait.unite,
        prix_ht=fait.prix_ht,
        prix_a_fixer=fait.prix_a_fixer,
        taux_tva=fait.taux_tva,
        deee_ht=fait.deee_ht,
        copie_privee_ht=fait.copie_privee_ht,
        total_ht=total_ligne_ht(fait.quantite, fait.prix_ht) + sum(contributions, ZERO),
        nature="bien",
        series=[fait.numero_serie] if fait.numero_serie else [],
    )
    await _ajouter_intervention(tx, fait, fait.consommation_id, ligne)


async def retirer_consommation(tx: Transaction, fait: ConsommationAnnulee) -> None:
    """A part not used after all leaves what is to invoice; accounts are told when it is invoiced, or was changed."""
    affaire = await repository.par_consommation(tx, fait.consommation_id)
    if affaire is None or affaire.etat is not EtatAffaire.A_FACTURER:
        connue = affaire or await repository.par_cle(tx, f"sav:{fait.demande_id}")
        if connue is not None and fait.est_facturable:
            connue.correction = f"« {fait.designation} » n’a pas été utilisé : vérifiez les lignes."[:500]
        return
    _poser(affaire, [ligne for ligne in affaire.lignes if ligne.consommation_id != fait.consommation_id])


async def suivre_temps(tx: Transaction, fait: TempsCorrige | TempsRetire) -> None:
    """Time corrected or removed: its line follows; accounts are told when they changed it, or invoiced it meanwhile."""
    affaire = await repository.par_temps(tx, fait.temps_id)
    if affaire is None or affaire.etat is not EtatAffaire.A_FACTURER:
        connue = affaire or await repository.par_cle(tx, f"sav:{fait.demande_id}")
        if connue is not None:
            connue.correction = TEMPS_RETIRE if isinstance(fait, TempsRetire) else _temps_corrige(fait)
        return
    autres = [ligne for ligne in affaire.lignes if ligne.temps_id != fait.temps_id]
    if isinstance(fait, TempsCorrige):
        (ligne,) = (ligne for ligne in affaire.lignes if ligne.temps_id == fait.temps_id)
        ligne.designation, ligne.quantite = _designation(fait), _heures(fait)
        ligne.total_ht = total_ligne_ht(ligne.quantite, ligne.prix_ht)
        autres = list(affaire.lignes)
    _poser(affaire, autres)


def _poser(affaire: AffaireClient, lignes: list[LigneAffaire]) -> None:
    affaire.poser_lignes(lignes)
    if not lignes:
        affaire.etat = EtatAffaire.ANNULEE  # nothing is left to invoice; new work opens another


def _heures(fait: TempsSaisi | TempsCorrige) -> Decimal:
    return (Decimal(fait.minutes) / MINUTES_PAR_HEURE).quantize(Decimal("0.001"))


def _designation(fait: TempsSaisi | TempsCorrige) -> str:
    return f"Intervention du {fait.jour:%d/%m/%Y} : {fait.travaux}"[:300]


def _temps_corrige(fait: TempsCorrige) -> str:
    return f"Temps corrigé : {_designation(fait)}, {fait.minutes} min. Vérifiez sa ligne."[:500]


async def _ajouter_intervention(
    tx: Transaction, fait: TempsSaisi | ConsommationSaisie, source_id: UUID, ligne: LigneAffaire
) -> None:
    cle = f"sav:{fait.demande_id}"
    affaire = await repository.par_cle(tx, cle)
    if affaire is not None and affaire.etat is not EtatAffaire.A_FACTURER:
        cle = f"sav:{fait.demande_id}:{source_id}"  # the first one is invoiced: later work opens another
        affaire = await repository.par_cle(tx, cle)
    if affaire is not None:
        ligne.position = len(affaire.lignes)
        affaire.poser_lignes([*affaire.lignes, ligne])
        return
    fiche = await fiche_tiers(tx, fait.tiers_id)
    neuve = AffaireClient(
        cle=cle,
        origine="sav",
        tiers_id=fait.tiers_id,
        tiers_nom=fiche.nom if fiche else "Client",
        objet="Intervention",
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
    )
    await ouvrir(tx, neuve, [ligne])


async def modifier(tx: Transaction, affaire_id: UUID, saisie: SaisieAffaire, version: int | None) -> AffaireClient:
    """Accounts check and correct before issuing; each change is traced."""
    affaire = await repository.get_for_update(tx, affaire_id)
    affaire.refuser_si_close()
    await tx.expect_version(affaire, version)
    affaire.objet, affaire.reference = saisie.objet, saisie.reference
    affaire.imprime_series = saisie.imprime_series
    affaire.poser_lignes(
        [
            LigneAffaire(
                **{**ligne.model_dump(), "prix_a_fixer": ligne.prix_a_fixer and ligne.prix_ht == ZERO},
                position=rang,
                total_ht=_total_ht(ligne),
            )
            for rang, ligne in enumerate(saisie.lignes)
        ]
    )
    return affaire


def _total_ht(ligne: SaisieLigne) -> Decimal:
    contributions = contributions_ht(ligne.quantite, ligne.deee_ht, ligne.copie_privee_ht)
    return total_ligne_ht(ligne.quantite, ligne.prix_ht, ligne.remise) + sum(contributions, ZERO)
