"""Facts of other services written into the copies; the newest wins whatever the order of arrival."""

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from services.billing.copies.models import CopieAccord, Fusion
from shared.contracts.commercial import Adressage, DevisValide
from shared.contracts.contacts import CollaborateurModifie, SocieteModifiee, TiersCree, TiersFusionne, TiersModifie
from shared.contracts.maintenance import AccordTarifaireSigne, ContratModifie
from shared.database.rows import Values
from shared.database.transaction import Transaction


def tiers(fait: TiersCree | TiersModifie) -> Values:
    """A tiers as it is now."""
    return {
        "tiers_id": fait.tiers_id,
        "fiche": fait.fiche.model_dump(mode="json"),
        "commercial_ids": list(fait.fiche.commercial_ids),
    }


def societe(fait: SocieteModifiee) -> Values:
    """Who we are now."""
    return {"societe_id": fait.societe_id, "donnees": fait.model_dump(mode="json")}


def contrat(fait: ContratModifie) -> Values:
    """A contract as it is now: the schedule follows from it."""
    return fait.model_dump(exclude={"visites_par_an"})


def collaborateur(fait: CollaborateurModifie) -> Values:
    """Of which agency somebody is now."""
    return {"collaborateur_id": fait.collaborateur_id, "agence_id": fait.agence_id}


def vente(fait: DevisValide) -> Values:
    """Who sold it, under which VAT regime."""
    champs = ("proposition_id", "demande_id", "avenant_de", "regime_tva", "commercial_id", "agence_id")
    return {**{champ: getattr(fait, champ) for champ in champs}, **colonnes(fait.adressage or Adressage())}


def colonnes(adressage: Adressage) -> Values:
    """Where the papers of a sale go, as tables keep it."""
    return {
        "tiers_secondaire_id": adressage.tiers_id,
        "adresse_code": adressage.adresse_code,
        "adresse_du_client": adressage.adresse_du_client,
    }


async def noter_accord(tx: Transaction, fait: AccordTarifaireSigne) -> None:
    """Tariffs were signed."""
    valeurs = {
        "accord_id": fait.accord_id,
        "tiers_id": fait.tiers_id,
        "taux_horaire_ht": fait.taux_horaire_ht,
        "deplacement_ht": fait.deplacement_ht,
    }
    await tx.execute(insert(CopieAccord).values(valeurs).on_conflict_do_nothing())


async def noter_fusion(tx: Transaction, fait: TiersFusionne) -> None:
    """A tiers was absorbed; those it had absorbed itself follow."""
    await tx.execute(update(Fusion).where(Fusion.tiers_id == fait.absorbe_id).values(tiers_id=fait.tiers_id))
    valeurs = {"absorbe_id": fait.absorbe_id, "tiers_id": fait.tiers_id}
    ajout = insert(Fusion).values(valeurs)
    await tx.execute(ajout.on_conflict_do_update(index_elements=[Fusion.absorbe_id], set_={"tiers_id": fait.tiers_id}))
