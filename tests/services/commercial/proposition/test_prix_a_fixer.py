"""A line nobody priced has no price, for nobody: neither on the page, nor in a total, nor on paper; nothing leaves before."""

from decimal import Decimal
from typing import Any

import httpx
import pytest

from shared.contracts.commercial import DevisValide
from shared.database.database import Database
from shared.testing.fixtures import ServiceClient
from tests.builders import commercial as b
from tests.services.commercial.envoi.test_envoi import SAISIE, texte

COUT = "417.53"
SANS_PRIX = b.une_ligne(designation="Baie 42U", quantite="2", cout_ht=COUT, marge="0", deee_ht="3.10")


async def un_devis_a_chiffrer(client: httpx.AsyncClient) -> dict[str, Any]:
    """150 € priced, and a line that is not; an option that is not either."""
    option = {**SANS_PRIX, "designation": "Onduleur", "est_option": True, "est_retenue": False}
    return await b.un_devis(client, [b.une_ligne(), SANS_PRIX, option])


async def test_it_has_no_price_and_counts_nowhere(client: httpx.AsyncClient) -> None:
    devis = await un_devis_a_chiffrer(client)
    assert [(ligne["prix_ht"], ligne["total_ht"], ligne["a_fixer"]) for ligne in devis["lignes"]] == [
        ("150.00", "150.00", False),
        (None, None, True),
        (None, None, True),
    ]
    assert [ligne["taux_marque"] for ligne in devis["lignes"]] == ["33.33", None, None]
    totaux = devis["totaux"]
    assert (totaux["nb_a_fixer"], totaux["total_ht"], totaux["total_ttc"]) == (2, "150.00", "180.00")
    assert (totaux["cout_ht"], totaux["deee_ht"], totaux["taux_marque"]) == ("100.00", "0.00", "33.33")
    (resume,) = (await client.get("/propositions")).json()["elements"]
    assert (resume["nb_a_fixer"], resume["total_ht"]) == (2, "150.00")


@pytest.mark.parametrize("prix", ["417.53", "0"])
async def test_sold_at_its_cost_or_for_nothing_somebody_said_so(client: httpx.AsyncClient, prix: str) -> None:
    devis = await b.un_devis(client, [{**SANS_PRIX, "prix_fixe_ht": prix, "deee_ht": "0"}])
    (ligne,) = devis["lignes"]
    assert (ligne["a_fixer"], Decimal(ligne["total_ht"])) == (False, 2 * Decimal(prix))
    assert devis["totaux"]["nb_a_fixer"] == 0
    assert (await client.post(f"/propositions/{devis['id']}/envoyer", json=SAISIE)).status_code == 202


async def test_neither_sent_nor_signed_on_paper_until_each_line_has_a_price(
    client: httpx.AsyncClient, database: Database
) -> None:
    devis = await un_devis_a_chiffrer(client)
    chemin = f"/propositions/{devis['id']}"
    for verbe, corps in (("envoyer", SAISIE), ("valider", {"signe_par": "Mme Martin"})):
        refus = await client.post(f"{chemin}/{verbe}", json=corps)
        assert (refus.status_code, refus.json()["code"]) == (409, "prix_a_fixer")
        assert "« Baie 42U », « Onduleur »" in refus.json()["detail"]
    assert not await b.annonces(database, DevisValide)
    for ligne, champs in zip(devis["lignes"][1:], ({"marge": "20"}, {"prix_fixe_ht": "500"}), strict=True):
        contenu = (await client.patch(f"{chemin}/lignes/{ligne['id']}", json=champs)).json()
    assert contenu["totaux"]["nb_a_fixer"] == 0
    assert (await client.post(f"{chemin}/valider", json={"signe_par": "Mme Martin"})).status_code == 200
    (fait,) = await b.annonces(database, DevisValide)
    assert [ligne.prix_ht for ligne in fait.lignes] == [Decimal("150.00"), Decimal("501.04")]


async def test_the_paper_of_a_draft_says_which_line_waits_for_its_price(client: httpx.AsyncClient) -> None:
    devis = await un_devis_a_chiffrer(client)
    lu = texte((await client.get(f"/propositions/{devis['id']}/document")).content)
    assert lu.count("à fixer") == 2
    assert "2 lignes restent à chiffrer" in lu
    for cout in ("417,53", "835,06", "6,20"):
        assert cout not in lu


async def test_who_sees_no_cost_writes_a_line_without_price_and_gives_one_later(
    client: httpx.AsyncClient, database: Database, service_client: ServiceClient
) -> None:
    devis = await un_devis_a_chiffrer(client)
    aveugle = await service_client("commercial", database, "devis.lire", "devis.modifier")
    lignes = [*devis["lignes"][:2], {"designation": "Pose"}]
    contenu = (await aveugle.put(f"/propositions/{devis['id']}/lignes", json={"lignes": lignes})).json()
    assert [ligne["prix_ht"] for ligne in contenu["lignes"]] == ["150.00", None, None]
    lignes = [{**ligne, "prix_fixe_ht": "640"} for ligne in contenu["lignes"]]  # as they were read: costs are null
    lignes[1]["cout_ht"] = "1"  # or said by who may not know it
    contenu = (await aveugle.put(f"/propositions/{devis['id']}/lignes", json={"lignes": lignes})).json()
    assert (contenu["totaux"]["nb_a_fixer"], contenu["totaux"]["total_ht"]) == (0, "2566.20")
    assert (await client.get(f"/propositions/{devis['id']}")).json()["lignes"][1]["cout_ht"] == "417.5300"


async def test_a_cost_that_is_not_said_stays(client: httpx.AsyncClient) -> None:
    devis = await un_devis_a_chiffrer(client)
    lignes = [{**ligne, "cout_ht": None, "marge": None} for ligne in devis["lignes"]]
    contenu = (await client.put(f"/propositions/{devis['id']}/lignes", json={"lignes": lignes})).json()
    avant = [(ligne["cout_ht"], ligne["marge"]) for ligne in devis["lignes"]]
    assert [(ligne["cout_ht"], ligne["marge"]) for ligne in contenu["lignes"]] == avant


async def test_what_waits_for_a_price_asks_for_no_approval(client: httpx.AsyncClient) -> None:
    await client.put("/seuils-marge", json={"marque_min": "30"})
    devis = await un_devis_a_chiffrer(client)
    assert (await client.get(f"/propositions/{devis['id']}/garde")).json()["raisons"] == []
