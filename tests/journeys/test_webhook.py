"""A program outside is told of what happens, signed, through real processes: a failure is tried again, a dead address delays nobody."""

from typing import Any

import pytest

from shared.testing.eventually import eventually
from tests.builders.adresses import ANNECY
from tests.gateway.webhook.receveur import JAMAIS, Receveur, ecouter
from tests.journeys.equipe import Equipe
from tests.journeys.etapes import PATIENCE, ouvrir

FAITS = ["contacts.tiers_cree.v1", "demandes.demande_creee.v1", "demandes.etat_change.v1"]


async def inscrire(equipe: Equipe, libelle: str, adresse: str) -> dict[str, Any]:
    """A webhook of the administrator."""
    corps = {"libelle": libelle, "adresse": adresse, "faits": FAITS}
    cree: dict[str, Any] = await equipe.admin.creer("/webhooks", corps)
    return cree


def faits(receveur: Receveur, chemin: str, secret: str, type_: str) -> list[dict[str, Any]]:
    """What a path was told of a kind, every signature verified by the public library."""
    lus = [recu.verifier(secret) for recu in receveur.de(chemin)]
    return [lu["data"] for lu in lus if lu["type"] == type_]


@pytest.mark.timeout(200)
async def test_un_programme_est_prevenu(equipe: Equipe) -> None:
    async with ecouter() as receveur:
        receveur.reponses |= {"/vive": [500], "/morte": [JAMAIS] * 100}
        vive = await inscrire(equipe, "Compta", receveur.adresse("/vive"))
        morte = await inscrire(equipe, "Abandonnée", receveur.adresse("/morte"))

        async def connue() -> None:  # a webhook counts a second after it is saved
            await equipe.claire.creer(
                "/contacts/tiers", {"nom": "Essai du webhook", "roles": ["client"], "adresses": [ANNECY]}
            )
            assert receveur.recus

        await eventually(connue, PATIENCE)
        demande = await ouvrir(equipe, "Prévenir la compta")
        vers = (await equipe.claire.lire(f"/demandes/demandes/{demande['id']}"))["possibles"][0]
        await equipe.claire.creer(f"/demandes/demandes/{demande['id']}/etat", {"vers": vers})

        def prevenue() -> None:
            creees = faits(receveur, "/vive", vive["secret"], "demandes.demande_creee.v1")
            assert [d["numero"] for d in creees if d["demande_id"] == demande["id"]] == [demande["numero"]]
            changes = faits(receveur, "/vive", vive["secret"], "demandes.etat_change.v1")
            assert vers in [e["vers"] for e in changes if e["demande_id"] == demande["id"]]
            ids = [recu.id for recu in receveur.de("/vive")]
            assert len(ids) == len(set(ids)) + 1, "un seul a été repris, avec son identifiant"

        await eventually(prevenue, PATIENCE)
        assert receveur.de("/morte")
        await equipe.admin.creer(f"/webhooks/{morte['id']}/arreter")
        await equipe.admin.creer(f"/webhooks/{vive['id']}/arreter")
