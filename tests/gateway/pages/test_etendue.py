"""The reach of a role: a salesman who has "les siens" meets his own records everywhere, and nowhere a colleague's."""

from collections.abc import AsyncIterator
from dataclasses import dataclass, field
from importlib import import_module
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import event

from shared.contracts.base import Fact
from shared.contracts.commercial import DevisValide
from shared.contracts.contacts import CollaborateurModifie, TiersCree, TiersModifie
from shared.contracts.demandes import DemandeCreee
from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.delivery import annonces, recevoir
from shared.testing.eventually import eventually
from shared.testing.fixtures import ServiceDatabase
from tests.builders.billing import une_feuille_validee, une_ligne, une_societe
from tests.gateway.bureau import Bureau, Poste, ouvrir

SERVICES = ("contacts", "demandes", "commercial", "billing", "maintenance")
GENRES = ("tiers", "demande", "devis", "affaire", "facture", "contrat")
ANNECY, LYON = new_id(), new_id()
GENS = {"manon": ANNECY, "julien": ANNECY, "lea": LYON}
Json = dict[str, Any]


@dataclass
class Office:
    """Three salesmen, two agencies; each opened a demande and its etude for a client of theirs, and signed it."""

    bureau: Bureau
    ids: dict[str, UUID]
    postes: dict[str, Poste] = field(default_factory=dict)
    demandes: dict[str, Json] = field(default_factory=dict)
    etudes: dict[str, Json] = field(default_factory=dict)
    affaires: dict[str, Json] = field(default_factory=dict)
    suites: dict[str, tuple[Json, Json]] = field(default_factory=dict)  # the invoice, the contract

    async def dire(self, *faits: Fact) -> None:
        """To every service."""
        for service in SERVICES:
            abonnements = import_module(f"services.{service}.subscriptions").subscriptions
            await recevoir(self.bureau.bases[service], abonnements, *faits)

    async def api(self, qui: str, methode: str, url: str, corps: Any = None, statut: int = 0) -> Any:
        """JSON through the gateway."""
        poste = self.postes[qui]
        reponse = await poste.http.request(methode, f"/api{url}", json=corps, headers={"X-CSRF-Token": poste.csrf})
        assert reponse.status_code == statut if statut else reponse.status_code < 400, f"{url} {reponse.text[:800]}"
        return reponse.json() if reponse.content else None

    async def regler(self, **etendues: str) -> None:
        """What salesmen reach from now on."""
        role = next(r for r in await self.api("alice", "GET", "/roles") if r["cle"] == "commercial")
        droits = ["tiers.lire", "tiers.modifier", "demande.lire", "demande.creer", "demande.modifier", "devis.lire"]
        droits += ["devis.modifier", "devis.valider", "affaire.lire", "affaire.modifier", "facture.lire"]
        droits += ["contrat.lire", "contrat.modifier", "couts.voir", "planning.lire"]
        corps = {"libelle": role["libelle"], "metier": "commercial", "droits": droits, "etendues": etendues}
        await self.api("alice", "PUT", f"/roles/{role['id']}", corps)


@pytest.fixture
async def office(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> AsyncIterator[Office]:
    """Everybody has everything, for now."""
    moyens = {"service_database": service_database, "clock": clock, "settings": test_settings, "renderer": renderer}
    async with ouvrir(*SERVICES, **moyens) as bureau:  # type: ignore[arg-type]
        ouvert = Office(bureau, {nom: new_id() for nom in GENS})
        ouvert.postes["alice"] = await bureau.asseoir("alice", "administrateur")
        await ouvert.dire(une_societe())
        for nom, agence in GENS.items():
            await _installer(ouvert, nom, agence)
        yield ouvert


async def _installer(ouvert: Office, nom: str, agence: UUID) -> None:
    cree = await ouvert.api(
        "alice", "POST", "/contacts/collaborateurs", {"nom": "Test", "prenom": nom.title(), "email": f"{nom}@a.example"}
    )
    ouvert.ids[nom] = UUID(cree["id"])
    fait = {"nom": "Test", "prenom": nom.title(), "email": f"{nom}@a.example", "fonction": "", "agence_id": agence}
    await ouvert.dire(CollaborateurModifie(collaborateur_id=ouvert.ids[nom], **fait))
    compte = {"collaborateur_id": ouvert.ids[nom], "agence_id": agence}
    ouvert.postes[nom] = await ouvert.bureau.asseoir(nom, "commercial", **compte)
    adresse = {"code": "SIEGE", "lignes": ["1 rue"], "code_postal": "74000", "ville": "Annecy"}
    tiers = {"nom": f"Client de {nom}", "roles": ["client"], "adresses": [adresse]}
    await ouvert.api(nom, "POST", "/contacts/tiers", {**tiers, "commercial_ids": [str(ouvert.ids[nom])]})
    contacts = ouvert.bureau.bases["contacts"]
    await ouvert.dire((await annonces(contacts, TiersCree, TiersModifie))[-1])
    tiers_id = (await ouvert.api(nom, "GET", f"/contacts/tiers?q=Client de {nom}"))["elements"][0]["id"]
    corps = {
        "type_code": "commercial",
        "tiers_id": tiers_id,
        "objet": f"Projet{nom}",
        "responsable_id": str(cree["id"]),
    }
    demande = ouvert.demandes[nom] = await ouvert.api(nom, "POST", "/demandes/demandes", corps)
    await ouvert.dire((await annonces(ouvert.bureau.bases["demandes"], DemandeCreee))[-1])
    corps = {"demande_id": demande["id"], "objet": f"Projet{nom}"}
    etude = ouvert.etudes[nom] = await ouvert.api(nom, "POST", "/commercial/etudes", corps)
    proposition = etude["propositions"][0]["id"]
    ligne = {"designation": "Pose", "quantite": "1", "prix_fixe_ht": "1000", "cout_ht": "333.33", "taux_tva": "20"}
    contenu = {"lignes": [ligne]}
    lue = await ouvert.api(nom, "GET", f"/commercial/propositions/{proposition}")
    poste = ouvert.postes[nom]
    tetes = {"X-CSRF-Token": poste.csrf, "If-Match": str(lue["version"])}
    ecrit = await poste.http.put(f"/api/commercial/propositions/{proposition}/lignes", json=contenu, headers=tetes)
    assert ecrit.status_code < 400, ecrit.text
    await ouvert.api(nom, "POST", f"/commercial/propositions/{proposition}/valider", {"signe_par": "M. Client"})
    await ouvert.dire((await annonces(ouvert.bureau.bases["commercial"], DevisValide))[-1])
    noms = {"tiers_id": UUID(tiers_id), "tiers_nom": f"Client de {nom}", "demande_id": UUID(demande["id"])}
    await ouvert.dire(une_feuille_validee(une_ligne(), feuille_id=new_id(), **noms))
    lues = await ouvert.api(nom, "GET", f"/billing/affaires-client?demande_id={demande['id']}")
    ouvert.affaires[nom] = lues["elements"][0]
    facture = await ouvert.api("alice", "POST", f"/billing/affaires-client/{lues['elements'][0]['id']}/facturer")
    contrat = {"tiers_id": tiers_id, "objet": f"Projet{nom}", "debut": "2026-03-01", "periodicite_mois": 1}
    ouvert.suites[nom] = facture, await ouvert.api("alice", "POST", "/maintenance/contrats", contrat)


LISTES = {
    "la liste des demandes": "/demandes/demandes",
    "la recherche des demandes": "/demandes/demandes?q=projet",
    "les études": "/commercial/etudes",
    "les propositions": "/commercial/propositions?q=projet",
    "les demandes à chiffrer": "/commercial/demandes?q=projet",
    "à facturer": "/billing/affaires-client",
    "les factures": "/billing/factures",
    "les contrats": "/maintenance/contrats",
    "les contrats cherchés": "/maintenance/contrats?q=projet",
}


async def _vus(office: Office, qui: str) -> dict[str, set[str]]:
    """Whose records somebody meets, list by list, in pages and by Ctrl+K."""
    vus = {}
    for quoi, url in LISTES.items():
        lue = await office.api(qui, "GET", url)
        texte = str(lue["elements"] if isinstance(lue, dict) else lue)
        vus[quoi] = {nom for nom in GENS if f"Projet{nom}" in texte or f"Client de {nom}" in texte}
    for quoi, url in (
        ("les études (page)", "/devis"),
        ("la liste (page)", "/demandes/liste"),
        ("le tableau (page)", "/demandes/tableaux/commercial"),
    ):
        page = await office.postes[qui].lire(url)
        vus[quoi] = {nom for nom in GENS if f"Projet{nom}" in page}
    trouves = (await office.postes[qui].http.get("/recherche", params={"q": "projet"})).json()["elements"]
    vus["Ctrl+K"] = {nom for nom in GENS if f"Projet{nom}" in str(trouves)}
    return vus


async def _ne_voit_que(office: Office, qui: str, noms: set[str]) -> None:
    """Everywhere, the records of these people and of nobody else; Ctrl+K leaves out a service that is slow, and is asked again."""

    async def complets() -> dict[str, set[str]]:
        vus = await _vus(office, qui)
        assert any(trouves - noms for trouves in vus.values()) or all(noms == trouves for trouves in vus.values()), vus
        return vus

    vus = await eventually(complets)
    assert all(noms == trouves for trouves in vus.values()), vus


async def _par_cle(office: Office, qui: str, a_qui: str) -> dict[str, int]:
    """The answers to every door of a record of `a_qui`, by its id: reading, writing, its parts, its past, its pages."""
    demande, etude, affaire = office.demandes[a_qui]["id"], office.etudes[a_qui], office.affaires[a_qui]["id"]
    proposition, (facture, contrat) = etude["propositions"][0]["id"], office.suites[a_qui]
    lectures = [
        *(f"/api/demandes/demandes/{demande}{suite}" for suite in ("", "/carte", "/chronologie")),
        *(f"/api/demandes/journal/{demande}", f"/api/commercial/journal/{proposition}"),
        *(f"/api/commercial/etudes/{etude['id']}", f"/api/commercial/propositions/{proposition}"),
        *(f"/api/commercial/propositions/{proposition}{suite}" for suite in ("/besoins", "/document", "/signature")),
        f"/api/billing/affaires-client/{affaire}",
        *(f"/api/billing/factures/{facture['id']}", f"/administratif/factures/{facture['id']}"),
        *(f"/api/maintenance/contrats/{contrat['id']}", f"/parc/contrats/{contrat['id']}"),
        *(f"/demandes/{demande}", f"/devis/etudes/{etude['id']}", f"/devis/propositions/{proposition}"),
    ]
    poste = office.postes[qui]
    statuts = {}
    for url in lectures:
        reponse = await poste.http.get(url, headers={"accept": "text/html" if not url.startswith("/api") else "*/*"})
        statuts[url] = reponse.status_code
    note = await poste.http.post(
        f"/api/demandes/demandes/{demande}/notes", json={"texte": "Bonjour"}, headers={"X-CSRF-Token": poste.csrf}
    )
    copie = await poste.http.post(
        f"/api/commercial/propositions/{proposition}/dupliquer",
        json={"libelle": ""},
        headers={"X-CSRF-Token": poste.csrf},
    )
    return statuts | {"note": note.status_code, "copie": copie.status_code}


@pytest.mark.timeout(300)
async def test_qui_a_les_siens_ne_rencontre_nulle_part_ceux_d_un_collegue(office: Office) -> None:
    await _ne_voit_que(office, "manon", set(GENS))
    assert set((await _par_cle(office, "manon", "julien")).values()) <= {200, 201, 303, 409}
    await office.regler(**dict.fromkeys(GENRES, "siens"))
    await _ne_voit_que(office, "manon", {"manon"})
    assert {u: s for u, s in (await _par_cle(office, "manon", "julien")).items() if s != 404} == {}
    assert 404 not in (await _par_cle(office, "manon", "manon")).values()
    pilotage = await office.api("manon", "GET", "/commercial/pilotage")
    assert [v["commercial_id"] for v in pilotage["vendeurs"]] == [str(office.ids["manon"])]
    assert pilotage["ensemble"]["signe_ht"] == "1000.00"
    tableau = await office.api("manon", "GET", "/demandes/tableaux/commercial/cartes")
    assert tableau["nombre"] == 1
    assert (await office.api("manon", "GET", "/demandes/demandes/compteurs"))["ouvertes"] == 1


@pytest.mark.timeout(300)
async def test_l_agence_et_les_autres_agences_d_un_compte(office: Office) -> None:
    await office.regler(**dict.fromkeys(GENRES, "agence"))
    await _ne_voit_que(office, "manon", {"manon", "julien"})
    assert {u: s for u, s in (await _par_cle(office, "manon", "lea")).items() if s != 404} == {}
    assert 404 not in (await _par_cle(office, "manon", "julien")).values()
    pilotage = await office.api("manon", "GET", "/commercial/pilotage")
    assert pilotage["ensemble"]["signe_ht"] == "2000.00"
    comptes = await office.api("alice", "GET", "/comptes")
    compte = next(c for c in comptes if c["identifiant"] == "manon")
    await office.api("alice", "PUT", f"/comptes/{compte['id']}", {**compte, "autres_agences": [str(LYON)]})
    await _ne_voit_que(office, "manon", set(GENS))


@pytest.mark.timeout(300)
async def test_le_carnet_se_lit_en_entier_mais_ne_se_change_et_ne_s_exporte_que_dans_son_etendue(
    office: Office,
) -> None:
    await office.regler(tiers="siens")
    lus = (await office.api("manon", "GET", "/contacts/tiers?q=client"))["elements"]
    assert len(lus) == 3
    export = (await office.postes["manon"].http.get("/api/contacts/export-tiers")).text
    assert ("Client de manon" in export, "Client de julien" in export) == (True, False)
    sien = next(t for t in lus if t["nom"] == "Client de julien")
    fiche = await office.api("manon", "GET", f"/contacts/tiers/{sien['id']}")
    refus = await office.api("manon", "PUT", f"/contacts/tiers/{sien['id']}", fiche, 403)
    assert "suivi par un autre commercial" in refus["detail"]
    libre = await office.api("julien", "POST", "/contacts/tiers", {"nom": "À personne", "roles": ["prospect"]})
    corps = {**libre, "commercial_ids": [str(office.ids["manon"])]}
    assert await office.api("manon", "PUT", f"/contacts/tiers/{libre['id']}", corps)


@pytest.mark.timeout(300)
async def test_qui_cede_une_demande_lit_encore_la_reponse_puis_ne_l_atteint_plus(office: Office) -> None:
    await office.regler(demande="siens")
    demande = office.demandes["manon"]
    corps = {"responsable_id": str(office.ids["julien"])}
    await office.api("manon", "POST", f"/demandes/demandes/{demande['id']}/assigner", corps)
    await office.api("manon", "GET", f"/demandes/demandes/{demande['id']}", statut=404)
    await office.api("julien", "GET", f"/demandes/demandes/{demande['id']}")
    neuve = {"type_code": "commercial", "tiers_id": demande["tiers_id"], "objet": "Sans responsable"}
    ouverte = await office.api("manon", "POST", "/demandes/demandes", neuve)
    assert ouverte["responsable_id"] == str(office.ids["manon"]), (
        "qui n’atteint que les siens a la charge de ce qu’il ouvre"
    )


@pytest.mark.timeout(300)
async def test_qui_atteint_tout_ne_paie_aucune_instruction_de_plus(office: Office) -> None:
    """The statements of somebody who reaches everything are, to the letter, those of before."""
    textes: dict[str, list[str]] = {"tout": [], "siens": []}
    moteur = office.bureau.bases["commercial"].engine.sync_engine
    for cas, dits in textes.items():
        await office.regler(**({} if cas == "tout" else {"devis": "siens"}))
        await office.api("manon", "GET", "/commercial/etudes")

        def noter(_c: Any, _k: Any, texte: str, *_r: Any, dans: list[str] = dits) -> None:
            dans.append(texte)

        event.listen(moteur, "before_cursor_execute", noter)
        await office.api("manon", "GET", "/commercial/etudes")
        await office.api("manon", "GET", "/commercial/pilotage")
        event.remove(moteur, "before_cursor_execute", noter)
    assert len(textes["tout"]) == len(textes["siens"]) > 0
    assert not any("agence_id" in texte for texte in textes["tout"] if "WHERE" in texte and "etude.id IN" not in texte)
    assert all("commercial_id" in texte for texte in textes["siens"] if "FROM etude" in texte)
