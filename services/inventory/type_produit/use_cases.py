"""What staff can cause to product types."""

from uuid import UUID

from services.inventory.errors import CodeTypeDejaPris
from services.inventory.type_produit import repository, rules
from services.inventory.type_produit.models import TypeProduit
from services.inventory.type_produit.schemas import SaisieTypeProduit
from shared.database.transaction import Transaction

SIMPLES = ("code", "libelle", "icone", "etiquette_requise", "est_visible_parc", "est_actif")


async def creer(tx: Transaction, saisie: SaisieTypeProduit) -> TypeProduit:
    """A new type, with its form."""
    nouveau = TypeProduit()
    await _remplir(tx, nouveau, saisie)
    tx.add(nouveau)
    return nouveau


async def modifier(tx: Transaction, type_id: UUID, saisie: SaisieTypeProduit, version: int | None) -> TypeProduit:
    """Replace the definition: objects already configured keep their values, and are judged by the new form."""
    connu = await repository.get_for_update(tx, type_id)
    await tx.expect_version(connu, version)
    await _remplir(tx, connu, saisie)
    return connu


async def _remplir(tx: Transaction, cible: TypeProduit, saisie: SaisieTypeProduit) -> None:
    autre = await repository.par_code(tx, saisie.code)
    if autre is not None and autre.id != cible.id:
        raise CodeTypeDejaPris(code=saisie.code, libelle=autre.libelle)
    champs = [c.model_dump(mode="json") for c in saisie.champs]
    actions = [a.model_dump(mode="json") for a in saisie.actions]
    rules.verifier_formulaire(rules.champs(champs), rules.actions(actions))
    for nom in SIMPLES:
        setattr(cible, nom, getattr(saisie, nom))
    cible.champs, cible.actions = champs, actions
