"""Roles changed in pages: copied, narrowed, renamed, removed; what they allow changes at once; somebody can always administer."""

import re
from pathlib import Path

import pytest
from sqlalchemy import select

from gateway.compte import droits
from gateway.compte.models import Compte, Role
from shared.database.platform import audit
from shared.testing.texte import simple
from tests.gateway.bureau import MOT_DE_PASSE, Bureau, Poste
from tests.gateway.pages.saisie import champs

RACINE = Path(__file__).resolve().parents[3]
NOMMES = re.compile(r'(?:may|exiger|peut)\("([a-z_.]+)"\)')
DU_PORTAIL = {"portail.repondre", "accord.repondre"}  # clients, who have no role


async def _role(bureau: Bureau, cle: str) -> Role | None:
    async with bureau.bases["gateway"].read() as session:
        role: Role | None = (await session.scalars(select(Role).where(Role.cle == cle))).one_or_none()
        return role


async def _formulaire(poste: Poste, url: str) -> dict[str, list[str]]:
    return dict(champs(await poste.lire(url), url if "depuis" not in url else "/administration/roles/nouveau"))


async def test_les_roles_livres_disent_qui_redessine_les_circuits_et_qui_lit_la_valeur_du_stock(bureau: Bureau) -> None:
    async with bureau.bases["gateway"].read() as session:
        roles = {role.cle: role.permissions for role in await session.scalars(select(Role))}
    peuvent = [
        {cle for cle, donnes in roles.items() if droits.peut(donnes, d)} for d in ("demande.configurer", "stock.lire")
    ]
    assert peuvent[0] == {"direction", "administrateur"}
    assert {"administratif", "commercial", "magasin"} <= peuvent[1]
    assert droits.peut(roles["commercial"], "demande.modifier")


async def test_un_role_copie_puis_reduit_change_ce_que_l_on_peut_des_la_demande_suivante(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    commercial = await _role(bureau, "commercial")
    assert commercial is not None
    liste = await alice.lire("/administration/roles")
    assert "Commercial" in liste
    assert f"/administration/roles/{commercial.id}" in liste
    url = f"/administration/roles/nouveau?depuis={commercial.id}"
    saisie = await _formulaire(alice, url)
    assert {"devis.lire", "devis.valider", "couts.voir"} <= set(saisie["droits"])
    saisie |= {"libelle": ["Commercial Lyon"], "droits": [d for d in saisie["droits"] if d != "couts.voir"]}
    await alice.envoyer("/administration/roles/nouveau", 204, **saisie)
    lyon = await _role(bureau, "commercial-lyon")
    assert lyon is not None
    assert (lyon.metier, "devis.*" in lyon.permissions) == ("commercial", True), "une famille entière le reste"
    assert not droits.peut(lyon.permissions, "couts.voir")

    zoe = await bureau.asseoir("zoe", "commercial-lyon")
    assert 'href="/devis"' in await zoe.lire("/moi")
    url = f"/administration/roles/{lyon.id}"
    saisie = await _formulaire(alice, url)
    saisie["droits"] = [d for d in saisie["droits"] if not d.startswith(("devis.", "affaire.", "tarif."))]
    await alice.envoyer(url, 204, **saisie)
    page = await zoe.lire("/moi")
    assert 'href="/devis"' not in page
    assert "Commercial Lyon" in page, "Mon compte nomme le rôle"
    async with bureau.bases["gateway"].read() as session:
        traces = (await session.execute(select(audit).where(audit.c.objet_id == lyon.id))).all()
    assert [(t.par_nom, t.avant is None) for t in traces] == [("Alice", True), ("Alice", False)]


async def test_un_role_se_renomme_et_ne_se_supprime_qu_inutilise(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    await alice.envoyer("/administration/roles/nouveau", 204, libelle="Stagiaire", droits=["tiers.lire"])
    role = await _role(bureau, "stagiaire")
    assert role is not None
    doublon = await alice.envoyer("/administration/roles/nouveau", 422, libelle="stagiaire", droits=["tiers.lire"])
    assert "s’appelle déjà" in simple(doublon.text)
    await bureau.embaucher("zoe", "stagiaire")
    url = f"/administration/roles/{role.id}"
    refus = await alice.envoyer(f"{url}/supprimer", 409)
    assert "Donnez-leur un autre rôle" in refus.text
    await alice.envoyer(url, 204, **{**await _formulaire(alice, url), "libelle": ["Alternant"]})
    async with bureau.bases["gateway"].read() as session:
        zoe = (await session.scalars(select(Compte).where(Compte.identifiant == "zoe"))).one()
    assert zoe.roles == ["stagiaire"], "la clé reste"
    compte = f"/administration/comptes/{zoe.id}"
    page = await alice.lire(compte)
    assert "Alternant" in page
    await alice.envoyer(compte, 204, **{**champs(page, compte), "roles": ["accueil"]})
    await alice.envoyer(f"{url}/supprimer", 204)
    assert await _role(bureau, "stagiaire") is None
    inconnu = {"identifiant": "max", "nom": "Max", "roles": ["stagiaire"], "mot_de_passe": MOT_DE_PASSE}
    refuse = await alice.envoyer("/administration/comptes/nouveau", 422, **inconnu, page_entree="/demandes")
    assert "a été supprimé" in simple(refuse.text)


async def test_la_derniere_facon_d_administrer_reste(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    role = await _role(bureau, "administrateur")
    assert role is not None
    url = f"/administration/roles/{role.id}"
    saisie = await _formulaire(alice, url)
    reduit = {"libelle": saisie["libelle"], "version": saisie["version"], "droits": ["tiers.lire"]}
    refus = await alice.envoyer(url, 422, **reduit)
    assert "plus personne ne pourrait administrer" in simple(refus.text)
    await alice.envoyer("/administration/roles/nouveau", 204, libelle="Chef", droits=["administration"])
    refus = await alice.envoyer(url, 422, **reduit)
    await bureau.embaucher("bob", "chef")
    await alice.envoyer(url, 204, **reduit)
    assert (await alice.http.get(url, headers={"accept": "text/html"})).status_code == 403


async def test_un_jeton_de_famille_suit_ce_que_le_role_garde(bureau: Bureau) -> None:
    """A token narrowed to "facture.*" keeps what its owner still holds of the family."""
    alice = await bureau.asseoir("alice", "administrateur")
    corps = {"libelle": "Compta", "droits": ["facture.lire", "facture.modifier", "facture.emettre"]}
    await alice.envoyer("/administration/roles/nouveau", 204, **corps)
    await bureau.embaucher("zoe", "compta")
    assert droits.restreindre({"facture.*"}, ["facture.*"]) == {"facture.*"}
    assert droits.restreindre({"facture.lire", "couts.voir"}, ["facture.*"]) == {"facture.lire"}
    assert droits.restreindre({"facture.lire"}, ["couts.voir"]) == frozenset()


async def test_les_roles_passent_aussi_par_l_api(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "administrateur")
    tetes = {"X-CSRF-Token": alice.csrf}
    cree = await alice.http.post("/api/roles", json={"libelle": "Lecture", "droits": ["tiers.lire"]}, headers=tetes)
    assert (cree.status_code, cree.json()["permissions"]) == (201, ["tiers.lire"])
    role = cree.json()
    nouveau = {"libelle": "Lecture seule", "droits": ["tiers.lire", "demande.lire"]}
    url = f"/api/roles/{role['id']}"
    change = await alice.http.put(url, json=nouveau, headers={**tetes, "If-Match": str(role["version"])})
    assert change.status_code == 200, change.text
    perime = await alice.http.put(url, json=nouveau, headers={**tetes, "If-Match": "1"})
    assert perime.status_code == 409
    assert "Lecture seule" in {r["libelle"] for r in (await alice.http.get("/api/roles")).json()}
    assert (await alice.http.delete(url, headers=tetes)).status_code == 204
    faux = await alice.http.post("/api/roles", json={"libelle": "Faux", "droits": ["tout.faire"]}, headers=tetes)
    assert faux.status_code == 422
    zoe = await bureau.asseoir("zoe", "accueil")
    assert (await zoe.http.get("/api/roles")).status_code == 403


@pytest.mark.parametrize("dossier", ["services", "gateway", "shared"])
def test_chaque_droit_demande_par_le_code_se_donne_dans_la_grille(dossier: str) -> None:
    demandes = {
        droit for fichier in (RACINE / dossier).rglob("*.py") for droit in NOMMES.findall(fichier.read_text("utf-8"))
    }
    assert demandes - DU_PORTAIL <= droits.DROITS.keys()
    assert all(droits.ranger(droits.cochees([famille])) == [famille] for famille in ("devis.*", "facture.*", "tiers.*"))


def test_de_plusieurs_roles_l_etendue_la_plus_large_compte_parmi_ceux_qui_lisent() -> None:
    vendeur = {"permissions": ["devis.*", "demande.lire"], "etendues": {"devis": "siens", "demande": "agence"}}
    accueil = {"permissions": ["demande.lire"], "etendues": {"demande": "siens"}}
    comptable = {"permissions": ["facture.*"], "etendues": {}}
    assert droits.etendues([vendeur, accueil]) == {("devis", "siens"), ("demande", "agence")}
    assert droits.etendues([vendeur, comptable]) == {("devis", "siens"), ("demande", "agence")}
    assert droits.etendues([vendeur, {"permissions": ["*"], "etendues": {}}]) == frozenset()


async def test_un_droit_manquant_se_dit_en_mots_aux_gens_et_par_sa_cle_aux_programmes(bureau: Bureau) -> None:
    alice = await bureau.asseoir("alice", "accueil")
    page = " ".join((await alice.lire("/administration/roles", 403)).split())
    assert "le droit « Comptes, rôles et journal : administrer »" in page.replace("\xa0", " ").replace("\u202f", " ")
    assert droits.en_mots("Il vous manque le droit « facture.lire » ; demandez-le.") == (
        "Il vous manque le droit « Factures : consulter » ; demandez-le."
    )
    assert droits.en_mots("le droit « rien.connu »") == "le droit « rien.connu »"
