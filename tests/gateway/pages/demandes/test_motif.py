"""A passage that asks why: set in the circuit, asked by the page and by the board, kept in the activity."""

from shared.testing.texte import simple
from tests.gateway.pages.demandes.conftest import Navigateur


async def demander(navigateur: Navigateur) -> None:
    """From the first state of the commercial circuit, "Perdu" asks a reason."""
    page = await navigateur.ouvrir("/demandes/configuration/commercial/etats/devis_a_realiser")
    assert "Demander un motif pour passer à" in page
    vue = await navigateur.vue("types-demande/commercial")
    champs = {"libelle": "Devis à réaliser", "couleur": "ambre", "service": "commercial", "est_planifiable": "1"}
    vers = ["attente_client", "perdu"]
    reponse = await navigateur.envoyer(
        "/demandes/configuration/commercial/etats/devis_a_realiser", **champs, **vue, vers=vers, motifs=["perdu"]
    )
    assert reponse.status_code == 204, reponse.text


async def test_le_passage_demande_pourquoi_et_l_activite_le_garde(navigateur: Navigateur) -> None:
    await demander(navigateur)
    assert "(motif)" in await navigateur.ouvrir("/demandes/configuration/commercial")
    demande = await navigateur.monde.ouvrir()
    url = f"/demandes/{demande['id']}/passer/perdu"
    refus = await navigateur.envoyer(url)
    assert (refus.status_code, refus.json()["code"]) == (409, "motif_demande")
    assert "Dites pourquoi" in simple(refus.json()["detail"])
    page = await navigateur.ouvrir(f"/demandes/{demande['id']}")
    assert f'href="{url}" data-dialogue' in page
    assert f'hx-post="/demandes/{demande["id"]}/passer/attente_client"' in page
    assert "required" in await navigateur.ouvrir(url, x_fenetre="dialogue")
    assert (await navigateur.envoyer(url, motif="Budget reporté à 2027")).status_code == 204
    assert "Budget reporté à 2027" in await navigateur.ouvrir(f"/demandes/{demande['id']}")


async def test_le_tableau_ouvre_la_question_et_ne_deplace_rien(navigateur: Navigateur) -> None:
    await demander(navigateur)
    demande = await navigateur.monde.ouvrir()
    depot = {"etats": ["commercial:perdu"], "version": 0}
    reponse = await navigateur.deposer(f"/demandes/{demande['id']}/etat", depot)
    assert reponse.json() == {"demander": f"/demandes/{demande['id']}/passer/perdu"}
    assert (await navigateur.monde.lire(demande))["etat_code"] == "devis_a_realiser"


async def test_le_motif_suit_le_circuit_quand_un_etat_est_dedouble_ou_remis(navigateur: Navigateur) -> None:
    await demander(navigateur)
    monde = navigateur.monde
    frere = {"code": "chiffrage", "libelle": "Chiffrage", "comme": "devis_a_realiser"}
    assert (await monde.http.post("/types-demande/commercial/etats", json=frere)).status_code in (200, 201)
    lu = (await monde.http.get("/types-demande/commercial")).json()
    assert lu["motifs"] == {"devis_a_realiser": ["perdu"], "chiffrage": ["perdu"]}
    version = lu["version"] - 1
    avant = (await monde.http.get(f"/types-demande/commercial/versions/{version}")).json()
    assert avant["motifs"] == {"devis_a_realiser": ["perdu"]}
