"""Boards as each person sees them: the columns of his service, the order he chose, boards drawn by an administrator."""

import html
import re
from typing import Any

import pytest

from shared.kernel.ids import new_id
from shared.testing.statements import sent
from tests.builders import demandes as b
from tests.gateway.pages.demandes.conftest import Navigateur
from tests.journeys.equipe import SOCIETE

CONFIGURATION = "/demandes/configuration/tableaux"


def _colonne(page: str, libelle: str) -> str:
    """The opening tag of a column."""
    trouvee = re.search(rf'<section class="bd-col[^>]*aria-label="{libelle}"', page)
    assert trouvee is not None, libelle
    return trouvee[0]


def _pour_mon_service(page: str) -> dict[str, int]:
    """The counters of the section that names the columns of somebody's service."""
    section = re.search(r"Pour votre service</h2>(.*?)</section>", page, re.S)
    liens = re.findall(r'panneau-texte">([^<]+).*?panneau-compte">(\d+)', section[1], re.S) if section else []
    return {libelle: int(nombre) for libelle, nombre in liens}


def _contenu(page: str, libelle: str) -> list[str]:
    """The ids of the cards of a column."""
    suite = page.partition(_colonne(page, libelle))[2].partition("</section>")[0]
    return re.findall(r'data-carte="([^"]+)"', suite)


@pytest.mark.feature("DM-05")
async def test_une_colonne_confiee_aux_achats_est_mise_en_avant_chez_les_acheteurs(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    await navigateur.monde.recevoir(b.devis_valide(demande))
    thomas = await navigateur.asseoir("thomas", "achats")
    page = await thomas.ouvrir("/demandes")
    assert "Tableau achats" in page, "chacun entre par le tableau de son service"
    assert "is-pour-moi" in _colonne(page, "Achats en cours")
    assert "is-pour-moi" not in _colonne(page, "Devis validé")
    assert _pour_mon_service(page) == {"Achats en cours": 0, "Attente de réception": 0}
    etats = ["commercial:devis_valide"]
    saisie: dict[str, str | list[str]] = {
        "libelle": "À acheter",
        "couleur": "ambre",
        "service": "achats",
        "etats": etats,
    }
    saisie |= await navigateur.vue("tableaux/achats")
    assert (await navigateur.envoyer(f"{CONFIGURATION}/achats/colonnes/0", **saisie)).status_code == 204
    page = await thomas.ouvrir("/demandes")
    assert "is-pour-moi" in _colonne(page, "À acheter")
    assert _pour_mon_service(page) == {"À acheter": 1, "Achats en cours": 0, "Attente de réception": 0}
    administratif = await navigateur.asseoir("celine", "administratif")
    assert "is-pour-moi" not in _colonne(await administratif.ouvrir("/demandes/tableaux/achats"), "À acheter")


@pytest.mark.feature("DM-06")
async def test_le_tri_choisi_change_l_ordre_et_suit_la_personne(navigateur: Navigateur) -> None:
    ouvertes: tuple[tuple[str, dict[str, str]], ...] = (
        ("Ancienne", {"urgence": "basse"}),
        ("Chère", {"echeance": "2026-05-02"}),
        ("Pressée", {"urgence": "urgente", "echeance": "2026-06-01"}),
    )
    for objet, champs in ouvertes:
        await navigateur.monde.ouvrir(objet=objet, **champs)
    manon = await navigateur.asseoir("manon", "commercial")

    def ordre(page: str) -> list[str]:
        return re.findall(r'class="bd-objet">([^<]+)', page)

    url = "/demandes/tableaux/commercial"
    assert ordre(await manon.ouvrir(url)) == ["Pressée", "Chère", "Ancienne"]
    assert ordre(await manon.ouvrir(f"{url}?tri=anciennete")) == ["Ancienne", "Chère", "Pressée"]
    assert ordre(await manon.ouvrir(f"{url}?tri=echeance")) == ["Chère", "Pressée", "Ancienne"]
    ailleurs = await navigateur.asseoir("manon")
    assert ordre(await ailleurs.ouvrir(url)) == ["Chère", "Pressée", "Ancienne"], "retenu sur une autre machine"
    assert ordre(await ailleurs.ouvrir("/demandes/tableaux/devis-en-cours")) == ["Chère", "Pressée", "Ancienne"]
    assert ordre(await navigateur.ouvrir(url)) == ["Pressée", "Chère", "Ancienne"], "celui des autres ne change pas"


async def test_un_tableau_se_dessine_sans_code(navigateur: Navigateur) -> None:
    await navigateur.monde.ouvrir(objet="Copieur couleur")
    champs = {"libelle": "Mes relances", "colonne": "À rappeler", "service": "commercial", "couleur": "ambre"}
    assert "Choisissez au moins un état" in (await navigateur.envoyer(CONFIGURATION, **champs)).text
    cree = await navigateur.envoyer(CONFIGURATION, **champs, etats=["commercial:attente_client"])
    url = cree.headers["hx-redirect"]
    assert url == f"{CONFIGURATION}/mes-relances"
    deuxieme: dict[str, str | list[str]] = {
        "libelle": "À faire",
        "etats": ["commercial:devis_a_realiser", "interne:a_faire"],
    }
    avant = await navigateur.vue("tableaux/mes-relances")
    assert (await navigateur.envoyer(f"{url}/colonnes/1", **deuxieme, **avant)).status_code == 204
    assert (await navigateur.envoyer(f"{url}/colonnes/1/retirer", **avant)).status_code == 409, "elle a changé depuis"
    vue = await navigateur.vue("tableaux/mes-relances")
    assert (await navigateur.envoyer(f"{url}/colonnes/1/monter", **vue)).status_code == 204
    page = await navigateur.ouvrir("/demandes/tableaux/mes-relances")
    assert re.findall(r'<section class="bd-col[^>]*aria-label="([^"]+)"', page) == ["À faire", "À rappeler"]
    assert "Copieur couleur" in page
    vue = await navigateur.vue("tableaux/mes-relances")
    assert (await navigateur.envoyer(f"{url}/colonnes/1/retirer", **vue)).status_code == 204
    assert "À rappeler" not in await navigateur.ouvrir(url)
    assert "dialogue-tete" in await navigateur.ouvrir(f"{url}/colonnes/0", X_Fenetre="dialogue")
    thomas = await navigateur.asseoir("thomas", "achats")
    refus = await thomas.envoyer(f"{url}/colonnes/0", libelle="Chez moi", etats=["interne:a_faire"])
    assert refus.status_code == 422
    assert "Chez moi" not in await navigateur.ouvrir(url)


@pytest.mark.feature("DM-19")
async def test_une_demande_en_preparation_va_a_parametrer_puis_reprend_le_circuit(navigateur: Navigateur) -> None:
    demande = await navigateur.monde.ouvrir()
    await navigateur.monde.recevoir(b.devis_valide(demande), b.feuille_creee(demande, tout_en_stock=True))
    for libelle in ("À livrer", "À assembler", "À paramétrer"):
        saisie = {"libelle": libelle, "comme": "preparation", "service": "atelier", "couleur": "orange"}
        saisie |= await navigateur.vue("types-demande/commercial")
        reponse = await navigateur.envoyer("/demandes/configuration/commercial/etats", **saisie)
        assert reponse.status_code == 204, reponse.text
    for tableau, avant in (("atelier", "Préparation"), ("commercial", "Préparation")):
        libelles = [c["libelle"] for c in (await navigateur.monde.http.get(f"/tableaux/{tableau}")).json()["colonnes"]]
        rang = libelles.index(avant) + 1
        assert libelles[rang : rang + 3] == ["À paramétrer", "À assembler", "À livrer"], "chacun a sa colonne"
    karim = await navigateur.asseoir("karim", "atelier")
    fiche = await karim.ouvrir(f"/demandes/{demande['id']}")
    choix = dict.fromkeys(re.findall(r"Passer à « ([^»]+) »", fiche))
    assert [libelle for libelle in choix if libelle.startswith("À ")] == [
        "À paramétrer",
        "À assembler",
        "À livrer",
    ]
    assert (await karim.envoyer(f"/demandes/{demande['id']}/passer/a_parametrer")).status_code == 204
    page = await karim.ouvrir("/demandes/tableaux/atelier")
    assert _contenu(page, "À paramétrer") == [demande["id"]]
    assert _contenu(page, "Préparation") == []
    assert _pour_mon_service(page)["À paramétrer"] == 1
    double = await navigateur.envoyer(
        "/demandes/configuration/commercial/etats",
        **{**saisie, "libelle": "A Livrer", **await navigateur.vue("types-demande/commercial")},
    )
    assert "donnez à chacun son code" in double.text
    await navigateur.monde.recevoir(b.feuille_prete(demande))
    assert await navigateur.monde.etat(demande) == "livraison_a_prevoir", "la règle de la préparation vaut ici aussi"


async def test_une_vue_enregistree_garde_ses_filtres_et_suit_la_personne(navigateur: Navigateur) -> None:
    await navigateur.monde.ouvrir(objet="Caméras dôme", urgence="urgente")
    await navigateur.monde.ouvrir(objet="Copieur couleur")
    manon = await navigateur.asseoir("manon", "commercial")
    page = await manon.ouvrir("/demandes/tableaux/commercial?urgentes=true")
    lien = re.search(r'href="(/demandes/vues\?adresse=[^"]+)"', page)
    assert lien is not None
    dialogue = await manon.ouvrir(html.unescape(lien[1]), X_Fenetre="dialogue")
    adresse = re.search(r'name="adresse" value="([^"]+)"', dialogue)
    assert adresse is not None
    champs = {"libelle": "Mes urgences", "adresse": html.unescape(adresse[1])}
    assert (await manon.envoyer("/demandes/vues", **champs)).status_code == 204
    ailleurs = await navigateur.asseoir("manon")
    panneau = await ailleurs.ouvrir("/demandes/liste")
    gardee = re.search(r'href="([^"]+)"[^>]*>(?:(?!</a>).)*Mes urgences', panneau, re.S)
    assert gardee is not None
    rouverte = await ailleurs.ouvrir(html.unescape(gardee[1]))
    assert "Caméras dôme" in rouverte
    assert "Copieur couleur" not in rouverte
    assert "Mes urgences" not in await navigateur.ouvrir("/demandes/liste"), "chacun a les siennes"
    piege = await manon.envoyer("/demandes/vues", libelle="x", adresse="https://ailleurs.example/")
    assert piege.json()["code"] == "vue_ailleurs"
    assert (await manon.envoyer("/demandes/vues/retirer", libelle="Mes urgences")).status_code == 204
    assert "Mes urgences" not in await manon.ouvrir("/demandes/liste")


def _couloirs(page: str) -> dict[str, list[str]]:
    """The subjects of the cards of each swimlane, in the order of the page."""
    morceaux = re.split(r'<section class="bd-couloir"[^>]*aria-label="([^"]+)"', page)[1:]
    return {
        html.unescape(nom): re.findall(r'class="bd-objet">([^<]+)', corps)
        for nom, corps in zip(morceaux[::2], morceaux[1::2], strict=True)
    }


async def test_les_couloirs_se_choisissent_se_retiennent_et_se_quittent(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    await monde.ouvrir(objet="Alarme", responsable_id=str(monde.sophie))
    await monde.ouvrir(objet="Baie", responsable_id=str(monde.karim))
    await monde.ouvrir(objet="Dôme")
    sophie = await navigateur.asseoir("sophie", "commercial", collaborateur=monde.sophie)
    url = "/demandes/tableaux/commercial"
    assert _couloirs(await sophie.ouvrir(url)) == {}
    attendus = {"Sophie Durand": ["Alarme"], "Karim Aït Ouali": ["Baie"], "À personne": ["Dôme"]}
    page = await sophie.ouvrir(f"{url}?couloirs=responsable")
    assert list(_couloirs(page).items()) == list(attendus.items()), "le sien d’abord, celui de personne en dernier"
    assert _couloirs(await sophie.ouvrir(url)) == attendus, "retenus"
    assert "Sans agence" in _couloirs(await sophie.ouvrir(f"{url}?couloirs=agence"))
    assert _couloirs(await sophie.ouvrir(f"{url}?couloirs=sans")) == {}
    assert _couloirs(await sophie.ouvrir(url)) == {}, "quittés pour de bon"


async def test_deposer_dans_le_couloir_de_quelqu_un_lui_confie_la_carte(navigateur: Navigateur) -> None:
    monde = navigateur.monde
    demande = await monde.ouvrir(responsable_id=str(monde.sophie))

    async def deposer(**corps: object) -> dict[str, str]:
        entetes = {"x-csrf-token": navigateur.csrf}
        envoi = {"version": (await monde.lire(demande))["version"], **corps}
        reponse = await navigateur.http.post(f"/demandes/{demande['id']}/etat", json=envoi, headers=entetes)
        assert reponse.status_code == 200, reponse.text
        lue = await monde.lire(demande)
        return {"etat": lue["etat_code"], "a": lue["responsable_nom"]}

    ici = ["commercial:devis_a_realiser"]
    karim = str(monde.karim)
    assert await deposer(etats=ici, couloir=karim) == {"etat": "devis_a_realiser", "a": "Karim Aït Ouali"}
    ailleurs = ["sav:nouveau", "commercial:facture", "commercial:attente_client"]
    assert await deposer(etats=ailleurs, couloir="aucun") == {"etat": "attente_client", "a": None}
    carte = await navigateur.ouvrir(f"/demandes/carte/{demande['id']}?tableau=commercial&couloirs=responsable")
    assert 'data-couloir="aucun"' in carte


async def test_le_onzieme_responsable_a_son_filtre(navigateur: Navigateur) -> None:
    equipe = [b.un_collaborateur(f"Nom{rang:02d}", "Alix") for rang in range(11)]
    await navigateur.monde.recevoir(*equipe)
    for personne in equipe:
        await navigateur.monde.ouvrir(responsable_id=str(personne.collaborateur_id))
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    for personne in equipe:
        assert f"responsable_id={personne.collaborateur_id}" in page, personne.nom


async def test_un_tableau_lit_ce_que_le_compte_a_choisi_en_une_fois(navigateur: Navigateur) -> None:
    await navigateur.ouvrir("/demandes/tableaux/commercial")
    with sent(navigateur.base) as instructions:
        await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert sum("FROM preference" in i for i in instructions) == 1
    with sent(navigateur.monde.database) as lues:
        await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert len(lues) <= 7


async def test_une_colonne_ne_garde_que_ce_que_l_administrateur_choisit(navigateur: Navigateur) -> None:
    urgente = await navigateur.monde.ouvrir(objet="Serveur arrêté", urgence="urgente")
    await navigateur.monde.ouvrir(objet="Badge perdu")
    url = f"{CONFIGURATION}/commercial/colonnes/0"
    formulaire = await navigateur.ouvrir(url)
    etats = re.findall(r'name="etats" value="([^"]+)" checked', formulaire)
    assert "commercial:devis_a_realiser" in etats
    assert "Ne garder que" in formulaire
    saisie: dict[str, Any] = {
        "libelle": "À chiffrer vite",
        "etats": etats,
        "urgences": ["urgente"],
        "est_confiee": "non",
    }
    saisie |= await navigateur.vue("tableaux/commercial")
    assert (await navigateur.envoyer(url, **saisie)).status_code == 204
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert _contenu(page, "À chiffrer vite") == [urgente["id"]]
    assert "Badge perdu" not in page
    assert "Ne montre que : urgentes, sans responsable" in page
    formulaire = await navigateur.ouvrir(url)
    assert re.findall(r'name="urgences" value="([^"]+)" checked', formulaire) == ["urgente"]
    vue = await navigateur.ouvrir(f"{CONFIGURATION}/commercial")
    assert "urgentes, sans responsable" in vue


async def test_une_colonne_d_une_agence_la_nomme(navigateur: Navigateur) -> None:
    societe = await navigateur.http.put(
        "/api/contacts/societe", json=SOCIETE, headers={"X-CSRF-Token": navigateur.csrf}
    )
    agence = next(a for a in societe.json()["agences"] if a["code"] == "GRE")
    etats = [{"type": "commercial", "etat": "devis_a_realiser"}]
    colonnes = [
        {"libelle": "Les leurs", "etats": etats, "filtre": {"agence_id": agence["id"], "est_confiee": False}},
        {"libelle": "Fermée depuis", "etats": etats, "filtre": {"agence_id": str(new_id())}},
    ]
    tableau = {"code": "agences", "libelle": "Agences", "colonnes": colonnes}
    assert (await navigateur.monde.http.post("/tableaux", json=tableau)).status_code == 201
    for url in ("/demandes/tableaux/agences", f"{CONFIGURATION}/agences"):
        page = await navigateur.ouvrir(url)
        assert "Ne montre que : sans responsable, de l’agence Grenoble" in page
        assert "Ne montre que : d’une seule agence" in page


@pytest.mark.feature("DM-03")
async def test_le_tableau_dit_les_etats_sans_colonne_et_un_clic_ajoute_la_leur(navigateur: Navigateur) -> None:
    comme = {"libelle": "À assembler", "comme": "preparation", "couleur": "cyan", "service": "atelier"}
    vue = await navigateur.vue("types-demande/commercial")
    assert (await navigateur.envoyer("/demandes/configuration/commercial/etats", **comme, **vue)).status_code == 204
    for code in ("commercial", "atelier"):
        tableau = (await navigateur.monde.http.get(f"/tableaux/{code}")).json()
        tableau["colonnes"] = [c for c in tableau["colonnes"] if c["libelle"] != "À assembler"]
        assert (await navigateur.monde.http.put(f"/tableaux/{code}", json=tableau)).is_success
    demande = await navigateur.monde.ouvrir()
    for etat in ("devis_valide", "preparation", "a_assembler"):
        await navigateur.monde.passer(demande, etat)
    nicolas = await navigateur.asseoir("nicolas", "technicien")
    vu = html.unescape(await nicolas.ouvrir("/demandes/tableaux/commercial"))
    assert "« À assembler » n’a pas de colonne" in vu.replace("\u00a0", " ")
    assert "/demandes/liste?ouvertes=true&type_code=commercial&etat_code=a_assembler" in vu
    assert "Ajouter sa colonne" not in vu, "il ne dessine pas les tableaux"
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert "Ajouter sa colonne" in page
    assert "Ajouter sa colonne" in await navigateur.ouvrir(f"{CONFIGURATION}/commercial")
    ajoutee = await navigateur.envoyer("/demandes/tableaux/commercial/colonnes", etat="commercial:a_assembler")
    assert ajoutee.status_code == 204, ajoutee.text
    page = await navigateur.ouvrir("/demandes/tableaux/commercial")
    assert demande["id"] in _contenu(page, "À assembler")
    assert "Ajouter sa colonne" not in page
