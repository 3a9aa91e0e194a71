"""Whatever people do, in whatever sequence, the balance is the sum of the movements and nobody holds more than there is."""

import random
from typing import Any

import httpx
import pytest

from tests.builders.inventory import Atelier, attend, recu, un_devis_valide, une_ligne, une_reception
from tests.services.inventory.feuille.test_approvisionnement import verifier_soldes
from tests.services.inventory.logistique.test_places import une_place

Json = dict[str, Any]
GESTES = 45


class Magasin:
    """Somebody who does anything, at random, through the API; a refusal is an answer like another."""

    def __init__(self, atelier: Atelier, client: httpx.AsyncClient, hasard: random.Random, places: list[Json]) -> None:
        self.atelier, self.client, self.hasard, self.places = atelier, client, hasard, places

    async def agir(self) -> None:
        """One thing, drawn."""
        gestes = [self.entrer, self.recevoir, self.signer, self.transferer, self.prelever, self.retirer, self.generer]
        await self.hasard.choice([*gestes, self.transferer, self.prelever, self.valider])()

    async def entrer(self) -> None:
        produit = self.hasard.choice([self.atelier.cable, self.atelier.telephone])
        place = self.hasard.choice(self.places)
        quantite = str(self.hasard.randint(1, 6))
        await self._poster(
            "/entrees", {"produit_id": str(produit.id), **place, "quantite": quantite, "motif": "Compté"}
        )

    async def recevoir(self) -> None:
        produit = self.hasard.choice([self.atelier.cable, self.atelier.telephone])
        agence = self.hasard.choice([self.atelier.annecy, self.atelier.lyon]).agence_id
        await self.atelier.recevoir(une_reception(agence, recu(produit, str(self.hasard.randint(1, 5)))))

    async def signer(self) -> None:
        lignes = [attend(p, str(self.hasard.randint(1, 6))) for p in (self.atelier.cable, self.atelier.telephone)]
        priorite = self.hasard.randint(0, 9)
        await self.atelier.recevoir(un_devis_valide(une_ligne(*lignes), priorite=priorite))

    async def transferer(self) -> None:
        objets = await self._lister("/historiques", etat="en_stock")
        if objets:
            objet = self.hasard.choice(objets)
            moitie = {"quantite": "0.5"} if float(objet["quantite"]) > 1 and self.hasard.random() < 0.5 else {}
            corps = {**self.hasard.choice(self.places), **moitie, "motif": "Rangement"}
            await self._poster(f"/historiques/{objet['id']}/transferer", corps)

    async def prelever(self) -> None:
        if (feuille := await self._feuille()) is None:
            return
        objets = await self._lister("/historiques", etat="en_stock")
        if objets and self.hasard.random() < 0.5:
            corps = {"historique_id": self.hasard.choice(objets)["id"]}
            await self._poster(f"/feuilles/{feuille['id']}/prelever", corps)
        else:
            await self._poster(f"/feuilles/{feuille['id']}/prelever-reserve", {})

    async def retirer(self) -> None:
        objets = await self._lister("/historiques", etat="en_preparation")
        if objets:
            objet = self.hasard.choice(objets)
            corps = {"historique_id": objet["id"], "au_rebut": self.hasard.random() < 0.3}
            await self._poster(f"/feuilles/{objet['feuille_id']}/retirer", corps)

    async def generer(self) -> None:
        await self._poster("/reservations/generer", {})

    async def valider(self) -> None:
        if (feuille := await self._feuille()) is not None:
            await self._poster(f"/feuilles/{feuille['id']}/cloturer", {})
            await self._poster(f"/feuilles/{feuille['id']}/valider", {"malgre_ecarts": True})

    async def _feuille(self) -> Json | None:
        ouvertes = await self._lister("/feuilles", etat="en_cours")
        return self.hasard.choice(ouvertes) if ouvertes else None

    async def _lister(self, chemin: str, **params: str) -> list[Json]:
        elements: list[Json] = (await self.client.get(chemin, params={**params, "limite": 200})).json()["elements"]
        return sorted(elements, key=lambda e: str(e["id"]))

    async def _poster(self, chemin: str, corps: Json) -> None:
        reponse = await self.client.post(chemin, json=corps)
        assert reponse.status_code in (200, 201, 404, 409, 422), reponse.text


@pytest.mark.parametrize("graine", [20261127, 7])
async def test_the_balance_stays_the_sum_of_the_movements(
    atelier: Atelier, client: httpx.AsyncClient, graine: int
) -> None:
    places: list[Json] = [{"depot_id": str(depot_id)} for depot_id in atelier.depots.values()]
    for depot, code, nature in (("ANN", "A1", "neuf"), ("ANN", "PRETS", "pret"), ("LYO", "CAGE", "quarantaine")):
        place = await une_place(atelier, client, depot, code, nature)
        places.append({"depot_id": str(atelier.depots[depot]), "emplacement_id": place})
    magasin = Magasin(atelier, client, random.Random(graine), places)
    for geste in range(GESTES):
        await magasin.agir()
        if geste % 5 == 4:
            await verifier_soldes(atelier.database)
    await verifier_soldes(atelier.database)
