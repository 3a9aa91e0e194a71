"""The pages of demandes, with the real services behind and the others stopped."""

import re

import pytest

from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur
from tests.gateway.pages.saisie import champs


def _sain(page: str) -> None:
    """Landmarks, one title, nothing inline, no identifier twice."""
    assert len(re.findall(r"<h1\b", page)) == 1
    assert not re.search(r"\sstyle=|<style|\son[a-z]+=|<script(?![^>]*\ssrc=)", page)
    ids = re.findall(r'\sid="([^"]+)"', page)
    assert sorted(ids) == sorted(set(ids))


ECRANS = (
    "/demandes",
    "/demandes/tableaux/sav",
    "/demandes/liste",
    "/demandes/mes-demandes",
    "/demandes/nouvelle",
    "/demandes/nouvelle?tiers_id=&equipement_id=",
    "/demandes/configuration",
    "/demandes/configuration/sav",
    "/demandes/configuration/commercial/etats/preparation",
    "/planning",
    "/planning?equipe_id=&personne_id=",
    "/planning/nouvelle",
    "/planning/interventions",
    "/planning/temps",
)


async def test_chaque_ecran_s_ouvre_sans_les_autres_services(navigateur: Navigateur) -> None:
    await navigateur.monde.ouvrir()
    for url in ECRANS:
        _sain(await navigateur.ouvrir(url))


async def test_le_tableau_montre_les_cartes_et_filtre_par_l_adresse(navigateur: Navigateur) -> None:
    await navigateur.monde.ouvrir(objet="Caméras dôme", urgence="urgente", domaine_code="video")
    await navigateur.monde.ouvrir(objet="Copieur couleur")
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert "Tableau commercial" in page
    assert "Caméras dôme" in page
    assert "#cctv" in page
    filtree = await navigateur.ouvrir("/demandes/tableaux/commercial?q=cameras&urgentes=true", HX_Request="true")
    assert "Caméras dôme" in filtree
    assert "Copieur couleur" not in filtree
    assert "<html" not in filtree


async def test_la_suite_d_une_colonne_arrive_en_defilant(navigateur: Navigateur) -> None:
    for rang in range(14):
        await navigateur.monde.ouvrir(objet=f"Objet {rang:02d}")
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    suite = re.search(r'hx-get="(/demandes/tableaux/commercial/colonnes/[^"]+)"', page)
    assert suite is not None
    assert page.count("data-carte=") == 12
    reste = await navigateur.ouvrir(suite[1].replace("&amp;", "&"), HX_Request="true")
    assert reste.count("data-carte=") == 2


@pytest.mark.feature("GW-12")
async def test_une_carte_deposee_change_d_etat_et_se_relit_seule(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    url = f"/demandes/{demande['id']}/etat"
    depot = {"etats": ["commercial:attente_client"], "version": demande["version"]}
    reponse = await navigateur.deposer(url, depot)
    assert reponse.json()["etat"] == "commercial:attente_client"
    carte = await navigateur.ouvrir(f"/demandes/carte/{demande['id']}?tableau=commercial", HX_Request="true")
    assert 'data-etat="commercial:attente_client"' in carte
    await navigateur.ouvrir(f"/demandes/carte/{demande['id']}?tableau=sav", statut=204, HX_Request="true")
    refus = await navigateur.deposer(url, {"etats": ["commercial:a_facturer"], "version": reponse.json()["version"]})
    assert refus.status_code == 409
    assert "« Devis validé »" in refus.json()["detail"]


async def test_une_colonne_de_plusieurs_types_donne_l_etat_du_sien(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir("interne")
    colonnes = [
        {"libelle": "À faire", "etats": [{"type": "interne", "etat": "a_faire"}]},
        {
            "libelle": "En cours",
            "etats": [{"type": "sav", "etat": "j_y_travaille"}, {"type": "interne", "etat": "en_cours"}],
        },
        {"libelle": "SAV", "etats": [{"type": "sav", "etat": "resolu"}]},
    ]
    tableau = {"code": "mixte", "libelle": "Mixte", "colonnes": colonnes}
    assert (await navigateur.monde.http.post("/tableaux", json=tableau)).status_code == 201
    url = f"/demandes/{demande['id']}/etat"
    assert (await navigateur.deposer(url, {"etats": ["sav:j_y_travaille", "interne:en_cours"]})).json()[
        "etat"
    ] == "interne:en_cours"
    ferme = await navigateur.deposer(url, {"etats": ["sav:resolu"]})
    assert ferme.json()["code"] == "colonne_fermee"


async def test_la_fiche_dit_la_regle_de_chaque_passage_automatique(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    await navigateur.monde.recevoir(b.devis_envoye(demande), b.devis_refuse(demande))
    for en_tiroir in (False, True):
        entetes = {"X_Fenetre": "tiroir", "HX_Request": "true"} if en_tiroir else {}
        page = await navigateur.ouvrir(f"/demandes/{demande['id']}", statut=200, **entetes)
        assert "Règle : « Devis envoyé au client », parce que le devis DEV-2026-00042 a été envoyé" in page
        assert "Passer à « Perdu » ?" in page
        assert ("tiroir-tete" in page) is en_tiroir


@pytest.mark.feature("DM-21")
async def test_la_fiche_mene_a_l_etude_aux_besoins_a_la_feuille_et_a_la_facture(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    faits = (b.etude_creee(demande), b.negociation_ouverte(demande), b.feuille_creee(demande))
    facture = b.facture_envoyee(demande)
    await navigateur.monde.recevoir(*faits, facture)
    page = await navigateur.ouvrir(f"/demandes/{demande['id']}")
    for adresse in (
        f"/devis/etudes/{faits[0].etude_id}",
        f"/achats?demande_id={demande['id']}",
        f"/atelier/feuilles/{faits[2].feuille_id}",
        f"/administratif/factures/{facture.facture_id}",
    ):
        assert f'href="{adresse}"' in page, adresse


async def test_une_demande_s_ouvre_avec_son_contact_du_meme_geste(navigateur: Navigateur) -> None:
    vide = await navigateur.envoyer("/demandes/nouvelle", type_code="commercial", objet="Wi-Fi")
    assert vide.status_code == 422
    assert "Choisissez un contact" in vide.text
    champs = {"type_code": "commercial", "objet": "Wi-Fi", "nouveau_nom": "Boulangerie Paul", "urgence": "haute"}
    reponse = await navigateur.envoyer("/demandes/nouvelle", **champs)
    assert reponse.status_code == 204, reponse.text
    page = await navigateur.ouvrir(reponse.headers["hx-redirect"])
    assert "Boulangerie Paul" in page
    assert "Haute" in page


async def test_un_sav_sans_couverture_dit_pourquoi_dans_le_formulaire(navigateur: Navigateur) -> None:
    champs = {"type_code": "sav", "objet": "Panne", "tiers_id": str(navigateur.monde.tiers_id)}
    reponse = await navigateur.envoyer("/demandes/nouvelle", **champs)
    assert reponse.status_code == 422
    assert "ni contrat ni tarifs signés" in reponse.text
    assert 'value="Panne"' in reponse.text
    tarifs = f'href="/parc/accords/nouveau?tiers_id={navigateur.monde.tiers_id}&amp;equipement_id="'
    assert tarifs in reponse.text, "ce qui manque se propose d'ici"


async def test_les_gestes_de_la_fiche(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    base = f"/demandes/{demande['id']}"
    gestes: tuple[tuple[str, dict[str, str]], ...] = (
        ("/passer/attente_client", {}),
        ("/prendre", {}),
        ("/notes", {"texte": "Accès par la cour"}),
        ("/relances", {"canal": "appel", "compte_rendu": "Décide lundi", "prochaine_le": "2026-04-02"}),
        ("/temps", {"jour": "2026-03-17", "heures": "1", "minutes": "30", "travaux": "Repérage"}),
    )
    for chemin, valeurs in gestes:
        reponse = await navigateur.envoyer(base + chemin, **valeurs)
        assert reponse.status_code == 204, (chemin, reponse.text)
        assert "amanela:rafraichir" in reponse.headers["hx-trigger"]
    page = await navigateur.ouvrir(base)
    for texte in ("Accès par la cour", "Client rappelé", "Décide lundi", "1 h 30", "Camille Test"):
        assert texte in page, texte
    for dialogue in ("/modifier", "/relances", "/temps"):
        assert "dialogue-tete" in await navigateur.ouvrir(base + dialogue, X_Fenetre="dialogue")


async def test_deux_modifications_a_la_fois_gardent_la_saisie(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    base = f"/demandes/{demande['id']}/modifier"
    version = str(demande["version"])
    assert (await navigateur.envoyer(base, objet="Premier", urgence="haute", version=version)).status_code == 204
    tard = await navigateur.envoyer(base, objet="Second", urgence="normale", version=version)
    assert tard.status_code == 422
    assert 'value="Second"' in tard.text
    assert "Premier" in tard.text
    nouvelle = re.search(r'name="version" value="(\d+)"', tard.text)
    assert nouvelle is not None
    assert (await navigateur.envoyer(base, objet="Second", urgence="normale", version=nouvelle[1])).status_code == 204


async def test_la_configuration_se_retouche(navigateur: Navigateur) -> None:
    url = "/demandes/configuration/commercial"
    reponse = await navigateur.envoyer(
        f"{url}/etats/preparation",
        libelle="En préparation",
        couleur="vert",
        **await navigateur.vue("types-demande/commercial"),
    )
    assert reponse.headers["hx-redirect"] == url
    page = await navigateur.ouvrir(url)
    assert "En préparation" in page
    regle = re.search(r'hx-post="(/demandes/configuration/commercial/regles/[^"]+/inactif)"', page)
    assert regle is not None
    assert (await navigateur.envoyer(regle[1])).status_code == 204
    assert "Inactive" in await navigateur.ouvrir(url)


async def test_le_planning_pose_deplace_et_retire(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    await navigateur.monde.recevoir(b.devis_valide(demande), b.feuille_prete(demande))
    assert f'data-intervention="d-{demande["id"]}"' in await navigateur.ouvrir("/planning")
    sophie, karim = str(navigateur.monde.sophie), str(navigateur.monde.karim)
    pose: dict[str, object] = {"personne": sophie, "jour": "2026-03-19", "demi": "matin"}
    posee = await navigateur.deposer("/planning/poser", {"intervention": f"d-{demande['id']}", **pose})
    assert posee.status_code == 200
    page = await navigateur.ouvrir("/planning?semaine=2026-03-18")
    bloc = re.search(r'<li class="pl-bloc[^>]*data-intervention="([^"]+)"', page)
    assert bloc is not None
    assert "d-" + demande["id"] not in page
    deplacee = {"intervention": bloc[1], "de": pose, **pose, "personne": karim, "demi": "apres_midi"}
    assert (await navigateur.deposer("/planning/poser", deplacee)).status_code == 200
    (ligne,) = (await navigateur.monde.http.get("/interventions")).json()["elements"]
    assert ligne["collaborateur_ids"] == [karim]
    retiree = {"intervention": bloc[1], "personne": None, "jour": None, "demi": None}
    assert (await navigateur.deposer("/planning/poser", retiree)).status_code == 200
    assert f'data-intervention="d-{demande["id"]}"' in await navigateur.ouvrir("/planning")


async def test_le_formulaire_du_planning_dit_ce_qui_manque(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    creneau = {"demande_id": demande["id"], "jour": "2026-03-19", "demi": "journee", "nature": "installation"}
    refus = await navigateur.envoyer("/planning/nouvelle", **creneau)
    assert refus.status_code == 422
    assert "ne se planifie pas" in refus.text
    await navigateur.monde.recevoir(b.devis_valide(demande))
    reponse = await navigateur.envoyer("/planning/nouvelle", **creneau, equipe_id=str(navigateur.monde.equipe))
    assert reponse.status_code == 204, reponse.text
    page = await navigateur.ouvrir("/planning/interventions")
    depart = re.search(r'hx-post="(/planning/interventions/[^"]+/demarrer)"', page)
    assert depart is not None
    assert (await navigateur.envoyer(depart[1])).status_code == 204
    assert (await navigateur.envoyer(depart[1].replace("demarrer", "terminer"))).status_code == 204


async def test_deux_personnes_sur_une_demande_ne_perdent_rien(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await monde.ouvrir(description="Première", duree_prevue_minutes=90)
    url = f"/demandes/{demande['id']}/modifier"
    saisie = champs(await navigateur.ouvrir(url), url)
    ailleurs = {"objet": "Baie 42U", "description": "Par la cour", "duree_prevue_minutes": 90}
    await monde.http.put(f"/demandes/{demande['id']}", json={**ailleurs, "responsable_id": str(monde.karim)})
    saisie |= {"objet": ["Baie 24U murale"], "echeance": ["2026-04-02"], "urgence": ["haute"]}
    refusee = await navigateur.envoyer(url, **saisie)
    assert refusee.status_code == 422
    suite = champs(refusee.text, url)
    assert [c for c in suite if c.startswith("conflit:")] == ["conflit:objet"]
    assert "Baie 42U" in refusee.text
    choisie = await navigateur.envoyer(url, **{**suite, "conflit:objet": ["leur"]})
    assert choisie.status_code == 204, choisie.text
    lue = await monde.lire(demande)
    assert (lue["objet"], lue["description"], lue["urgence"]) == ("Baie 42U", "Par la cour", "haute")
    assert (lue["echeance"], lue["responsable_id"]) == ("2026-04-02", str(monde.karim))
    assert lue["duree_prevue_minutes"] == 90, "les minutes que le formulaire ne montre pas restent"


async def test_who_sells_takes_the_sale_they_open_unless_they_say_otherwise(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    sophie = await navigateur.asseoir("sophie", "commercial", collaborateur=monde.sophie)
    mien = f'<option value="{monde.sophie}" selected>'
    assert mien in await sophie.ouvrir("/demandes/nouvelle?type=commercial")
    assert mien not in await sophie.ouvrir("/demandes/nouvelle?type=sav")
    accueil = await navigateur.asseoir("claire", "accueil", collaborateur=monde.karim)
    for type_ in ("commercial", "sav"):
        assert f'<option value="{monde.karim}" selected>' not in await accueil.ouvrir(
            f"/demandes/nouvelle?type={type_}"
        )
    refuse = await sophie.envoyer("/demandes/nouvelle", type_code="commercial", objet="Wi-Fi", responsable_id="")
    assert mien not in refuse.text
