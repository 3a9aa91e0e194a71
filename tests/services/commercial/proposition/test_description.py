"""A description written in bold and in lists reads so on the PDF, and its marks are nowhere."""

import httpx

from shared.database.database import Database
from shared.testing.boite import Boite
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import texte


async def test_the_marks_of_a_description_are_drawn_on_the_paper(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    description = "Garantie **5 ans** <b>\n• pose\n• essais"
    devis = await b.un_devis(client, [b.une_ligne(description=description)])
    assert devis["lignes"][0]["description"] == description
    await b.envoyer(client, database, devis["id"])
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    assert "Garantie 5 ans <b>" in lu.replace("\xa0", " ")
    assert "**" not in lu
    assert all(mot in lu for mot in ("pose", "essais"))
    assert boite.recus
