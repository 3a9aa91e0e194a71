"""The second identical object takes over what twins share, and nothing of what is its own."""

from dataclasses import dataclass
from typing import Any

import httpx
import pytest
from sqlalchemy import text

from services.inventory.atelier.rules import a_reprendre
from services.inventory.type_produit.rules import Champ
from shared.contracts.inventory import HistoriqueConfigure
from shared.testing.fixtures import Jeton
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_placement import la_feuille

Json = dict[str, Any]
MASQUE = "••••••••"


@pytest.mark.parametrize(
    ("champ", "se_recopie"),
    [
        (Champ("vlan", "VLAN"), True),
        (Champ("ip", "Adresse IP", "adresse_ip"), False),
        (Champ("mac", "Adresse MAC", "adresse_mac"), False),
        (Champ("mdp", "Mot de passe", secret=True), False),
        (Champ("passerelle", "Passerelle", "adresse_ip", commun=True), True),
        (Champ("mdp", "Mot de passe", secret=True, commun=True), True),
        (Champ("poste", "Numéro de poste", commun=False), False),
    ],
)
def test_addresses_and_secrets_stay_with_their_object_unless_the_form_says_otherwise(
    champ: Champ, se_recopie: bool
) -> None:
    assert (a_reprendre([champ], [], [champ.cle]) == [champ.cle]) is se_recopie
    assert a_reprendre([champ], [champ.cle], [champ.cle]) == []


@dataclass(frozen=True, slots=True)
class Paire:
    """Two copiers of one feuille; the first is configured."""

    premier: Json
    second: Json

    @property
    def url(self) -> str:
        """The second one."""
        return f"/historiques/{self.second['id']}"


@pytest.fixture
async def paire(atelier: Atelier, client: httpx.AsyncClient) -> Paire:
    """The form says: a VLAN, a gateway and a password shared by all, an address and a code of one's own."""
    url = f"/types-produit/{atelier.types['copieur'].id}"
    connu = (await client.get(url)).json()
    champs = [
        {"cle": "adresse_ip", "libelle": "Adresse IP", "type": "adresse_ip", "requis": True},
        {"cle": "vlan", "libelle": "VLAN", "requis": True},
        {"cle": "passerelle", "libelle": "Passerelle", "type": "adresse_ip", "commun": True},
        {"cle": "mot_de_passe", "libelle": "Mot de passe", "secret": True, "requis": True, "commun": True},
        {"cle": "code", "libelle": "Code de service", "secret": True},
    ]
    corps = {**{nom: connu[nom] for nom in ("code", "libelle", "actions")}, "champs": champs}
    assert (await client.put(url, json=corps)).status_code == 200
    await atelier.recevoir(un_devis_valide(une_ligne(attend(atelier.copieur, "2"))))
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, "2", series=("CZ1", "CZ2"))))
    premier, second = (await la_feuille(client))["colonnes"][0]["objets"]
    valeurs = {
        "adresse_ip": "10.0.0.1",
        "vlan": "20",
        "passerelle": "10.0.0.254",
        "mot_de_passe": "S3cret!",
        "code": "4321",
    }
    reglee = await client.put(f"/historiques/{premier['id']}/configuration", json={"valeurs": valeurs})
    assert reglee.status_code == 200
    return Paire(premier, second)


async def test_the_twin_lends_what_is_shared_and_never_shows_its_secrets(
    client: httpx.AsyncClient, paire: Paire
) -> None:
    reponse = await client.get(f"{paire.url}/jumeau")
    jumeau = reponse.json()
    assert (jumeau["id"], jumeau["numero_serie"]) == (paire.premier["id"], paire.premier["numero_serie"])
    assert jumeau["valeurs"] == {"vlan": "20", "passerelle": "10.0.0.254"}
    assert jumeau["secrets"] == ["mot_de_passe"]
    assert "S3cret!" not in reponse.text
    assert (await client.get(f"/historiques/{paire.premier['id']}/jumeau")).json() is None


async def test_a_shared_secret_is_taken_over_without_leaving_the_service(
    atelier: Atelier, client: httpx.AsyncClient, paire: Paire
) -> None:
    valeurs = {"adresse_ip": "10.0.0.2", "vlan": "20", "mot_de_passe": MASQUE, "code": MASQUE}
    corps = {"valeurs": valeurs, "repris_de": paire.premier["id"]}
    fiche = (await client.put(f"{paire.url}/preparation", json=corps)).json()
    assert [c["cle"] for c in fiche["configuration"] if c["est_remplie"]] == ["adresse_ip", "vlan", "mot_de_passe"]
    lue = (await client.post(f"{paire.url}/secrets/mot_de_passe/reveler")).json()
    assert lue["valeur"] == "S3cret!"
    fait = next(f for f in await atelier.publies(HistoriqueConfigure) if str(f.historique_id) == paire.second["id"])
    assert fait.valeurs == {"adresse_ip": "10.0.0.2", "vlan": "20"}
    async with atelier.database.read() as session:
        chiffres = list(
            await session.scalars(text("SELECT chiffre FROM valeur_configuration WHERE cle = 'mot_de_passe'"))
        )
    assert len(chiffres) == len(set(chiffres)) == 2


async def test_what_was_typed_wins_over_the_twin(client: httpx.AsyncClient, paire: Paire) -> None:
    corps = {"valeurs": {"mot_de_passe": "Autre"}, "repris_de": paire.premier["id"]}
    assert (await client.put(f"{paire.url}/preparation", json=corps)).status_code == 200
    assert (await client.post(f"{paire.url}/secrets/mot_de_passe/reveler")).json()["valeur"] == "Autre"
    assert (await client.get(f"{paire.url}/jumeau")).json()["secrets"] == []


async def test_only_a_twin_of_the_same_feuille_is_taken_over(
    atelier: Atelier, client: httpx.AsyncClient, paire: Paire, jeton: Jeton
) -> None:
    await atelier.recevoir(une_reception(atelier.annecy.agence_id, recu(atelier.copieur, series=("CZ3",))))
    (libre,) = (await client.get("/historiques", params={"etat": "en_stock"})).json()["elements"]
    assert (await client.get(f"/historiques/{libre['id']}/jumeau")).json() is None
    corps = {"valeurs": {"vlan": "30", "mot_de_passe": MASQUE}, "repris_de": libre["id"]}
    refus = await client.put(f"{paire.url}/preparation", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (404, "jumeau_inconnu")
    fiche = (await client.get(paire.url)).json()
    assert not any(c["est_remplie"] for c in fiche["configuration"]), "nothing of it was saved"
    assert (await client.get(f"{paire.url}/jumeau", headers=jeton("stock.lire"))).status_code == 403
