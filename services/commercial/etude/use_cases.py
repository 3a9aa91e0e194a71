"""What staff can cause to an etude, and the propositions it gains."""

from uuid import UUID

from sqlalchemy import func, select

from services.commercial.affaire.models import Affaire
from services.commercial.affaire.rules import EtatAffaire
from services.commercial.copies import queries as copies
from services.commercial.copies.models import CopieCollaborateur, CopieDemande
from services.commercial.errors import (
    AffaireInconnue,
    AffaireModele,
    AutreDevisDejaValide,
    AvenantSansDevisSigne,
    DemandeInconnue,
    PropositionInconnue,
    RienAReprendre,
)
from services.commercial.etude import repository
from services.commercial.etude.models import Etude
from services.commercial.etude.schemas import RetoucheEtude, SaisieEtude
from services.commercial.proposition import repository as propositions
from services.commercial.proposition.models.proposition import Proposition
from services.commercial.proposition.rules.statuts import MODIFIABLES, Statut
from services.commercial.proposition.use_cases import edition
from shared.contracts.commercial import AffaireModifiee
from shared.database.numbering import next_number
from shared.database.transaction import Transaction
from shared.kernel.clock import jour_paris

ADRESSAGE = ("tiers_secondaire_id", "adresse_code", "adresse_du_client")
HERITES = (
    *("objet", "tiers_id", "tiers_nom", "demande_id", "demande_numero", "affaire_id", "agence_id", "commercial_id"),
    "est_hors_etablissement",
)
COPIES = (
    *("objet", "introduction", "conditions", "acompte_pourcent", "livraison_souhaitee", "regime_tva"),
    *ADRESSAGE,
)
REPRIS = ("objet", "conditions", "acompte_pourcent", "convention_marge", "commercial_id", "regime_tva", *ADRESSAGE)


async def creer(tx: Transaction, saisie: SaisieEtude) -> Etude:
    """An etude for a demande, with its first proposition ready to be written."""
    etude = await _ouvrir(tx, saisie)
    await _nouvelle(tx, etude, rang=1)
    return etude


async def reprendre(tx: Transaction, proposition_id: UUID) -> Proposition:
    """A proposition put aside because another was signed begins a new etude of the same demande: a draft, with its lines."""
    source = await propositions.get_for_update(tx, proposition_id)
    if source.statut is not Statut.NON_RETENU or not await propositions.numero_signe(tx.session, source.etude_id):
        raise RienAReprendre(numero=source.numero)
    origine = await repository.get_for_update(tx, source.etude_id)
    saisie = SaisieEtude(
        demande_id=origine.demande_id,
        objet=source.objet,
        affaire_id=origine.affaire_id,
        commercial_id=origine.commercial_id,
    )
    etude = await _ouvrir(tx, saisie)
    return await _nouvelle(
        tx,
        etude,
        rang=1,
        lignes=edition.copier(source.lignes),
        convention_marge=source.convention_marge,
        libelle=source.libelle,
        **{champ: getattr(source, champ) for champ in COPIES},
    )


async def _ouvrir(tx: Transaction, saisie: SaisieEtude) -> Etude:
    """A numbered etude without proposition yet."""
    demande = await tx.get(CopieDemande, saisie.demande_id)
    if demande is None:
        raise DemandeInconnue
    affaire_id = saisie.affaire_id or demande.affaire_id
    await _verifier_affaire(tx, affaire_id)
    etude = Etude(
        objet=saisie.objet or demande.objet,
        demande_id=demande.demande_id,
        demande_numero=demande.numero,
        tiers_id=demande.tiers_id,
        tiers_nom=demande.tiers_nom,
        affaire_id=affaire_id,
        agence_id=demande.agence_id or tx.actor.agence_id,
        commercial_id=saisie.commercial_id or demande.responsable_id or await _collaborateur(tx),
    )
    annee = jour_paris(tx.now).year
    etude.numero = f"ET-{annee}-{await next_number(tx, f'ET-{annee}'):05d}"
    tx.add(etude)
    tx.publish(etude.creer())
    await tx.flush()
    return etude


async def modifier(tx: Transaction, etude_id: UUID, retouche: RetoucheEtude, version: int | None) -> Etude:
    """Object, person in charge, notes."""
    etude = await repository.get_for_update(tx, etude_id)
    await tx.expect_version(etude, version)
    for champ, valeur in retouche.model_dump().items():
        setattr(etude, champ, valeur)
    etude.indexer()
    await tx.flush()
    return etude


async def situer(tx: Transaction, etude_id: UUID, *, hors_etablissement: bool) -> None:
    """Where the sale is concluded: every proposition still open says it, what is signed or closed stays as it was."""
    etude = await repository.get_for_update(tx, etude_id)
    if etude.est_hors_etablissement is hors_etablissement:
        return
    etude.est_hors_etablissement = hors_etablissement
    choix = select(Proposition).where(Proposition.etude_id == etude_id, Proposition.statut.in_(MODIFIABLES))
    for proposition in await tx.scalars(choix.order_by(Proposition.id).with_for_update()):
        proposition.revoir()
        proposition.est_hors_etablissement = hors_etablissement
    await tx.flush()


async def ajouter_proposition(tx: Transaction, etude_id: UUID, libelle: str) -> Proposition:
    """One more proposition, empty."""
    etude = await _ouverte(tx, etude_id)
    return await _nouvelle(tx, etude, rang=await _rang_suivant(tx, etude_id), libelle=libelle)


async def dupliquer(tx: Transaction, proposition_id: UUID, libelle: str) -> Proposition:
    """The same lines in a new draft; from a closed proposition it is its new version, of an avenant the next avenant."""
    etude_id = await tx.scalar(select(Proposition.etude_id).where(Proposition.id == proposition_id))
    if etude_id is None:
        raise PropositionInconnue
    avenant_de_id = await tx.scalar(select(Proposition.avenant_de_id).where(Proposition.id == proposition_id))
    etude = await (repository.get_for_update if avenant_de_id else _ouverte)(tx, etude_id)
    source = await propositions.get_for_update(tx, proposition_id)
    fige = source.statut not in MODIFIABLES
    avenant = await _avenant(tx, source.avenant_de_id) if source.avenant_de_id else {}
    return await _nouvelle(
        tx,
        etude,
        rang=await _rang_suivant(tx, etude.id),
        libelle=libelle or ("" if avenant else source.libelle),
        lignes=edition.copier(source.lignes),
        convention_marge=source.convention_marge,
        version_de_id=source.id if fige else None,
        **{champ: getattr(source, champ) for champ in COPIES},
        **avenant,
    )


async def creer_avenant(tx: Transaction, proposition_id: UUID) -> Proposition:
    """An empty draft that amends what was signed, numbered under the devis: from an avenant, one more beside it."""
    etude_id = await tx.scalar(select(Proposition.etude_id).where(Proposition.id == proposition_id))
    if etude_id is None:
        raise PropositionInconnue
    etude = await repository.get_for_update(tx, etude_id)
    source = await propositions.get_for_update(tx, proposition_id)
    if source.statut is not Statut.VALIDE:
        raise AvenantSansDevisSigne(numero=source.numero)
    return await _nouvelle(
        tx,
        etude,
        rang=await _rang_suivant(tx, etude_id),
        **await _avenant(tx, source.avenant_de_id or source.id),
        **{champ: getattr(source, champ) for champ in REPRIS},
    )


async def _ouverte(tx: Transaction, etude_id: UUID) -> Etude:
    """The etude, locked; AutreDevisDejaValide once one of its devis is signed: only avenants complete it."""
    etude = await repository.get_for_update(tx, etude_id)
    if signe := await propositions.numero_signe(tx.session, etude_id):
        raise AutreDevisDejaValide(numero=signe)
    return etude


async def _avenant(tx: Transaction, devis_id: UUID) -> dict[str, object]:
    """What makes a draft the next avenant of a devis; its etude is locked, so that ranks follow without a gap."""
    numero = await tx.scalar(select(Proposition.numero).where(Proposition.id == devis_id))
    dernier: int | None = await tx.scalar(
        select(func.max(Proposition.avenant_rang)).where(Proposition.avenant_de_id == devis_id)
    )
    rang = (dernier or 0) + 1
    return {"avenant_de_id": devis_id, "avenant_rang": rang, "numero": f"{numero}-A{rang}"}


async def _collaborateur(tx: Transaction) -> UUID | None:
    """Whoever opens the etude, when it is somebody of the company (staff act under their collaborator id)."""
    moi = await tx.get(CopieCollaborateur, tx.actor.id) if tx.actor.id else None
    return moi.collaborateur_id if moi else None


async def _nouvelle(tx: Transaction, etude: Etude, *, rang: int, **valeurs: object) -> Proposition:
    herites = {champ: getattr(etude, champ) for champ in HERITES} | await _de_l_affaire(tx, etude)
    proposition = await edition.creer(tx, etude_id=etude.id, rang=rang, **(herites | valeurs))
    await edition.verifier_adresse(tx, proposition)
    return proposition


async def adresser(tx: Transaction, fait: AffaireModifiee) -> None:
    """The papers of an affaire go elsewhere: its drafts follow, but for those addressed otherwise by hand."""
    if fait.adressage_avant is None:
        return
    choix = select(Proposition).where(
        Proposition.affaire_id == fait.affaire_id,
        Proposition.tiers_id == fait.fiche.tiers_id,
        Proposition.statut == Statut.BROUILLON,
    )
    for proposition in await tx.scalars(choix.order_by(Proposition.id).with_for_update()):
        if proposition.adressage() == fait.adressage_avant:
            proposition.revoir()
            proposition.adresser(fait.fiche.adressage)


async def _de_l_affaire(tx: Transaction, etude: Etude) -> dict[str, object]:
    """Its VAT regime, and where its papers go; without affaire, those of the client."""
    affaire = await tx.get(Affaire, etude.affaire_id) if etude.affaire_id else None
    if affaire is not None:
        du_client = affaire.tiers_id == etude.tiers_id
        adressage = {champ: getattr(affaire, champ) for champ in ADRESSAGE} if du_client else {}
        return {"regime_tva": affaire.regime_tva, **adressage}
    tiers = await copies.tiers(tx.session, etude.tiers_id)
    return {"regime_tva": tiers.regime_tva if tiers else "france"}


async def _rang_suivant(tx: Transaction, etude_id: UUID) -> int:
    dernier: int | None = await tx.scalar(select(func.max(Proposition.rang)).where(Proposition.etude_id == etude_id))
    return (dernier or 0) + 1


async def _verifier_affaire(tx: Transaction, affaire_id: UUID | None) -> None:
    """A model is a library: no devis comes out of it."""
    if affaire_id is None:
        return
    affaire = await tx.get(Affaire, affaire_id)
    if affaire is None:
        raise AffaireInconnue
    if affaire.etat is EtatAffaire.MODELE:
        raise AffaireModele(code=affaire.code)
