"""The supplier's invoice found in the parcel: kept with the reception, sent on, shown to who sees costs."""

from datetime import UTC, date, datetime
from uuid import UUID

import httpx

from shared.contracts.billing import ReceptionChiffree
from shared.contracts.purchasing import ReceptionValidee
from shared.kernel.ids import new_id
from shared.testing.fixtures import ServiceClient
from tests.builders.purchasing import Monde, faits, recevoir

PDF = b"%PDF-1.7 facture du grossiste"


async def _joindre(client: httpx.AsyncClient, reception_id: str, contenu: bytes, type: str) -> httpx.Response:
    return await client.put(
        f"/receptions/{reception_id}/facture",
        params={"nom": "Facture d’octobre.pdf"},
        content=contenu,
        headers={"content-type": type},
    )


async def test_the_last_file_attached_travels_with_the_reception(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    await monde.scanner(reception, "SW-24P")
    for contenu in (b"%PDF-1.4 la mauvaise", PDF):
        assert (await _joindre(monde.client, reception["id"], contenu, "application/pdf")).status_code == 204
    validee = await monde.valider(reception, facture_fournisseur="FA-1")
    assert validee["facture_nom"] == "Facture d’octobre.pdf"
    (fait,) = await faits(monde.database, ReceptionValidee)
    assert fait.facture_jointe is not None
    assert (fait.facture_jointe.nom, fait.facture_jointe.type) == ("Facture d’octobre.pdf", "application/pdf")
    lue = await monde.client.get(f"/receptions/{reception['id']}/facture")
    assert (lue.content, lue.headers["content-type"]) == (PDF, "application/pdf")
    tard = await _joindre(monde.client, reception["id"], PDF, "application/pdf")
    assert (tard.status_code, tard.json()["code"]) == (409, "reception_fermee")


async def test_only_a_readable_file_is_taken_and_prices_stay_hidden(
    monde: Monde, service_client: ServiceClient
) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    texte = await _joindre(monde.client, reception["id"], b"prix;12", "text/plain")
    assert (texte.status_code, texte.json()["code"]) == (422, "facture_illisible")
    menteur = await _joindre(monde.client, reception["id"], b"prix;12", "application/pdf")
    assert menteur.json()["code"] == "contenu_trompeur"
    assert (await monde.client.get(f"/receptions/{reception['id']}/facture")).json()["code"] == "facture_non_jointe"
    magasinier = await service_client("purchasing", monde.database, "reception.saisir")
    assert (await _joindre(magasinier, reception["id"], PDF, "application/pdf")).status_code == 204
    assert (await magasinier.get(f"/receptions/{reception['id']}/facture")).status_code == 403
    lecteur = await service_client("purchasing", monde.database, "achat.lire", "couts.voir")
    assert (await _joindre(lecteur, reception["id"], PDF, "application/pdf")).status_code == 403
    assert (await lecteur.get(f"/receptions/{reception['id']}/facture")).content == PDF


async def test_it_shows_the_invoice_accounts_accepted_last_whatever_comes_first(monde: Monde) -> None:
    reception = await monde.receptionner(await monde.commander_produit(monde.switch, 1))
    await monde.scanner(reception, "SW-24P")
    await monde.valider(reception, facture_fournisseur="")

    def acceptee(numero: str, revision: int) -> ReceptionChiffree:
        return ReceptionChiffree(
            affaire_fournisseur_id=new_id(),
            numero="AF-1",
            revision=revision,
            reception_id=UUID(reception["id"]),
            fournisseur_nom="Elecdis",
            facture_fournisseur=numero,
            date_facture=date(2026, 3, 20) if numero else None,
            acceptee_le=datetime(2026, 3, 21, tzinfo=UTC),
            acceptee_par="Céline",
            lignes=(),
        )

    for faits_recus, attendue in (
        ([acceptee("XQ9981", 2), acceptee("FA-1", 1), acceptee("XQ9981", 2)], ("XQ9981", "2026-03-20")),
        ([acceptee("", 3)], ("", None)),
    ):
        await recevoir(monde.database, *faits_recus)
        lue = await monde.lire(f"/receptions/{reception['id']}")
        assert (lue["facture_fournisseur"], lue["date_facture"]) == attendue
        trouvees = await monde.lire("/receptions", q="XQ9981")
        assert [r["id"] for r in trouvees["elements"]] == ([reception["id"]] if attendue[0] else [])
