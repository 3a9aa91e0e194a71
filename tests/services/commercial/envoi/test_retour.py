"""A devis that comes back from a mail server: said of its person, told once to whoever sent it."""

import httpx

from shared.contracts.commercial import DevisNonRemis
from shared.contracts.demandes import CourrielNonRemis
from shared.database.database import Database
from shared.kernel.ids import new_id
from shared.testing.boite import Boite
from tests.builders import commercial as b

RAISON = "550 5.1.1 : utilisateur inconnu"


async def test_it_is_said_of_its_person_and_told_once_to_whoever_sent_it(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client)
    mail = {"destinataires": ["cabinet@example.fr", "compta@example.fr"], "sujet": "Devis", "message": "Bonjour"}
    await client.post(f"/propositions/{devis['id']}/envoyer", json=mail)
    await b.recevoir(database, (await b.annonces(database))[-1])
    par_personne = {str(m["To"]): str(m["Message-ID"]).strip("<>").partition("@")[0] for m in boite.recus}
    retour = CourrielNonRemis(
        courriel_id=par_personne["compta@example.fr"], destinataire="compta@example.fr", raison=RAISON
    )
    inconnu = CourrielNonRemis(courriel_id=new_id(), destinataire="x@y.fr", raison=RAISON)
    await b.recevoir(database, inconnu, retour, retour)
    (envoi,) = (await client.get(f"/propositions/{devis['id']}/envois")).json()
    assert {s["adresse"]: s["refuse"] for s in envoi["suivis"]} == {
        "cabinet@example.fr": "",
        "compta@example.fr": RAISON,
    }
    (fait,) = await b.annonces(database, DevisNonRemis)
    assert (fait.numero, fait.destinataire, fait.raison) == (devis["numero"], "compta@example.fr", RAISON)
    assert str(fait.envoi_id) == envoi["id"]
