"""Who else is on a record: told to those who may read it, forgotten soon after the last sign."""

from datetime import timedelta
from typing import Any

import pytest

from shared.kernel.clock import FrozenClock
from tests.gateway.bureau import Bureau, Poste

OBJET = "proposition:00000000-0000-0000-0000-0000000000d1"


async def signe(poste: Poste, page: str, statut: int = 200, **champs: Any) -> Any:
    corps = {"objet": OBJET, "page": page * 32, **champs}
    reponse = await poste.http.post("/presence", json=corps, headers={"X-CSRF-Token": poste.csrf})
    assert reponse.status_code == statut, reponse.text
    return reponse.json().get("presents")


async def test_each_sees_the_others_and_who_types(bureau: Bureau, clock: FrozenClock) -> None:
    celine, malik = await bureau.asseoir("celine", "commercial"), await bureau.asseoir("malik", "direction")
    assert await signe(celine, "a") == []
    (vue,) = await signe(malik, "b")
    assert vue["ecrit"] is False
    assert await signe(malik, "c") == [vue]
    await signe(celine, "a", ecrit=True)
    clock.advance(timedelta(seconds=10))
    await signe(celine, "a")
    assert await signe(malik, "b") == [{**vue, "ecrit": True}]
    clock.advance(timedelta(seconds=10))
    await signe(celine, "a")
    assert await signe(malik, "b") == [vue]
    clock.advance(timedelta(seconds=31))
    assert await signe(malik, "b") == []


async def test_a_closed_page_is_forgotten_at_once_and_nobody_closes_another(bureau: Bureau) -> None:
    celine, malik = await bureau.asseoir("celine", "commercial"), await bureau.asseoir("malik", "direction")
    await signe(celine, "a")
    await signe(malik, "a", est_parti=True)
    assert len(await signe(malik, "b")) == 1
    await signe(celine, "a", est_parti=True)
    assert await signe(malik, "b") == []


@pytest.mark.parametrize("objet", ["proposition:x", "autre", "compte:00000000-0000-0000-0000-0000000000d1"])
async def test_only_who_may_read_knows(bureau: Bureau, objet: str) -> None:
    magasin = await bureau.asseoir("paul", "magasin")
    await signe(magasin, "a", statut=403)
    await signe(magasin, "a", statut=403 if objet.startswith("compte") else 422, objet=objet)
