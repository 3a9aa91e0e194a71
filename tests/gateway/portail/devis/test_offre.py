"""The client's page: read, accepted, refused without an account; never a cost, never twice."""

import re
from datetime import timedelta

import httpx
import pytest

from shared.contracts.commercial import DevisRefuse, DevisValide, ReponseClientRecue
from shared.kernel.clock import FrozenClock
from shared.testing.boite import Boite
from shared.testing.texte import simple
from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import Navigateur


async def _lien(navigateur: Navigateur, boite: Boite, **ligne: str) -> tuple[str, str]:
    """A devis with a hidden product, mailed; its id and the address of the client's page."""
    produit = b.un_produit("SECRET-REF", "Produit secret")
    await b.recevoir(navigateur.base, produit)
    cache = {"produit_id": str(produit.produit_id), "note": "Note secrète"}
    devis = await b.un_devis(navigateur.api, [b.une_ligne(cout_ht="684.50", marge="38", produits=[cache], **ligne)])
    await b.envoyer(navigateur.api, navigateur.base, devis["id"])
    corps = boite.recus[-1].get_body(("plain",))
    assert corps is not None
    trouve = re.search(r"/portail/devis/[\w-]+", corps.get_content())
    assert trouve is not None
    return devis["id"], trouve.group()


@pytest.fixture
def client(navigateur: Navigateur) -> httpx.AsyncClient:
    """Somebody without account nor cookie."""
    return httpx.AsyncClient(
        transport=navigateur.http._transport, base_url="https://essai", headers={"accept": "text/html"}
    )


@pytest.mark.feature("CO-10")
async def test_the_client_reads_the_offer_and_nothing_else(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    _, lien = await _lien(navigateur, boite)
    page = await client.get(lien)
    assert page.status_code == 200
    for attendu in ("Alpes Réseaux", "DEV-2026-00001", "Enregistreur NVR", "944,61", "Bon pour accord"):
        assert attendu in page.text
    for interdit in ("SECRET-REF", "Produit secret", "Note secrète", "684,5", "/devis/propositions", "Se déconnecter"):
        assert interdit not in page.text
    document = await client.get(f"{lien}/document")
    assert (document.content[:5], document.headers["content-type"]) == (b"%PDF-", "application/pdf")
    assert page.headers["cache-control"] == "no-store"


async def test_accepting_needs_a_name_and_a_tick_then_is_done_once(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    proposition_id, lien = await _lien(navigateur, boite)
    sans_accord = await client.post(f"{lien}/accepter", data={"nom": "Zoé Lefèvre"})
    assert (sans_accord.status_code, "Cochez" in sans_accord.text) == (422, True)
    assert 'value="Zoé Lefèvre"' in sans_accord.text
    sans_nom = await client.post(f"{lien}/accepter", data={"nom": "", "accord": "1"})
    assert (sans_nom.status_code, "Indiquez le nom" in sans_nom.text) == (422, True)
    saisie = {"nom": "Zoé Lefèvre", "qualite": "Gérante", "accord": "1", "trace": "M10 100L200 40"}
    for _ in range(2):
        reponse = await client.post(f"{lien}/accepter", data=saisie)
        assert (reponse.status_code, reponse.headers["location"]) == (303, lien)
    assert "Accepté par Zoé Lefèvre" in (await client.get(lien)).text
    assert len(await b.annonces(navigateur.base, DevisValide)) == 1
    assert "Signé par Zoé Lefèvre" in await navigateur.lire(f"/devis/propositions/{proposition_id}")


async def test_refusing_says_why_to_staff(navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient) -> None:
    proposition_id, lien = await _lien(navigateur, boite)
    assert (await client.post(f"{lien}/refuser", data={"motif": "Trop cher"})).status_code == 303
    assert "Devis refusé" in (await client.get(lien)).text
    assert [f.motif for f in await b.annonces(navigateur.base, DevisRefuse)] == ["Trop cher"]
    assert "Trop cher" in await navigateur.lire(f"/devis/propositions/{proposition_id}")
    tard = await client.post(f"{lien}/accepter", data={"nom": "Zoé Lefèvre", "accord": "1", "trace": "M1 1L2 2"})
    assert (tard.status_code, "Une réponse a déjà été donnée" in tard.text) == (409, True)


async def test_an_invented_or_replaced_link_says_so(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    proposition_id, lien = await _lien(navigateur, boite)
    for jeton in ("x" * 43, "coupe"):  # the second by a mail program
        faux = await client.get(f"/portail/devis/{jeton}")
        assert (faux.status_code, "Ce lien n’est pas valable" in faux.text) == (404, True)
    await b.envoyer(navigateur.api, navigateur.base, proposition_id)
    ancien = await client.get(lien)
    assert "remplacée" in ancien.text
    assert "Accepter le devis" not in ancien.text


async def test_a_question_is_kept_and_shown_to_staff(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    proposition_id, lien = await _lien(navigateur, boite)
    vide = await client.post(f"{lien}/questions", data={"nom": "Zoé Lefèvre", "texte": ""})
    assert (vide.status_code, "Indiquez votre nom et votre question" in vide.text) == (422, True)
    pose = await client.post(f"{lien}/questions", data={"nom": "Zoé Lefèvre", "texte": "Le câblage est compris ?"})
    assert pose.status_code == 303
    assert "Le câblage est compris ?" in simple((await client.get(lien)).text)
    assert "Le câblage est compris ?" in await navigateur.lire(f"/devis/propositions/{proposition_id}/envois")
    (dite,) = await b.annonces(navigateur.base, ReponseClientRecue)
    assert (dite.genre, dite.nom, dite.numero) == ("question", "Zoé Lefèvre", "DEV-2026-00001")


async def test_a_missing_signature_is_asked_for(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    _, lien = await _lien(navigateur, boite)
    sans = await client.post(f"{lien}/accepter", data={"nom": "Zoé Lefèvre", "accord": "1"})
    assert (sans.status_code, "Dessinez votre signature" in sans.text) == (422, True)


async def test_links_cannot_be_guessed_by_knocking(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient, clock: FrozenClock
) -> None:
    _, lien = await _lien(navigateur, boite)
    statuts = [(await client.get(f"/portail/devis/{i:043d}")).status_code for i in range(21)]
    assert statuts == [404] * 20 + [429]
    assert "Trop de demandes" in (await client.get(lien)).text
    clock.advance(timedelta(minutes=10))
    assert (await client.get(lien)).status_code == 200


async def test_a_reduced_rate_is_certified_with_the_agreement(
    navigateur: Navigateur, boite: Boite, client: httpx.AsyncClient
) -> None:
    proposition_id, lien = await _lien(navigateur, boite, taux_tva="10")
    devis = f"/devis/propositions/{proposition_id}"
    assert "TVA à taux réduit" in await navigateur.lire(devis)
    assert 'name="certifie_taux_reduit"' in (await client.get(lien)).text
    accord = {"nom": "Zoé Lefèvre", "accord": "1", "nom_vaut_signature": "1"}
    refus = await client.post(f"{lien}/accepter", data=accord)
    assert (refus.status_code, "Cochez la certification" in refus.text) == (422, True)
    assert (await client.post(f"{lien}/accepter", data={**accord, "certifie_taux_reduit": "1"})).status_code == 303
    assert "Certifiée par le client" in await navigateur.lire(f"{devis}/envois")
    assert "à certifier" not in await navigateur.lire(devis)


async def test_a_paper_signed_without_its_certification_is_said(navigateur: Navigateur) -> None:
    lu = await b.un_devis(navigateur.api, [b.une_ligne(taux_tva="5.5")])
    devis = f"/devis/propositions/{lu['id']}"
    assert "Le client a signé la certification" in await navigateur.lire(f"{devis}/valider")
    await navigateur.envoyer(f"{devis}/valider", signe_par="Mme Martin")
    assert "TVA à taux réduit à certifier" in await navigateur.lire(devis)
    await navigateur.envoyer(f"{devis}/certification")
    assert "à certifier" not in await navigateur.lire(devis)
