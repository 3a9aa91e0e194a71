"""An administrator draws a circuit in pages alone: a type, its states, moves and rules, and puts an earlier one back."""

import html
import re
from typing import Any

import pytest

from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur

ICI = "/demandes/configuration"


async def lire(navigateur: Navigateur, code: str) -> dict[str, Any]:
    reponse = await navigateur.monde.http.get(f"/types-demande/{code}")
    lu: dict[str, Any] = reponse.json()
    return lu


async def faire(navigateur: Navigateur, url: str, **champs: Any) -> None:
    reponse = await navigateur.envoyer(url, **champs)
    assert reponse.status_code == 204, reponse.text


def cochees(page: str, nom: str) -> set[str]:
    """The boxes of that name that are ticked."""
    cases = re.findall(rf'<input[^>]*name="{nom}"[^>]*>', page)
    return {re.findall(r'value="([^"]*)"', case)[0] for case in cases if "checked" in case}


@pytest.mark.feature("DM-02")
async def test_un_type_rma_se_dessine_en_pages_et_sert_aussitot(navigateur: Navigateur) -> None:
    champs = {"libelle": "RMA", "nature": "autre", "icone": "truck", "depart": "Ouvert", "fin": "Clos"}
    await faire(navigateur, f"{ICI}/types", **champs)
    assert "est déjà utilisé" in (await navigateur.envoyer(f"{ICI}/types", **champs)).text
    envoye = {"libelle": "Envoyé", "comme": "depart", "couleur": "bleu", "service": "achats"}
    await faire(navigateur, f"{ICI}/rma/etats", **envoye, **await navigateur.vue("types-demande/rma"))
    await faire(
        navigateur,
        f"{ICI}/rma/etats/envoye",
        libelle="Envoyé",
        couleur="bleu",
        service="achats",
        vers=["fin"],
        **await navigateur.vue("types-demande/rma"),
    )
    regle = {"libelle": "L’étude est ouverte", "fait_type": "commercial.etude_creee.v1", "vers": "envoye"}
    refusee = await navigateur.envoyer(f"{ICI}/rma/regles/0", **regle)
    assert (refusee.status_code, "Choisissez au moins un état" in refusee.text) == (422, True)
    assert "L’étude est ouverte" in html.unescape(refusee.text), "rien n’est à retaper"
    version = (await lire(navigateur, "rma"))["version"]
    await faire(navigateur, f"{ICI}/rma/regles/0", **regle, de_etats=["depart"], version=version)
    formulaire = await navigateur.ouvrir("/demandes/nouvelle")
    assert 'value="rma"' in formulaire
    assert "Aucun tableau ne montre ce type" in await navigateur.ouvrir(f"{ICI}/rma")
    assert "Aucun tableau ne montre ce type" not in await navigateur.ouvrir(f"{ICI}/sav")
    demande = await navigateur.monde.ouvrir("rma")
    await navigateur.monde.recevoir(b.etude_creee(demande))
    assert await navigateur.monde.etat(demande) == "envoye"
    page = await navigateur.ouvrir(f"{ICI}/rma/etats/envoye")
    assert cochees(page, "vers") == {"fin"}
    assert (await navigateur.monde.passer(demande, "fin")).json()["est_close"]


@pytest.mark.feature("DM-03")
async def test_un_etat_change_de_place_se_retire_et_l_ancien_circuit_se_remet(navigateur: Navigateur) -> None:
    avant = await lire(navigateur, "commercial")
    codes = [e["code"] for e in avant["etats"]]
    await faire(navigateur, f"{ICI}/commercial/etats/attente_reception/monter", version=avant["version"])
    rang = codes.index("attente_reception")
    codes.insert(rang - 1, codes.pop(rang))
    assert [e["code"] for e in (await lire(navigateur, "commercial"))["etats"]] == codes
    perime = await navigateur.envoyer(f"{ICI}/commercial/etats/perdu/monter", version=avant["version"])
    assert perime.status_code == 409, "un collègue a changé le circuit entre-temps"
    version = (await lire(navigateur, "commercial"))["version"]
    await faire(navigateur, f"{ICI}/commercial/etats/attente_reception/retirer", version=version)
    apres = await lire(navigateur, "commercial")
    deja = await navigateur.envoyer(f"{ICI}/commercial/etats/attente_reception/retirer", version=version)
    assert deja.status_code == 409
    assert "attente_reception" not in str(apres)
    await navigateur.monde.passer(await navigateur.monde.ouvrir(), "attente_client")
    occupe = await navigateur.envoyer(f"{ICI}/commercial/etats/attente_client/retirer", version=apres["version"])
    assert occupe.json()["code"] == "etat_encore_utilise"
    page = await navigateur.ouvrir(f"{ICI}/commercial/versions")
    assert f"Version {avant['version']}" in page
    await faire(navigateur, f"{ICI}/commercial/versions/{avant['version']}", version=apres["version"])
    remis = await lire(navigateur, "commercial")
    assert (remis["transitions"], [r["libelle"] for r in remis["regles"]]) == (
        avant["transitions"],
        [r["libelle"] for r in avant["regles"]],
    )


async def test_une_regle_se_modifie_se_range_se_retire_et_garde_sa_condition(navigateur: Navigateur) -> None:
    lu = await lire(navigateur, "commercial")
    avant, vue = lu["regles"], {"version": str(lu["version"])}
    rang = next(i for i, r in enumerate(avant) if r["condition_champ"] == "complet" and r["condition_valeur"])
    page = await navigateur.ouvrir(f"{ICI}/commercial/regles/{rang}")
    assert cochees(page, "de_etats") == set(avant[rang]["de_etats"])
    assert re.search(r'<option value="complet=oui" selected', page)
    champs = {"libelle": "Tout est là", "fait_type": avant[rang]["fait_type"], "condition": "complet=oui"}
    await faire(
        navigateur, f"{ICI}/commercial/regles/{rang}", **champs, vers="preparation", de_etats=["devis_valide"], **vue
    )
    vue = {"version": str((await lire(navigateur, "commercial"))["version"])}
    await faire(navigateur, f"{ICI}/commercial/regles/{rang}/place/monter", **vue)
    perime = await navigateur.envoyer(f"{ICI}/commercial/regles/{rang}/place/retirer", **vue)
    assert perime.status_code == 409, "la règle de ce rang n’est plus celle que la page montrait"
    vue = {"version": str((await lire(navigateur, "commercial"))["version"])}
    regles = (await lire(navigateur, "commercial"))["regles"]
    changee = regles[rang - 1]
    assert (changee["libelle"], changee["vers"], changee["de_etats"]) == (
        "Tout est là",
        "preparation",
        ["devis_valide"],
    )
    assert (changee["condition_champ"], changee["condition_valeur"]) == ("complet", True)
    await faire(navigateur, f"{ICI}/commercial/regles/{rang - 1}/place/retirer", **vue)
    assert len((await lire(navigateur, "commercial"))["regles"]) == len(avant) - 1
    gardes = {r["id"] for r in avant} & {r["id"] for r in (await lire(navigateur, "commercial"))["regles"]}
    assert len(gardes) == len(avant) - 1, "l’historique nomme les règles par leur identifiant"


async def test_un_type_copie_un_circuit_et_se_met_de_cote(navigateur: Navigateur) -> None:
    await faire(navigateur, f"{ICI}/types", libelle="Location", nature="vente", comme="commercial")
    modele, copie = await lire(navigateur, "commercial"), await lire(navigateur, "location")
    assert (copie["transitions"], len(copie["regles"])) == (modele["transitions"], len(modele["regles"]))
    await faire(navigateur, f"{ICI}/location/type", libelle="Locations", nature="vente", icone="printer", version="1")
    copie = await lire(navigateur, "location")
    assert (copie["libelle"], copie["est_actif"], copie["icone"]) == ("Locations", False, "printer")
    assert 'value="location"' not in await navigateur.ouvrir("/demandes/nouvelle")


async def test_un_tableau_se_regle(navigateur: Navigateur) -> None:
    url = f"{ICI}/tableaux/sav/reglages"
    champs = {"libelle": "Dépannages", "tri": "echeance", "jours_termines": "90", "icone": "wrench", "est_actif": "1"}
    champs |= await navigateur.vue("tableaux/sav")
    assert "jours_termines" in (await navigateur.envoyer(url, **{**champs, "jours_termines": "beaucoup"})).text
    await faire(navigateur, url, **champs)
    lu = (await navigateur.monde.http.get("/tableaux/sav")).json()
    assert (lu["libelle"], lu["tri"], lu["jours_termines"], lu["icone"]) == ("Dépannages", "echeance", 90, "wrench")


async def test_configurer_est_reserve(navigateur: Navigateur) -> None:
    claire = await navigateur.asseoir("claire", "accueil")
    page = await claire.ouvrir(f"{ICI}/commercial")
    for geste in ("Modifier le type", "Ajouter un état", "Ranger l’état", "Ranger la règle", "Nouveau type"):
        assert geste not in html.unescape(page), geste
    for url in (f"{ICI}/types", f"{ICI}/commercial/type", f"{ICI}/commercial/regles/0", f"{ICI}/commercial/versions/1"):
        assert (await claire.envoyer(url, libelle="Non", de_etats=["facture"], vers="perdu")).status_code in (
            403,
            422,
        ), url
    assert (await lire(navigateur, "commercial"))["version"] == 1


async def test_conditions_et_icones_se_lisent_en_mots(navigateur: Navigateur) -> None:
    page = html.unescape(await navigateur.ouvrir(f"{ICI}/sav")).replace("\u00a0", " ")
    assert "si une autre reste prévue : non" in page
    assert 'aria-label="Livraison"' in await navigateur.ouvrir(f"{ICI}/sav/type")
