"""Facts of other services written into the copies; the newest wins whatever the order of arrival."""

from sqlalchemy.dialects.postgresql import insert

from services.billing.copies.models import CopieAccord, CopieContrat, CopieSociete, CopieTiers
from shared.contracts.contacts import SocieteModifiee, TiersCree, TiersModifie
from shared.contracts.maintenance import AccordTarifaireSigne, ContratModifie
from shared.database.copies import keep
from shared.database.transaction import Transaction


async def noter_tiers(tx: Transaction, fait: TiersCree | TiersModifie) -> None:
    """A tiers as it is now."""
    await keep(tx, CopieTiers, tiers_id=fait.tiers_id, fiche=fait.fiche.model_dump(mode="json"))


async def noter_societe(tx: Transaction, fait: SocieteModifiee) -> None:
    """Who we are now."""
    valeurs = {"societe_id": fait.societe_id, "donnees": fait.model_dump(mode="json")}
    await keep(tx, CopieSociete, **valeurs)


async def noter_contrat(tx: Transaction, fait: ContratModifie) -> None:
    """A contract as it is now: the schedule follows from it."""
    valeurs = fait.model_dump(exclude={"lignes", "visites_par_an"})
    valeurs["lignes"] = [ligne.model_dump(mode="json") for ligne in fait.lignes]
    await keep(tx, CopieContrat, **valeurs)


async def noter_accord(tx: Transaction, fait: AccordTarifaireSigne) -> None:
    """Tariffs were signed."""
    valeurs = {
        "accord_id": fait.accord_id,
        "tiers_id": fait.tiers_id,
        "taux_horaire_ht": fait.taux_horaire_ht,
        "deplacement_ht": fait.deplacement_ht,
    }
    await tx.execute(insert(CopieAccord).values(valeurs).on_conflict_do_nothing())
