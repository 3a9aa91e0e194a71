"""More came than was ordered: taken without asking, accepted by somebody, or given back, as its supplier's tolerance says."""

from decimal import Decimal
from uuid import UUID

from services.purchasing.errors import SurplusRefuse
from services.purchasing.reception.models import RIEN, LigneReception, Reception
from services.purchasing.reception.schemas import Motif
from services.purchasing.tolerance import queries as tolerances
from services.purchasing.tolerance.rules import Sort, Tolerance
from shared.database.transaction import Transaction
from shared.kernel.nombre import ecrire_quantite


async def juger(
    tx: Transaction, reception: Reception, produit_id: UUID, quantite: Decimal, *, accepter: bool
) -> Motif | None:
    """What `quantite` more of a product deserves; None when somebody must choose, which `accepter` does.

    Nothing is taken without asking while units of it are still expected: what was typed may be wrong.
    """
    tolerance = await tolerances.de(tx.session, reception.fournisseur_id)
    siennes = [ligne for ligne in reception.lignes if ligne.produit_id == produit_id]
    sort = tolerance.juger(_en_trop(siennes) + quantite, _attendue(siennes))
    if sort is Sort.REFUSE:
        return "surplus_refuse"
    if sort is Sort.TOLERE and not any(ligne.restante for ligne in siennes):
        return "surplus_tolere"
    return "surplus_accepte" if accepter else None


async def exiger(tx: Transaction, reception: Reception, ligne: LigneReception) -> None:
    """A surplus typed by hand is within what its supplier may deliver: SurplusRefuse when nobody may accept it."""
    tolerance = await tolerances.de(tx.session, reception.fournisseur_id)
    siennes = [li for li in reception.lignes if li.produit_id == ligne.produit_id]
    if ligne.est_surplus and tolerance.juger(_en_trop(siennes), _attendue(siennes)) is Sort.REFUSE:
        raise SurplusRefuse(
            fournisseur=reception.fournisseur_nom,
            tolerance=ecrire_quantite(tolerance.quantite_pct),
            quantite=ecrire_quantite(ligne.quantite),
            designation=ligne.designation,
        )


async def refus(tx: Transaction, reception: Reception) -> str:
    """Why a unit stays out, and what to do with it."""
    tolerance = await tolerances.de(tx.session, reception.fournisseur_id)
    limite = (
        f"au-delà de {ecrire_quantite(tolerance.quantite_pct)} %" if tolerance.quantite_pct else "au-delà des commandes"
    )
    return (
        f"{reception.fournisseur_nom} ne livre rien {limite} : rendez-le au livreur, ou enregistrez-le à la place"
        " d’un produit attendu."
    )


def dire(motif: str, ligne: LigneReception) -> str:
    """« Surplus toléré : 2 »."""
    mot = "Surplus toléré" if motif == "surplus_tolere" else "Accepté en surplus"
    return f"{mot} : {ecrire_quantite(ligne.quantite)}"


def hors_tolerance(tolerance: Tolerance, reception: Reception) -> set[UUID]:
    """The lines of which more came than the supplier's tolerance allows: somebody accepted them."""
    trouvees = set()
    for ligne in reception.recues():
        siennes = [li for li in reception.lignes if li.produit_id == ligne.produit_id]
        if ligne.est_surplus and not tolerance.tolere(_en_trop(siennes), _attendue(siennes)):
            trouvees.add(ligne.id)
    return trouvees


def _en_trop(lignes: list[LigneReception]) -> Decimal:
    return sum((ligne.quantite for ligne in lignes if ligne.est_surplus), RIEN)


def _attendue(lignes: list[LigneReception]) -> Decimal:
    return sum((ligne.attendue for ligne in lignes), RIEN)
