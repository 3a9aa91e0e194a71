"""What facts and accounts can cause to an affaire client."""

import hashlib
from decimal import Decimal
from uuid import UUID

from services.billing.affaire_client import repository
from services.billing.affaire_client.models import AffaireClient, EtatAffaire, LigneAffaire
from services.billing.affaire_client.schemas import SaisieAffaire
from services.billing.copies.models import CopieAccord
from services.billing.copies.queries import fiche_tiers
from shared.contracts.demandes import TempsCorrige, TempsRetire, TempsSaisi
from shared.contracts.inventory import FeuilleRouverte, FeuilleValidee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris
from shared.kernel.money import total_ligne_ht

MINUTES_PAR_HEURE = Decimal(60)
TEMPS_RETIRE = "Un temps de cette demande a été retiré : vérifiez les lignes."
CORRIGEE_TROP_TARD = "Feuille {numero} corrigée après la facture : comparez-les, et faites un avoir s’il le faut."


async def ouvrir(tx: Transaction, affaire: AffaireClient, lignes: list[LigneAffaire]) -> AffaireClient:
    """Number it, price it, announce it."""
    affaire.numero = f"AC-{jour_paris(tx.now).year}-{await next_number(tx, f'AC-{jour_paris(tx.now).year}'):05d}"
    affaire.etat = EtatAffaire.A_FACTURER
    affaire.poser_lignes(lignes)
    tx.add(affaire)
    tx.publish(affaire.creer())
    return affaire


async def depuis_feuille(tx: Transaction, fait: FeuilleValidee) -> None:
    """The work is validated: what the devis priced becomes what will be invoiced. Once per feuille, then corrected."""
    cle, lignes, empreinte = _cle(fait.feuille_id), _lignes(fait), _empreinte(fait)
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
        demande_id=fait.demande_id,
        affaire_id=fait.affaire_id,
    )
    await ouvrir(tx, affaire, lignes)


async def suivre_reouverture(tx: Transaction, fait: FeuilleRouverte) -> None:
    """The feuille is being corrected: its affaire waits for it, unless it is already invoiced."""
    connue = await repository.par_cle(tx, _cle(fait.feuille_id))
    if connue is not None and connue.source_seq < _place(tx):
        connue.source_seq = _place(tx)
        jour = f"{jour_paris(fait.rouverte_le):%d/%m/%Y}"
        connue.rouvrir(f"Feuille {fait.etat.numero} rouverte le {jour} par {fait.rouverte_par} : {fait.motif}")


def _cle(feuille_id: UUID) -> str:
    return f"feuille:{feuille_id}"


def _place(tx: Transaction) -> int:
    return tx.envelope.seq if tx.envelope is not None else 0


def _lignes(fait: FeuilleValidee) -> list[LigneAffaire]:
    return [
        LigneAffaire(**ligne.model_dump(exclude={"ligne_id", "maintenance_souhaitee"}) | {"position": rang})
        for rang, ligne in enumerate(fait.lignes)
    ]


def _empreinte(fait: FeuilleValidee) -> str:
    """What tells whether the feuille gives other lines than before."""
    return hashlib.sha256("\n".join(ligne.model_dump_json() for ligne in fait.lignes).encode()).hexdigest()


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
    await _ajouter_intervention(tx, fait, ligne)


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
    affaire.poser_lignes(autres)
    if not autres:
        affaire.etat = EtatAffaire.ANNULEE  # nothing is left to invoice; new time opens another


def _heures(fait: TempsSaisi | TempsCorrige) -> Decimal:
    return (Decimal(fait.minutes) / MINUTES_PAR_HEURE).quantize(Decimal("0.001"))


def _designation(fait: TempsSaisi | TempsCorrige) -> str:
    return f"Intervention du {fait.jour:%d/%m/%Y} : {fait.travaux}"[:300]


def _temps_corrige(fait: TempsCorrige) -> str:
    return f"Temps corrigé : {_designation(fait)}, {fait.minutes} min. Vérifiez sa ligne."[:500]


async def _ajouter_intervention(tx: Transaction, fait: TempsSaisi, ligne: LigneAffaire) -> None:
    cle = f"sav:{fait.demande_id}"
    affaire = await repository.par_cle(tx, cle)
    if affaire is not None and affaire.etat is not EtatAffaire.A_FACTURER:
        cle = f"sav:{fait.demande_id}:{fait.temps_id}"  # the first one is invoiced: later time opens another
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
        objet="Intervention hors contrat",
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
    affaire.poser_lignes(
        [
            LigneAffaire(
                **ligne.model_dump(),
                position=rang,
                total_ht=total_ligne_ht(ligne.quantite, ligne.prix_ht, ligne.remise),
            )
            for rang, ligne in enumerate(saisie.lignes)
        ]
    )
    return affaire
