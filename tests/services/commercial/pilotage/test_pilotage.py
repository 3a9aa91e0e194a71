"""Sales figures: each study once, by chances, by month, by salesman; what was lost and why."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import httpx
import pytest

from services.commercial.pilotage import rules
from shared.database.database import Database
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.fixtures import Jeton
from tests.builders import commercial as b


async def chiffres(client: httpx.AsyncClient, **params: Any) -> dict[str, Any]:
    reponse = await client.get("/pilotage", params=params)
    assert reponse.status_code == 200, reponse.text
    return dict(reponse.json())


async def test_an_open_study_counts_once_at_its_chances(
    client: httpx.AsyncClient, database: Database, boite: Boite
) -> None:
    devis = await b.un_devis(client)  # 150 HT
    copie = (await client.post(f"/propositions/{devis['id']}/dupliquer", json={})).json()
    await client.patch(f"/propositions/{copie['id']}/lignes/{copie['lignes'][0]['id']}", json={"quantite": "10"})
    vue = await chiffres(client)
    assert (vue["ensemble"]["ouvertes"], vue["ensemble"]["brut_ht"]) == (1, "1500.00")
    assert vue["ensemble"]["pondere_ht"] == "300.00"
    await b.envoyer(client, database, devis["id"])
    vue = await chiffres(client)
    assert (vue["ensemble"]["brut_ht"], vue["ensemble"]["pondere_ht"]) == ("150.00", "75.00")
    await client.put(f"/propositions/{devis['id']}/prevision", json={"probabilite": 80, "cloture_prevue": "2026-06-10"})
    vue = await chiffres(client)
    prevus = [(m["mois"], m["brut_ht"], m["pondere_ht"]) for m in vue["mois"] if Decimal(m["brut_ht"])]
    assert prevus == [("2026-06-01", "150.00", "120.00")]
    assert not (await client.get(f"/propositions/{devis['id']}")).json()["est_modifiee_depuis_envoi"]


async def test_conversion_delay_and_months(
    client: httpx.AsyncClient, database: Database, boite: Boite, clock: FrozenClock, jeton: Jeton
) -> None:
    gagnes = [await b.un_devis(client) for _ in range(2)]
    perdu, ouvert = await b.un_devis(client), await b.un_devis(client)
    for devis in (*gagnes, perdu, ouvert):
        await b.envoyer(client, database, devis["id"])
    for devis, jours in zip(gagnes, (4, 4), strict=True):
        clock.advance(timedelta(days=jours))
        client.headers.update(jeton())
        await client.post(f"/propositions/{devis['id']}/valider", json={"signe_par": "Mme Martin"})
    await client.post(f"/propositions/{perdu['id']}/refuser", json={"cause": "prix", "motif": "Trop cher"})
    vue = await chiffres(client)
    ensemble = vue["ensemble"]
    assert (ensemble["envoyees"], ensemble["gagnees"], ensemble["perdues"]) == (4, 2, 1)
    assert (ensemble["conversion"], ensemble["delai_jours"], ensemble["signe_ht"]) == ("66.67", "6.0", "300.00")
    (manon,) = vue["vendeurs"]
    assert (manon["nom"], manon["conversion"], manon["ouvertes"]) == ("Manon Leclerc", "66.67", 1)
    assert vue["pertes"] == [{"cause": "prix", "nombre": 1, "montant_ht": "150.00"}]
    (mars,) = [m for m in vue["mois"] if m["mois"] == "2026-03-01"]
    assert (mars["signe_ht"], mars["gagnees"], mars["envoyees"]) == ("300.00", 2, 4)
    assert len(vue["mois"]) == 12 + 6
    personne = await chiffres(client, commercial_id=str(b.TIERS))
    assert (personne["ensemble"]["envoyees"], personne["ensemble"]["brut_ht"], personne["pertes"]) == (0, "0", [])


async def test_figures_are_bounded(client: httpx.AsyncClient) -> None:
    assert (await client.get("/pilotage", params={"mois": 25})).status_code == 422
    assert (await chiffres(client, mois=24))["vendeurs"] == []


@pytest.mark.parametrize(
    ("jour", "nombre", "attendu"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 1)),
        (date(2026, 1, 31), -1, date(2025, 12, 1)),
        (date(2026, 12, 1), 13, date(2028, 1, 1)),
    ],
)
def test_months_are_counted_across_years(jour: date, nombre: int, attendu: date) -> None:
    assert rules.mois_plus(jour, nombre) == attendu
    assert len(rules.mois_de(date(2025, 11, 5), date(2026, 2, 1))) == 4


def test_nothing_decided_has_no_conversion() -> None:
    assert rules.conversion(0, 0) is None
    assert rules.conversion(1, 2) == Decimal("33.33")
