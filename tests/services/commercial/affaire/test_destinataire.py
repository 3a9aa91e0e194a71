"""Another tiers receives the papers of an affaire in place of its client, who still owes them; none goes to nowhere."""

from io import BytesIO
from typing import Any
from uuid import UUID

import httpx
import pytest
from pypdf import PdfReader

from services.commercial.subscriptions import subscriptions
from shared.contracts.commercial import AffaireModifiee, DevisValide
from shared.contracts.contacts import Adresse, PersonneTiers, TiersModifie
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing import delivery
from tests.builders import commercial as b

Json = dict[str, Any]
SYNDIC = UUID(int=0xA7)
SIEGE = Adresse(code="SIEGE", lignes=("12 rue du Lac",), code_postal="74000", ville="Annecy")
CHANTIER = Adresse(code="CHANTIER", lignes=("9 quai Rambaud",), code_postal="69002", ville="Lyon")
BUREAU = Adresse(code="SIEGE", lignes=("1 place Bellecour",), code_postal="69002", ville="Lyon")


async def _monde(database: Database) -> None:
    await b.recevoir(
        database,
        b.un_tiers(adresse=SIEGE, adresses=(SIEGE, CHANTIER)),
        b.un_tiers(
            tiers_id=SYNDIC, code="C2", nom="Syndic Bellecour", email="s@exemple.fr", adresse=BUREAU, adresses=(BUREAU,)
        ),
    )


async def _affaire(client: httpx.AsyncClient, **affaire: Any) -> Json:
    corps = {"libelle": "Résidence des Ormes", "etat": "affaire", "tiers_id": str(b.TIERS), **affaire}
    creee = await client.post("/affaires", json=corps)
    assert creee.status_code == 201, creee.text
    return dict(creee.json())


async def _devis(client: httpx.AsyncClient, database: Database, affaire: Json) -> str:
    demande = b.une_demande(demande_id=new_id(), numero="D-9", affaire_id=affaire["id"])
    await b.recevoir(database, demande)
    etude = await b.une_etude(client, demande.demande_id)
    adresse = f"/propositions/{etude['propositions'][0]['id']}"
    await client.put(f"{adresse}/lignes", json={"lignes": [b.une_ligne()]})
    return adresse


async def _pdf(client: httpx.AsyncClient, adresse: str) -> str:
    pdf = await client.get(f"{adresse}/document")
    assert pdf.status_code == 200, pdf.text
    return " ".join(page.extract_text() for page in PdfReader(BytesIO(pdf.content)).pages)


@pytest.mark.feature("AF-54")
async def test_the_devis_goes_to_the_other_tiers_and_stays_the_clients(
    client: httpx.AsyncClient, database: Database
) -> None:
    await _monde(database)
    adresse = await _devis(client, database, await _affaire(client, tiers_secondaire_id=str(SYNDIC)))
    texte = await _pdf(client, adresse)
    assert "Syndic Bellecour" in texte
    assert "1 place Bellecour" in texte
    assert "Cabinet dentaire Martin-Lefèvre" in texte
    assert "12 rue du Lac" not in texte
    assert (await client.get(f"{adresse}/projet-envoi")).json()["destinataires"] == ["s@exemple.fr"]
    await client.post(f"{adresse}/valider", json={"signe_par": "Paul Martin"})
    (fait,) = await b.annonces(database, DevisValide)
    assert fait.tiers_id == b.TIERS
    assert fait.adressage.tiers_id == SYNDIC


@pytest.mark.feature("AF-55")
@pytest.mark.parametrize(
    ("code", "du_client", "attendu"),
    [("SIEGE", False, "1 place Bellecour"), ("SIEGE", True, "12 rue du Lac"), ("CHANTIER", True, "9 quai Rambaud")],
)
async def test_the_address_is_one_of_either_tiers(
    client: httpx.AsyncClient, database: Database, code: str, du_client: bool, attendu: str
) -> None:
    await _monde(database)
    dite = {"tiers_secondaire_id": str(SYNDIC), "adresse_code": code, "adresse_du_client": du_client}
    affaire = await _affaire(client, **dite)
    lue = (await client.get(f"/affaires/{affaire['id']}")).json()
    assert lue["tiers_secondaire_nom"] == "Syndic Bellecour"
    assert attendu in lue["adresse"]["lignes"]
    texte = await _pdf(client, await _devis(client, database, affaire))
    assert "Syndic Bellecour" in texte
    assert attendu in texte


@pytest.mark.feature("AF-55")
async def test_an_address_of_neither_is_refused(client: httpx.AsyncClient, database: Database) -> None:
    await _monde(database)
    corps = {"libelle": "X", "tiers_id": str(b.TIERS), "tiers_secondaire_id": str(SYNDIC), "adresse_code": "CHANTIER"}
    refus = await client.post("/affaires", json=corps)
    assert refus.status_code == 422
    assert refus.json()["code"] == "adresse_inconnue"
    sans = await client.post(
        "/affaires", json={"libelle": "X", "tiers_secondaire_id": str(SYNDIC), "adresse_code": "A"}
    )
    assert sans.json()["code"] == "adresse_inconnue"


@pytest.mark.feature("AF-54")
async def test_drafts_follow_the_affaire_but_for_those_addressed_by_hand(
    client: httpx.AsyncClient, database: Database
) -> None:
    await _monde(database)
    affaire = await _affaire(client)
    suivi, a_la_main = [await _devis(client, database, affaire) for _ in range(2)]
    reglages = {"objet": "X", "valide_jusqu_au": "2030-01-01", "adresse_code": "CHANTIER"}
    lu = (await client.get(a_la_main)).json()
    await client.put(a_la_main, json=reglages, headers={"If-Match": f'"{lu["version"]}"'})
    corps = {"libelle": "X", "etat": "affaire", "tiers_id": str(b.TIERS), "tiers_secondaire_id": str(SYNDIC)}
    modifiee = await client.put(f"/affaires/{affaire['id']}", json=corps)
    assert modifiee.status_code == 200, modifiee.text
    (fait,) = await b.annonces(database, AffaireModifiee)
    await delivery.recevoir(database, subscriptions, fait)
    assert (await client.get(suivi)).json()["tiers_secondaire_id"] == str(SYNDIC)
    garde = (await client.get(a_la_main)).json()
    assert (garde["tiers_secondaire_id"], garde["adresse_code"]) == (None, "CHANTIER")


@pytest.mark.feature("AF-57")
async def test_without_any_address_no_devis_is_made_nor_sent(client: httpx.AsyncClient, database: Database) -> None:
    await b.monde(database)
    etude = await b.une_etude(client)
    adresse = f"/propositions/{etude['propositions'][0]['id']}"
    await client.put(f"{adresse}/lignes", json={"lignes": [b.une_ligne()]})
    nue = b.un_tiers(adresse=None)
    await b.recevoir(database, TiersModifie(tiers_id=nue.tiers_id, fiche=nue.fiche))
    refus = await client.post("/etudes", json={"demande_id": str(b.DEMANDE)})
    assert refus.status_code == 409
    assert refus.json()["code"] == "sans_adresse"
    assert refus.json()["detail"] == (
        "Cabinet dentaire Martin-Lefèvre n’a pas d’adresse : complétez sa fiche dans le carnet d’adresses avant "
        "d’établir un devis."
    )
    envoi = {"destinataires": ["c@exemple.fr"], "sujet": "Devis", "message": "Bonjour"}
    refus = await client.post(f"{adresse}/envoyer", json=envoi)
    assert refus.json()["code"] == "sans_adresse"


@pytest.mark.feature("CT-14")
@pytest.mark.parametrize(
    ("courriel", "secondaire", "attendu"),
    [
        ("lea@cabinet.exemple", False, "lea@cabinet.exemple"),
        (None, False, "cabinet@example.fr"),
        ("lea@cabinet.exemple", True, "s@exemple.fr"),
    ],
    ids=["le chef de projet", "sans adresse, le client", "le tiers secondaire d’abord"],
)
async def test_the_mail_is_proposed_to_the_clients_project_head(
    client: httpx.AsyncClient, database: Database, courriel: str | None, secondaire: bool, attendu: str
) -> None:
    await _monde(database)
    chef = PersonneTiers(interlocuteur_id=new_id(), nom="Léa Fournier", email=courriel)
    autre = PersonneTiers(interlocuteur_id=new_id(), nom="Paul Martin", email="paul@cabinet.exemple")
    fiche = b.un_tiers(adresse=SIEGE, adresses=(SIEGE,), interlocuteurs=(autre, chef)).fiche
    await b.recevoir(database, TiersModifie(tiers_id=b.TIERS, fiche=fiche))
    rattaches = {"tiers_secondaire_id": str(SYNDIC)} if secondaire else {}
    affaire = await _affaire(client, chef_projet_client_id=str(chef.interlocuteur_id), **rattaches)
    adresse = await _devis(client, database, affaire)
    assert (await client.get(f"{adresse}/projet-envoi")).json()["destinataires"] == [attendu]
