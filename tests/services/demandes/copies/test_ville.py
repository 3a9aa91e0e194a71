"""What demandes show of their client follows its file."""

from shared.contracts.contacts import Adresse, FicheTiers, TiersModifie
from tests.builders.demandes import Monde


async def test_la_ville_du_client_suit_sa_fiche_meme_si_le_nom_ne_change_pas(monde: Monde) -> None:
    demande = await monde.ouvrir()
    adresse = Adresse(lignes=("1 place Bellecour",), code_postal="69002", ville="Lyon")
    nom = str((await monde.lire(demande))["tiers_nom"])
    fiche = FicheTiers(code="C00001", nom=nom, roles=("client",), adresse=adresse)
    await monde.recevoir(TiersModifie(tiers_id=monde.tiers_id, fiche=fiche))
    lue = await monde.lire(demande)
    assert (lue["tiers_nom"], lue["tiers_ville"]) == (nom, "Lyon")
