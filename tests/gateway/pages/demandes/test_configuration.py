"""Another company's way of working: four states in a file, and the whole circuit runs with them."""

import json
import re
from typing import Any

import pytest

from shared.testing.texte import simple
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur

URL = "/demandes/configuration/echange"
ETATS = ("a_chiffrer", "signe", "a_poser", "termine")


def _regle(libelle: str, fait: str, de: list[str], vers: str) -> dict[str, Any]:
    return {"libelle": libelle, "fait_type": fait, "de_etats": de, "vers": vers}


def _quatre_etats() -> dict[str, Any]:
    """An electrician: price, sign, install, done."""
    etats: list[dict[str, Any]] = [
        {"code": "a_chiffrer", "libelle": "À chiffrer", "service": "commercial", "est_initial": True},
        {"code": "signe", "libelle": "Signé", "service": "achats", "couleur": "bleu", "est_planifiable": True},
        {"code": "a_poser", "libelle": "À poser", "service": "planning", "est_a_planifier": True},
        {"code": "termine", "libelle": "Terminé", "service": "administratif", "est_terminal": True},
    ]
    etats[2]["est_planifiable"] = True
    regles = [
        _regle("Devis signé", "commercial.devis_valide.v1", ["a_chiffrer"], "signe"),
        _regle("Matériel prêt", "inventory.feuille_prete.v1", ["signe"], "a_poser"),
        _regle("Posé", "inventory.feuille_validee.v1", ["signe", "a_poser"], "termine"),
    ]
    transitions = {"a_chiffrer": ["signe"], "signe": ["a_chiffrer", "a_poser"], "a_poser": ["signe", "termine"]}
    chantier = {"code": "chantier", "libelle": "Chantier", "icone": "hammer", "nature": "vente"}
    colonnes = [
        {"libelle": e["libelle"], "service": e["service"], "etats": [{"type": "chantier", "etat": e["code"]}]}
        for e in etats
    ]
    return {
        "types": [{**chantier, "etats": etats, "transitions": transitions, "regles": regles}],
        "tableaux": [{"code": "chantiers", "libelle": "Chantiers", "colonnes": colonnes}],
        "domaines": [{"code": "courant_fort", "libelle": "Courant fort", "icone": "plug-zap"}],
    }


async def _importer(navigateur: Navigateur, contenu: Any) -> Any:
    return await _envoyer(navigateur, json.dumps(contenu).encode())


async def _envoyer(navigateur: Navigateur, octets: bytes) -> Any:
    entetes = {"HX-Request": "true", "X-CSRF-Token": navigateur.csrf}
    fichier = {"fichier": ("configuration.json", octets, "application/json")}
    return await navigateur.http.post(URL, files=fichier, headers=entetes)


def _colonnes(page: str) -> dict[str, list[str]]:
    """The cards of each column of a board."""
    morceaux = re.split(r'<section class="bd-col[^>]*aria-label="([^"]+)"', page)[1:]
    textes = zip(morceaux[::2], morceaux[1::2], strict=True)
    return {libelle: re.findall(r'data-carte="([^"]+)"', texte) for libelle, texte in textes}


@pytest.mark.feature("DM-38")
async def test_une_societe_a_quatre_etats_importe_les_siens_et_tout_le_circuit_tourne(navigateur: Navigateur) -> None:
    ancienne = await navigateur.monde.ouvrir(objet="D’avant")
    importee = await _importer(navigateur, _quatre_etats())
    assert importee.headers["hx-redirect"] == "/demandes/configuration", importee.text
    formulaire = await navigateur.ouvrir("/demandes/nouvelle")
    assert re.findall(r'name="type_code" value="([^"]+)"', formulaire) == ["chantier"]
    champs = {"type_code": "chantier", "objet": "Tableau électrique", "tiers_id": str(navigateur.monde.tiers_id)}
    ouverte = await navigateur.envoyer("/demandes/nouvelle", **champs)
    fiche = ouverte.headers["hx-redirect"]
    demande = {"id": fiche.rpartition("/")[2]}
    assert "Faire le devis" in await navigateur.ouvrir(fiche), "la nature du type, pas son code"
    acheteur = await navigateur.asseoir("thomas", "achats")
    assert "Tableau chantiers" in await acheteur.ouvrir("/demandes")
    for fait, libelle in (
        (None, "À chiffrer"),
        (b.devis_valide(demande), "Signé"),
        (b.feuille_creee(demande), "Signé"),
        (b.feuille_prete(demande), "À poser"),
    ):
        if fait is not None:
            await navigateur.monde.recevoir(fait)
        colonnes = _colonnes(await acheteur.ouvrir("/demandes"))
        assert list(colonnes) == ["À chiffrer", "Signé", "À poser", "Terminé"]
        assert [nom for nom, cartes in colonnes.items() if cartes] == [libelle]
    assert f'data-intervention="d-{demande["id"]}"' in await navigateur.ouvrir("/planning")
    pose = {"personne": str(navigateur.monde.sophie), "jour": "2026-03-19", "demi": "matin"}
    posee = await navigateur.deposer("/planning/poser", {"intervention": f"d-{demande['id']}", **pose})
    assert posee.status_code == 200
    await navigateur.monde.recevoir(b.feuille_validee(demande))
    lue = await navigateur.monde.lire(demande)
    assert (lue["etat_code"], lue["est_close"]) == ("termine", True)
    assert "D’avant" in await navigateur.ouvrir(f"/demandes/{ancienne['id']}"), (
        "ce qui suivait l’ancienne se lit encore"
    )
    exportee = (await navigateur.http.get(f"{URL}/configuration.json")).json()
    assert [e["code"] for e in exportee["types"][0]["etats"]] == list(ETATS)
    assert [t["code"] for t in exportee["tableaux"]] == ["chantiers"]
    assert (await _importer(navigateur, exportee)).status_code == 204, "ce qui est exporté se réimporte"


async def test_une_configuration_qui_ne_tient_pas_est_refusee_et_rien_ne_change(navigateur: Navigateur) -> None:
    avant = (await navigateur.http.get(f"{URL}/configuration.json")).json()
    bancale = _quatre_etats()
    bancale["types"][0]["regles"][0]["vers"] = "nulle_part"
    assert "« nulle_part »" in simple((await _importer(navigateur, bancale)).text)
    occupee = {**_quatre_etats(), "types": [{**_quatre_etats()["types"][0], "code": "commercial"}]}
    occupee["tableaux"][0]["colonnes"] = [{"libelle": "x", "etats": [{"type": "commercial", "etat": "signe"}]}]
    await navigateur.monde.ouvrir()
    assert "contient encore des demandes" in (await _importer(navigateur, occupee)).text
    assert "n’est pas une configuration" in (await _importer(navigateur, None)).text
    assert "n’est pas une configuration" in (await _envoyer(navigateur, b"[" * 100_000)).text
    assert (await navigateur.http.get(f"{URL}/configuration.json")).json() == avant
    for identifiant, role in (("thomas", "achats"), ("manon", "commercial")):
        collegue = await navigateur.asseoir(identifiant, role)
        assert "Types et états" not in await collegue.ouvrir("/demandes")
        assert (await _importer(collegue, _quatre_etats())).status_code == 422
    assert (await navigateur.http.get(f"{URL}/configuration.json")).json() == avant
