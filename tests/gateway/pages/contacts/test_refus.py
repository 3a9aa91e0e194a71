"""What the service refuses of a contact is read where it was typed."""

import re

from tests.gateway.bureau import Bureau


async def test_un_numero_refuse_se_dit_sous_son_champ(carnet: Bureau) -> None:
    alice = await carnet.asseoir("alice", "accueil")
    saisie = {"nom": "Cave des Alpes", "roles": "client"}
    for champ, valeur, phrase in (
        ("siret", "12345678901234", "vérifiez ses 14 chiffres"),
        ("siren", "123456789", "vérifiez ses 9 chiffres"),
        ("tva_intracom", "FR00", "n’est pas valable"),
    ):
        page = (await alice.envoyer("/contacts/nouveau", 422, **saisie, **{champ: valeur})).text
        assert re.search(rf'id="c-{champ}-erreur"[^>]*>[^<]*(<svg.*?</svg>)?[^<]*{phrase}', page), page
        assert '<details class="replie" open><summary>Facturation et identité' in page
        assert "le champ signalé" in page
