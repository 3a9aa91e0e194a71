"""The palette announced at the scan is that of the feuille that receives the object: two services, one sequence."""

from collections import Counter
from datetime import date, timedelta
from decimal import Decimal
from random import Random
from typing import Any

import pytest
from sqlalchemy import text

from shared.contracts.purchasing import ReceptionValidee
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock, jour_paris
from shared.testing.fixtures import ServiceClient, ServiceDatabase
from tests.builders.chaine import Chaine
from tests.builders.inventory import HIER, attend, un_atelier, un_devis_valide, une_ligne, une_saisie_produit
from tests.builders.purchasing import Monde, faits

DANS_UN_MOIS, DANS_UNE_SEMAINE = date(2026, 4, 17), date(2026, 3, 24)


@pytest.fixture
async def chaine(
    monde: Monde, service_database: ServiceDatabase, service_client: ServiceClient, clock: FrozenClock, actor: Actor
) -> Chaine:
    """Two services that tell each other everything."""
    base = await service_database("inventory", clock)
    produits = [
        une_saisie_produit("CAM-4K", designation="Caméra 4K", politique_serie="obligatoire"),
        une_saisie_produit("BLOC", designation="Bloc de prises", etiquette_requise=True),
        une_saisie_produit("CAM-5K", designation="Caméra 5K"),
    ]
    chaine = Chaine(monde, await un_atelier(base, actor, produits), await service_client("inventory", base))
    await chaine.circuler()
    return chaine


async def signer(chaine: Chaine, clock: FrozenClock, nom: str, **champs: Any) -> None:
    """A project that waits for one phone, known a second after the one before."""
    clock.advance(timedelta(seconds=1))
    ligne = une_ligne(attend(chaine.atelier.telephone))
    await chaine.atelier.recevoir(un_devis_valide(ligne, tiers_nom=nom, **champs))


async def annoncer_et_servir(chaine: Chaine, fois: int) -> tuple[list[str], list[str]]:
    """(who each scan names, who has its phone once it is validated), one phone at a time."""
    annonces, servis = [], []
    deja: set[str] = set()
    for _ in range(fois):
        reception = await chaine.monde.receptionner(await chaine.commander(TEL_SIP=1))
        lue = await chaine.monde.scanner(reception, "TEL-SIP")
        annonces.append(lue["destination"]["feuille_id"])
        await chaine.monde.valider(reception)
        await chaine.circuler()
        places = {str(feuille) for feuille, objets in (await chaine.objets()).items() if objets}
        servis += sorted(places - deja)
        deja = places
    return annonces, servis


async def test_the_earliest_wished_delivery_is_announced_and_served(chaine: Chaine, clock: FrozenClock) -> None:
    await signer(chaine, clock, "Mairie", livraison_souhaitee=None, valide_le=HIER)
    await signer(chaine, clock, "Clinique", livraison_souhaitee=DANS_UN_MOIS, valide_le=HIER + timedelta(hours=1))
    await signer(chaine, clock, "Lycée", livraison_souhaitee=DANS_UNE_SEMAINE, valide_le=HIER + timedelta(hours=2))
    await chaine.circuler()
    feuilles = await chaine.feuilles()
    annonces, servis = await annoncer_et_servir(chaine, 3)
    assert annonces == [feuilles[nom]["id"] for nom in ("Lycée", "Clinique", "Mairie")]
    assert servis == annonces


async def test_a_wished_delivery_that_changes_is_followed(chaine: Chaine, clock: FrozenClock) -> None:
    await signer(chaine, clock, "Clinique", livraison_souhaitee=DANS_UN_MOIS, valide_le=HIER)
    await signer(chaine, clock, "Lycée", livraison_souhaitee=DANS_UN_MOIS, valide_le=HIER + timedelta(hours=1))
    await chaine.circuler()
    lycee = (await chaine.feuilles())["Lycée"]
    corps = {"priorite": lycee["priorite"], "zone": "", "livraison_souhaitee": DANS_UNE_SEMAINE.isoformat()}
    reponse = await chaine.magasin.put(
        f"/feuilles/{lycee['id']}", json=corps, headers={"If-Match": str(lycee["version"])}
    )
    assert reponse.status_code == 200, reponse.text
    await chaine.circuler()
    annonces, servis = await annoncer_et_servir(chaine, 1)
    assert annonces == servis == [lycee["id"]]


async def test_the_sheet_signed_first_is_served_first_whatever_came_first(chaine: Chaine, clock: FrozenClock) -> None:
    await signer(chaine, clock, "Clinique", valide_le=HIER + timedelta(hours=3))
    await signer(chaine, clock, "Lycée", valide_le=HIER)
    await chaine.circuler()
    annonces, servis = await annoncer_et_servir(chaine, 1)
    assert annonces == servis == [(await chaine.feuilles())["Lycée"]["id"]]


COMMANDES = ({"BLOC": 30, "CAM_4K": 20}, {"BLOC": 20, "CAM_4K": 20}, {"BLOC": 10, "CAM_4K": 14})
PROJETS = {"Mairie": (20, 10), "Clinique": (15, 20), "Lycée": (15, 14), "Usine": (10, 10)}
INCONNUS, REMPLACANT = ["4006381333931", "3017620422003"], "CAM-5K"


def un_arrivage(hasard: Random) -> list[str]:
    """A hundred and twenty codes as a scanner reads them: three serials twice, two unknown barcodes, one substitute."""
    series = [f"SN-{rang:03d}" for rang in range(54)]
    codes = [*series, *["BLOC"] * 60, *INCONNUS, REMPLACANT]
    hasard.shuffle(codes)
    for serie in hasard.sample(series, 3):
        codes.insert(hasard.randint(codes.index(serie) + 1, len(codes)), serie)
    assert len(codes) == 120
    return codes


@pytest.mark.parametrize("graine", range(2))
async def test_a_hundred_and_twenty_scans_fill_the_palettes_they_announced(
    chaine: Chaine, clock: FrozenClock, graine: int
) -> None:
    hasard, atelier = Random(graine), chaine.atelier
    for rang, (nom, (blocs, cameras)) in enumerate(PROJETS.items()):
        caches = (attend(atelier.produits["BLOC"], str(blocs)), attend(atelier.produits["CAM-4K"], str(cameras)))
        souhaitee = DANS_UN_MOIS - timedelta(days=hasard.randint(0, 9))
        devis = un_devis_valide(une_ligne(*caches), tiers_nom=nom, livraison_souhaitee=souhaitee, priorite=rang % 2)
        await atelier.recevoir(devis)
    await chaine.circuler()
    reception = await chaine.monde.receptionner(*[await chaine.commander(**lignes) for lignes in COMMANDES])
    lues = [await chaine.monde.scanner(reception, code) for code in un_arrivage(hasard)]
    anomalies = [lue for lue in lues if lue["resultat"] != "attendu"]
    assert Counter(lue["motif"] for lue in anomalies) == {"serie_en_double": 3, "code_inconnu": 2, "hors_commande": 1}
    assert all(lue["detail"].endswith(".") and lue["destination"] is None for lue in anomalies)
    await chaine.monde.valider(reception)
    await chaine.circuler()
    places = await chaine.objets()
    assert sum(len(objets) for objets in places.values()) == len(lues) - len(anomalies) == 114
    annonces = {lue["numero_serie"]: lue["destination"]["feuille_id"] for lue in lues if lue["numero_serie"]}
    assert annonces == {o["numero_serie"]: str(f) for f, objets in places.items() for o in objets if o["numero_serie"]}
    blocs_annonces = Counter(lue["destination"]["feuille_id"] for lue in lues if lue["code"] == "BLOC")
    assert blocs_annonces == {str(f): sum(o["reference"] == "BLOC" for o in os) for f, os in places.items()}


async def test_what_the_objects_cost_sums_to_the_invoice_to_the_cent(chaine: Chaine) -> None:
    negociations = [
        await chaine.monde.negocier(await chaine.fiche(chaine.atelier.produits[reference]), quantite, prix_ht=prix)
        for reference, quantite, prix in (("BLOC", 7, "33.3333"), ("CAB-CAT6", 180, "0.8799"), ("CAM-5K", 3, "99.99"))
    ]
    reception = await chaine.monde.receptionner(await chaine.monde.commander(*negociations, frais_ht="10.01"))
    for ligne in reception["lignes"]:
        url = f"/receptions/{reception['id']}/lignes/{ligne['id']}"
        await chaine.monde.client.put(url, json={"quantite": ligne["attendue"]})
    total = (await chaine.monde.valider(reception))["total_ht"]
    await chaine.circuler()
    jour = jour_paris(chaine.atelier.database.clock.now()).isoformat()
    valeur = (await chaine.magasin.get("/stock/valeur", params={"le": jour})).json()
    assert valeur["total_ht"] == total
    async with chaine.atelier.database.read() as session:
        couts = await session.scalars(text("SELECT round(quantite * cout_unitaire_ht, 2) FROM historique"))
        assert sum(couts) == Decimal(total)


async def test_a_substitute_says_what_it_replaces_down_to_the_feuille(chaine: Chaine, clock: FrozenClock) -> None:
    atelier = chaine.atelier
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.produits["BLOC"])), tiers_nom="Mairie"))
    await chaine.circuler()
    reception = await chaine.monde.receptionner(await chaine.commander(BLOC=1))
    (ligne,) = reception["lignes"]
    corps = {
        "produit_id": atelier.produits["CAM-5K"].id,
        "quantite": 1,
        "remplace_ligne_id": ligne["id"],
    }
    await chaine.monde.poster(f"/receptions/{reception['id']}/lignes", corps)
    await chaine.monde.valider(reception)
    await chaine.circuler()
    ((objet,),) = (await chaine.objets()).values()
    fiche = (await chaine.magasin.get(f"/historiques/{objet['id']}")).json()
    assert (objet["reference"], fiche["remplace_reference"]) == ("CAM-5K", "BLOC")
    (fait,) = await faits(chaine.monde.database, ReceptionValidee)
    assert fait.lignes[0].commande_le == fait.lignes[0].negociee_le == clock.now()
