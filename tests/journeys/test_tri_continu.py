"""A mixed pallet: three orders for four projects, read in one stream, each object ends on the sheet that waits for it."""

from collections import Counter
from datetime import timedelta
from typing import Any

import pytest
from stdnum import ean

from shared.kernel.ids import new_id
from shared.testing.eventually import eventually
from tests.builders.adresses import ANNECY
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import AUJOURD_HUI, PATIENCE, ouvrir, scanner

PAR_PROJET = (10, 10, 10, 8)
PRODUITS = ("Caméra", "Téléphone", "Commutateur")
TOTAL = len(PRODUITS) * sum(PAR_PROJET)
Json = dict[str, Any]


def un_ean() -> str:
    """A barcode of the shops nobody has."""
    douze = f"30{new_id().int % 10**10:010d}"
    return douze + str(ean.calc_check_digit(douze))


async def _produits(equipe: Equipe) -> list[Json]:
    """Three products followed by serial number, and one nobody ordered."""
    return [
        await equipe.thomas.creer(
            "/inventory/produits",
            {
                "reference": f"{nom[:3].upper()}-{str(new_id())[-8:]}",
                "designation": nom,
                "politique_serie": "obligatoire",
                "ean": un_ean(),
                "prix_achat_ht": "50",
            },
        )
        for nom in (*PRODUITS, "Caméra 2026")
    ]


async def _projet(equipe: Equipe, rang: int, voulus: list[Json]) -> str:
    """The feuille of a signed project that wants the same number of each."""
    demande = await ouvrir(equipe, f"Projet {rang}")
    manon, nombre = equipe.manon, str(PAR_PROJET[rang])

    async def etude_possible() -> Any:
        return await manon.creer("/commercial/etudes", {"demande_id": demande["id"], "objet": demande["objet"]})

    etude = await eventually(etude_possible, PATIENCE)
    devis = etude["propositions"][0]
    caches = [{"produit_id": p["id"], "quantite": nombre} for p in voulus]
    ligne = {"designation": "Installation", "quantite": "1", "prix_fixe_ht": "9000", "produits": caches}

    async def lignes_possibles() -> None:
        lue = await manon.lire(f"/commercial/propositions/{devis['id']}")
        await manon.changer(
            "PUT", f"/commercial/propositions/{devis['id']}/lignes", {"lignes": [ligne]}, lue["version"]
        )

    await eventually(lignes_possibles, PATIENCE)
    await manon.creer(f"/commercial/propositions/{devis['id']}/valider", {"signe_par": "Mme Lefèvre"})

    async def feuille() -> str:
        (trouvee,) = (await equipe.karim.lire("/inventory/feuilles", demande_id=demande["id"]))["elements"]
        return str(trouvee["id"])

    return str(await eventually(feuille, PATIENCE))


async def _commander(equipe: Equipe, fournisseur: Json, produit: Json) -> str:
    """One order of a product for every project that needs it."""

    async def besoins() -> list[Json]:
        groupes = (await equipe.thomas.lire("/purchasing/besoins", produit_id=produit["id"]))["elements"]
        lus: list[Json] = [b for g in groupes if g["produit_id"] == produit["id"] for b in g["besoins"]]
        assert len(lus) == len(PAR_PROJET)
        return lus

    parts = [{"besoin_id": b["id"], "quantite": b["net"]} for b in await eventually(besoins, PATIENCE)]
    qui = {"fournisseur_id": fournisseur["id"]}
    offre = {**qui, "produit_id": produit["id"], "prix_ht": "48", "besoins": parts}
    negociation = await equipe.thomas.creer("/purchasing/negociations", offre)
    livraison = (AUJOURD_HUI + timedelta(days=5)).isoformat()
    commande = {**qui, "negociation_ids": [negociation["id"]], "livraison_prevue": livraison}
    return str((await equipe.thomas.creer("/purchasing/commandes", commande))["id"])


@pytest.mark.feature("PU-21", "PU-23", "PU-31")
@pytest.mark.timeout(300)
async def test_cent_vingt_lectures_de_trois_commandes_pour_quatre_projets(equipe: Equipe) -> None:
    fournisseur = await equipe.thomas.creer(
        "/contacts/tiers", {"nom": "Grossiste", "roles": ["fournisseur"], "adresses": [ANNECY]}
    )
    *voulus, remplacant = await _produits(equipe)
    feuilles = [await _projet(equipe, rang, voulus) for rang in range(len(PAR_PROJET))]
    commandes = [await _commander(equipe, fournisseur, produit) for produit in voulus]
    reception = await equipe.sonia.creer("/purchasing/receptions", {"commande_ids": commandes})
    chemin, marque = f"/purchasing/receptions/{reception['id']}", str(new_id())[-6:]
    camera, telephone, commutateur = voulus
    par_produit = TOTAL // len(PRODUITS)
    annonces = [f"T{marque}{n:03d}" for n in range(par_produit)]
    ligne = next(x for x in reception["lignes"] if x["produit_id"] == telephone["id"])
    await equipe.sonia.changer("PUT", f"{chemin}/lignes/{ligne['id']}/series-annoncees", {"numeros": annonces})

    async def lire(code: str) -> Json:
        return await scanner(equipe.sonia, chemin, code)

    reponses, anomalies = [], []
    for n in range(
        par_produit
    ):  # a DataMatrix, a serial number announced by the supplier, a barcode then a serial number
        reponses.append(await lire(f"(01)0{camera['ean']}(21)C{marque}{n:03d}"))
        reponses.append(await lire(annonces[n]))
        await lire(commutateur["ean"])
        reponses.append(await lire(f"S{marque}{n:03d}"))
        if n == par_produit // 2:
            anomalies += [await lire(f"(01)0{camera['ean']}(21)C{marque}000"), await lire(annonces[0])]
            anomalies += [await lire(f"S{marque}000"), await lire(un_ean()), await lire(f"(01)0{un_ean()}(21)X1")]
            anomalies.append(await lire(remplacant["ean"]))
    assert Counter(r["resultat"] for r in reponses) == {"attendu": TOTAL}
    assert all(r["projets"] for r in reponses), "personne ne dit quel projet attend l’objet"
    assert [a["resultat"] for a in anomalies].count("attendu") == 0
    assert all(a["detail"].endswith(".") for a in anomalies)
    assert "substituer" in anomalies[-1]["choix"]
    await equipe.sonia.creer(f"{chemin}/valider", {"facture_fournisseur": f"F-{marque}"})

    async def rangees() -> None:
        for rang, feuille_id in enumerate(feuilles):
            feuille = await equipe.karim.lire(f"/inventory/feuilles/{feuille_id}")
            objets = [o for c in feuille["colonnes"] for o in c["objets"]]
            assert Counter(o["produit_id"] for o in objets) == {p["id"]: PAR_PROJET[rang] for p in voulus}
            assert len({o["numero_serie"] for o in objets}) == len(objets)

    await eventually(rangees, PATIENCE)
