"""Webhooks: told once to each address, signed, tried again for a day, within the rights of who answers for them."""

import asyncio
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from sqlalchemy import select, text, update
from standardwebhooks import Webhook as Signataire

from gateway.compte.models import Compte
from gateway.notification.models import Notification
from gateway.periodique import taches_periodiques
from gateway.webhook import rules
from gateway.webhook.models import EnvoiWebhook, Webhook
from gateway.webhook.postier import Postier
from shared.contracts.billing import FactureEmise
from shared.contracts.demandes import EtatChange
from shared.contracts.inventory import ProduitModifie
from shared.kernel.ids import new_id
from shared.testing.delivery import enveloppe
from shared.testing.eventually import eventually
from tests.gateway.webhook.conftest import Exploitation
from tests.gateway.webhook.receveur import JAMAIS, Receveur


def un_produit(**champs: Any) -> ProduitModifie:
    return ProduitModifie(
        **{
            "produit_id": new_id(),
            "reference": "CAM-1",
            "designation": "Caméra",
            "prix_achat_ht": Decimal(80),
            "prix_vente_ht": Decimal(120),
            **champs,
        }
    )


def un_etat(demande_id: Any, vers: str) -> EtatChange:
    return EtatChange(
        demande_id=demande_id,
        numero="D-1",
        type_code="commercial",
        tiers_id=new_id(),
        de="nouveau",
        vers=vers,
        vers_libelle=vers.upper(),
        est_automatique=False,
    )


async def test_un_fait_part_signe_et_une_seule_fois(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    (dit,) = await poste.dire(un_produit())
    await poste.dire(dit)  # the bus tells it again
    await poste.envoyer()
    (recu,) = receveur.recus
    assert recu.id == str(dit.id)
    assert recu.entetes["content-type"] == "application/json"
    assert recu.entetes["webhook-signature"] == Signataire(webhook["secret"]).sign(
        recu.id, poste.maintenant, recu.corps
    )
    assert recu.entetes["webhook-timestamp"] == str(int(poste.maintenant.timestamp()))
    assert recu.message["type"] == "inventory.produit_modifie.v1"
    assert recu.message["timestamp"] == "2026-03-17T08:30:00Z"
    (envoi,) = await poste.envois(webhook)
    assert (envoi["etat"], envoi["code"], envoi["reponse"], envoi["tentatives"]) == ("remis", 200, "merci", 1)
    assert envoi["duree_ms"] is not None


async def test_rien_ne_part_a_qui_n_a_pas_choisi(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), FactureEmise)
    await poste.dire(un_produit())
    await poste.envoyer()
    assert receveur.recus == []
    assert await poste.envois(webhook) == []


async def test_une_panne_est_reprise_avec_le_meme_identifiant(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    receveur.reponses["/"] = [500]
    await poste.dire(un_produit())
    await poste.envoyer()
    (envoi,) = await poste.envois(webhook)
    assert (envoi["etat"], envoi["code"]) == ("attente", 500)
    await poste.envoyer()
    assert len(receveur.recus) == 1, "pas avant son heure"
    poste.clock.advance(rules.REPRISES[0])
    await poste.envoyer()
    premier, second = receveur.recus
    assert (premier.id, premier.corps) == (second.id, second.corps)
    assert premier.entetes["webhook-timestamp"] != second.entetes["webhook-timestamp"]
    (envoi,) = await poste.envois(webhook)
    assert (envoi["etat"], envoi["tentatives"]) == ("remis", 2)


async def test_abandonne_apres_un_jour_puis_renvoye_a_la_main(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    receveur.reponses["/"] = [503] * 20
    await poste.dire(un_produit())
    for attente in (timedelta(), *rules.REPRISES):
        poste.clock.advance(attente)
        await poste.envoyer()
    (envoi,) = await poste.envois(webhook)
    assert (envoi["etat"], envoi["tentatives"], envoi["code"]) == ("abandonne", len(rules.REPRISES) + 1, 503)
    poste.clock.advance(timedelta(days=1))
    await poste.envoyer()
    assert len(receveur.recus) == len(rules.REPRISES) + 1
    receveur.reponses.clear()
    await poste.appeler("POST", f"/{webhook['id']}/envois/{envoi['id']}/renvoyer", statut=202)
    await poste.envoyer()
    (envoi,) = await poste.envois(webhook)
    assert envoi["etat"] == "remis"
    assert len({recu.id for recu in receveur.recus}) == 1


async def test_les_faits_d_une_fiche_arrivent_dans_l_ordre(poste: Exploitation, receveur: Receveur) -> None:
    await poste.inscrire(receveur.adresse(), EtatChange)
    une, autre = new_id(), new_id()
    await poste.dire(
        *(enveloppe(un_etat(une, v), seq=rang, le=poste.maintenant) for rang, v in ((3, "c"), (1, "a"), (2, "b")))
    )
    await poste.dire(un_etat(autre, "z"))
    receveur.reponses["/"] = [500, 500]
    await poste.envoyer()
    arrives = sorted(recu.message["data"]["vers"] for recu in receveur.recus)
    assert arrives == ["a", "z"], "les suivants d’une fiche attendent, les autres fiches non"
    poste.clock.advance(rules.REPRISES[0])
    await poste.envoyer()
    d_une = [r.message["data"]["vers"] for r in receveur.recus if r.message["demande_id"] == str(une)]
    assert d_une == ["a", "a", "b", "c"]
    assert [r.message["data"]["vers"] for r in receveur.recus if r.message["demande_id"] == str(autre)] == ["z", "z"]


async def test_une_adresse_morte_ne_retarde_pas_les_autres(poste: Exploitation, receveur: Receveur) -> None:
    await poste.inscrire(receveur.adresse("/morte"), ProduitModifie)
    await poste.inscrire(receveur.adresse("/vive"), ProduitModifie)
    receveur.reponses["/morte"] = [JAMAIS] * 50
    postier = asyncio.create_task(Postier(poste.base).tourner())
    try:
        await poste.dire(*(un_produit() for _ in range(15)))
        await eventually(lambda: len(receveur.de("/vive")) == 15, 5)
        assert receveur.de("/morte"), "elle est bien en train d’attendre"
        async with poste.base.read() as session:
            remis = (
                select(EnvoiWebhook)
                .join(Webhook)
                .where(Webhook.adresse.endswith("/morte"), EnvoiWebhook.code.is_not(None))
            )
            assert (await session.scalars(remis)).all() == []
    finally:
        postier.cancel()


async def test_un_webhook_arrete_n_envoie_rien_et_garde_ce_qui_attendait(
    poste: Exploitation, receveur: Receveur
) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    await poste.dire(un_produit())
    await poste.appeler("POST", f"/{webhook['id']}/arreter", statut=204)
    await poste.dire(un_produit())
    await poste.envoyer()
    assert receveur.recus == []
    await poste.appeler("POST", f"/{webhook['id']}/essayer", statut=409)
    await poste.appeler("POST", f"/{webhook['id']}/reprendre", statut=204)
    await poste.envoyer()
    assert len(receveur.recus) == 1, "ce qui attendait part, ce qui s’est passé depuis non"


async def test_ce_que_nous_payons_ne_sort_que_sur_demande(poste: Exploitation, receveur: Receveur) -> None:
    await poste.inscrire(receveur.adresse("/sans"), ProduitModifie)
    await poste.inscrire(receveur.adresse("/avec"), ProduitModifie, avec_couts=True)
    await poste.dire(un_produit())
    await poste.envoyer()
    ((sans,), (avec,)) = receveur.de("/sans"), receveur.de("/avec")
    assert "prix_achat_ht" not in sans.corps
    assert sans.message["data"]["prix_vente_ht"] == "120"
    assert avec.message["data"]["prix_achat_ht"] == "80"


async def _donner_roles(poste: Exploitation, identifiant: str, *roles: str, est_actif: bool = True) -> None:
    async with poste.base.transaction((await _compte(poste, "root")).acteur("essai")) as tx:
        qui = update(Compte).where(Compte.identifiant == identifiant)
        await tx.execute(qui.values(roles=list(roles), est_actif=est_actif))


async def _compte(poste: Exploitation, identifiant: str) -> Compte:
    async with poste.base.read() as session:
        compte: Compte = (await session.scalars(select(Compte).where(Compte.identifiant == identifiant))).one()
        return compte


async def test_les_droits_du_garant_comptent_a_chaque_envoi(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie, avec_couts=True)
    await poste.bureau.embaucher("autre", "administrateur")
    await _donner_roles(poste, "root", "magasin")  # reads sheets and stock, sees no cost
    await poste.dire(un_produit())
    await poste.envoyer()
    assert "prix_achat_ht" not in receveur.recus[0].corps
    await _donner_roles(poste, "root", "accueil")  # reads no sheet
    await poste.dire(un_produit())
    await poste.envoyer()
    assert len(receveur.recus) == 1
    await _donner_roles(poste, "root", "administrateur", est_actif=False)
    await poste.dire(un_produit())
    await poste.envoyer()
    assert len(receveur.recus) == 1
    async with poste.base.read() as session:
        lu = (await session.scalars(select(Webhook))).one()
        refuse = await session.scalar(select(EnvoiWebhook.reponse).where(EnvoiWebhook.etat == rules.Etat.ABANDONNE))
        dites = select(Notification.titre).where(Notification.genre == "webhook_arrete")
        assert list(await session.scalars(dites)) == ["Webhook « Compta » arrêté"]
    assert not lu.est_actif, webhook
    assert "est fermé" in lu.motif_arret
    assert "n’a plus le droit" in (refuse or "")


async def test_on_ne_fait_pas_dire_ce_qu_on_ne_lit_pas(poste: Exploitation, receveur: Receveur) -> None:
    secret = await poste.admin.http.post(
        "/api/auth/jetons",
        json={
            "identifiant": "root",
            "mot_de_passe": "un-mot-de-passe-long",
            "portees": ["administration", "facture.lire"],
        },
    )
    entetes = {"authorization": f"Bearer {secret.json()['jeton']}"}
    programme = await poste.bureau.poste()
    corps: dict[str, Any] = {"libelle": "Compta", "adresse": receveur.adresse(), "faits": [ProduitModifie.type]}
    refus = await programme.http.post("/api/webhooks", json=corps, headers=entetes)
    assert (refus.status_code, refus.json()["code"]) == (422, "fait_reserve"), refus.text
    corps |= {"faits": [FactureEmise.type], "avec_couts": True}
    refus = await programme.http.post("/api/webhooks", json=corps, headers=entetes)
    assert refus.json()["code"] == "couts_reserves"
    assert (
        await programme.http.post("/api/webhooks", json=corps | {"avec_couts": False}, headers=entetes)
    ).status_code == 201


async def test_une_adresse_muette_des_jours_est_arretee_et_dite(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    receveur.reponses["/"] = [500] * 500
    for _ in range(5):
        await poste.dire(un_produit())
        await poste.envoyer()
        poste.clock.advance(timedelta(hours=18))
    (lu,) = await poste.appeler("GET", "")
    assert not lu["est_actif"]
    assert lu["motif_arret"] == "Aucun envoi n’aboutit depuis 3 jours."
    await poste.revenir()
    assert "Webhook « Compta » arrêté" in await poste.admin.lire("/notifications")
    tentes = len(receveur.recus)
    poste.clock.advance(timedelta(days=1))
    await poste.envoyer()
    assert len(receveur.recus) == tentes, webhook


async def test_410_arrete_aussitot_et_une_redirection_n_est_pas_suivie(poste: Exploitation, receveur: Receveur) -> None:
    partie = await poste.inscrire(receveur.adresse("/partie"), ProduitModifie)
    detour = await poste.inscrire(receveur.adresse("/detour"), ProduitModifie)
    receveur.reponses |= {"/partie": [410], "/detour": [302]}
    await poste.dire(un_produit())
    await poste.envoyer()
    etats = {w["id"]: w["est_actif"] for w in await poste.appeler("GET", "")}
    assert etats == {partie["id"]: False, detour["id"]: True}
    (envoi,) = await poste.envois(detour)
    assert (envoi["etat"], envoi["code"]) == ("attente", 302)


async def test_changer_de_secret_sans_rien_perdre(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    neuf = await poste.appeler("POST", f"/{webhook['id']}/changer-secret")
    assert neuf["secret"] != webhook["secret"]
    for attente, combien in ((timedelta(), 2), (rules.RECOUVREMENT, 1)):
        poste.clock.advance(attente)
        await poste.dire(un_produit())
        await poste.envoyer()
        recu = receveur.recus[-1]
        signatures = recu.entetes["webhook-signature"].split()
        attendues = [Signataire(w["secret"]).sign(recu.id, poste.maintenant, recu.corps) for w in (neuf, webhook)]
        assert signatures == attendues[:combien]


async def test_le_secret_ne_se_relit_nulle_part(poste: Exploitation, receveur: Receveur) -> None:
    poste.admin.http.headers["idempotency-key"] = str(new_id())
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    assert webhook["secret"].startswith("whsec_")
    assert "secret" not in (await poste.appeler("GET", ""))[0]
    async with poste.base.read() as session:
        tables = ("webhook", "audit", "outbox", "idempotence")
        lus = [await session.scalar(text(f"SELECT string_agg(t::text, ' ') FROM {table} t")) for table in tables]
    assert not any(webhook["secret"].removeprefix("whsec_") in (lu or "") for lu in lus)


@pytest.mark.parametrize("prive", [False])
@pytest.mark.parametrize(
    "adresse",
    [
        "http://exemple.fr/recevoir",
        "https://127.0.0.1/recevoir",
        "https://localhost/recevoir",
        "https://10.0.0.8:8443/recevoir",
        "https://169.254.169.254/latest/meta-data",
        "https://[::1]/recevoir",
        "https://[::ffff:192.168.1.1]/recevoir",
        "https://[64:ff9b::7f00:1]/recevoir",
        "https://0.0.0.0/recevoir",
        "https://224.0.0.1/recevoir",
        "https://moi:secret@1.1.1.1/recevoir",
        "ftp://1.1.1.1/recevoir",
        "pas une adresse",
    ],
)
async def test_le_reseau_local_n_est_pas_une_adresse(poste: Exploitation, adresse: str) -> None:
    corps = {"libelle": "Compta", "adresse": adresse, "faits": [ProduitModifie.type]}
    refus = await poste.appeler("POST", "", corps, 422)
    assert refus["code"] == "adresse_refusee"


@pytest.mark.parametrize("prive", [False])
async def test_un_nom_qui_change_vers_le_reseau_local_ne_recoit_rien(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.appeler(
        "POST", "", {"libelle": "Compta", "adresse": "https://1.1.1.1/recevoir", "faits": [ProduitModifie.type]}, 201
    )
    async with poste.base.transaction((await _compte(poste, "root")).acteur("essai")) as tx:
        await tx.execute(update(Webhook).values(adresse=receveur.adresse().replace("http", "https")))
    await poste.dire(un_produit())
    await poste.envoyer()
    assert receveur.recus == []
    (envoi,) = await poste.envois(webhook)
    assert envoi["code"] is None
    assert "réseau local" in envoi["reponse"]


async def test_ce_qui_est_vieux_est_oublie(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie)
    await poste.dire(un_produit())
    await poste.envoyer()
    poste.clock.advance(timedelta(days=20))
    await poste.dire(un_produit())
    poste.clock.advance(timedelta(days=11))
    await taches_periodiques(poste.base)
    assert len(await poste.envois(webhook)) == 1


async def test_seuls_les_administrateurs(poste: Exploitation) -> None:
    claire = await poste.bureau.asseoir("claire", "direction")
    assert (await claire.http.get("/api/webhooks")).status_code == 403
    await claire.lire("/administration/webhooks", 403)
    await claire.envoyer("/administration/webhooks/nouveau", 403, libelle="X")


async def test_la_page_montre_ce_qui_part_a_qui_peut_le_lire(poste: Exploitation, receveur: Receveur) -> None:
    webhook = await poste.inscrire(receveur.adresse(), ProduitModifie, avec_couts=True)
    await poste.dire(un_produit())
    await poste.envoyer()
    (envoi,) = await poste.envois(webhook)
    fiche = f"/administration/webhooks/{webhook['id']}"
    assert "Produit ajouté ou modifié" in await poste.admin.lire(fiche)
    page = f"{fiche}/envois/{envoi['id']}"
    assert "prix_achat_ht" in await poste.admin.lire(page)
    await poste.admin.envoyer(
        "/administration/roles/nouveau", libelle="Technique", droits=["administration", "feuille.lire"]
    )
    sans_couts = await poste.bureau.asseoir("ines", "technique")
    lue = await sans_couts.lire(page)
    assert "prix_vente_ht" in lue
    assert "prix_achat_ht" not in lue
    await poste.admin.envoyer("/administration/roles/nouveau", libelle="Comptes", droits=["administration"])
    aveugle = await poste.bureau.asseoir("paul", "comptes")
    assert "ne permet pas de lire ce fait" in await aveugle.lire(page)
