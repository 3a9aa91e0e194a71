"""Screens cost the same number of statements whatever they show."""

import httpx

from shared.testing.statements import sent
from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception


async def test_screens_send_as_many_statements_for_one_object_as_for_thirty(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    chemins = ["/feuilles", "/historiques", "/produits", "/stock"]
    mesures = []
    for nombre in ("1", "30"):
        devis = un_devis_valide(*(une_ligne(attend(atelier.copieur, nombre), position=i) for i in (1, 2)))
        await atelier.recevoir(devis)
        await atelier.recevoir(
            une_reception(atelier.annecy.agence_id, recu(atelier.copieur, str(2 * int(nombre)))),
            une_reception(atelier.lyon.agence_id, recu(atelier.cable, "10")),
        )
        feuille = (await client.get("/feuilles", params={"demande_id": str(devis.demande_id)})).json()["elements"][0]
        mesure = []
        for chemin in [*chemins, f"/feuilles/{feuille['id']}"]:
            with sent(atelier.database) as vus:
                assert (await client.get(chemin)).status_code == 200
            mesure.append((chemin.partition("/0")[0], len(vus)))
        mesures.append(mesure)
    assert mesures[0] == mesures[1]
    assert max(nombre for _, nombre in mesures[0]) <= 8
