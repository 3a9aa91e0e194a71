"""What templates call."""

from typing import Any

from gateway.pages.coque.gabarits import Memoire
from gateway.pages.rendu import environnement

CARTE: dict[str, Any] = {
    "id": "019a",
    "etat": "commercial:a_faire",
    "reference": "DM-2026-00012",
    "urgence": "haute",
    "icone": "ticket",
    "client": "Mairie <b>d’Annecy</b>",
    "rang": "1",
    "objet": "Vidéosurveillance",
    "responsable": "Manon Roche",
    "cree_le": "2026-11-20T09:12:00Z",
    "echeance": "2026-12-01",
    "montant": "1234.50",
    "contrat": True,
    "commentaires": 2,
    "version": 3,
}


def test_a_card_is_written_once_and_again_when_anything_it_shows_changes() -> None:
    ui: Any = environnement().globals["ui"]
    ecrite = ui.bd_carte(dict(CARTE), "/demandes/019a")
    assert ecrite is ui.bd_carte(dict(CARTE), "/demandes/019a")
    assert isinstance(ui.bd_carte, Memoire)
    assert ecrite == ui.bd_carte.macro(CARTE, "/demandes/019a")
    assert "Mairie &lt;b&gt;" in ecrite
    for cle, valeur in (("montant", "99.00"), ("version", 4), ("commentaires", 0), ("client", "Autre")):
        changee = ui.bd_carte({**CARTE, cle: valeur}, "/demandes/019a")
        assert changee == ui.bd_carte.macro({**CARTE, cle: valeur}, "/demandes/019a")
        assert changee != ecrite
    assert ui.bd_carte(dict(CARTE), "/ailleurs") != ecrite


def test_a_field_of_euros_shows_its_cents_and_says_so_to_the_browser() -> None:
    ui: Any = environnement().globals["ui"]
    prix = str(ui.nombre_champ("prix_ht", "Prix HT", "2.1000", unite="€"))
    assert 'data-nombre="2" value="2,10"' in prix
    assert 'data-nombre value="2,1"' in str(ui.nombre_champ("remise", "Remise", "2.1000", unite="%"))
