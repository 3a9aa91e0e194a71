"""What may leave, and what every fact says of itself."""

import re
from decimal import Decimal
from typing import Any, get_args

import orjson
import pytest
from pydantic import BaseModel

from gateway.webhook import rules
from gateway.webhook.catalogue import FAMILLES, INTERNES, PUBLICS
from gateway.webhook.documentation import decrire
from shared.contracts.base import FACTS, Part
from shared.kernel.actor import Actor

DE_COUT = ("cout", "achat", "marge", "revient")
D_ACHAT = ("purchasing.", "billing.affaire_fournisseur", "billing.facture_fournisseur", "inventory.retour_fournisseur")


def test_chaque_fait_est_public_ou_interne() -> None:
    faits = {type_: fait for type_, fait in FACTS.items() if fait.__module__.startswith("shared.contracts.")}
    internes = {type_ for type_, fait in faits.items() if fait in INTERNES}
    assert PUBLICS.keys() | internes == faits.keys(), "un fait nouveau se range dans gateway/webhook/catalogue.py"
    assert not PUBLICS.keys() & internes
    assert sum(len(famille.faits) for famille in FAMILLES) == len(PUBLICS), "deux fois le même"
    for type_, (famille, fait) in PUBLICS.items():
        assert type_.startswith(f"{famille.cle}.")
        assert fait.libelle


def _champs(modele: type[BaseModel], vus: tuple[type[BaseModel], ...] = ()) -> Any:
    for nom, info in modele.model_fields.items():
        yield modele, nom, info
        for partie in _parties(info.annotation):
            if partie not in vus:
                yield from _champs(partie, (*vus, partie))


def _parties(annotation: Any) -> Any:
    if isinstance(annotation, type) and issubclass(annotation, Part):
        yield annotation
    for arg in get_args(annotation):
        yield from _parties(arg)


def _est_montant(info: Any) -> bool:
    genres = (info.annotation, *get_args(info.annotation))
    return any(g is Decimal or (get_args(g) and get_args(g)[0] is Decimal) for g in genres)


def oublies(faits: dict[str, type[BaseModel]]) -> list[str]:
    """Amounts we pay that a contract does not mark: by their name, or because the fact is of a purchase."""
    trouves = []
    for type_, fait in faits.items():
        for modele, nom, info in _champs(fait):
            nomme = any(mot in nom for mot in DE_COUT)
            achete = type_.startswith(D_ACHAT) and nom.endswith("_ht")
            if _est_montant(info) and (nomme or achete) and not rules.est_cout(info):
                trouves.append(f"{type_} {modele.__name__}.{nom}")
    return trouves


def test_ce_que_nous_payons_est_marque_dans_les_contrats() -> None:
    assert oublies({type_: fait.fait for type_, (_, fait) in PUBLICS.items()}) == []


def test_un_cout_non_marque_serait_vu() -> None:
    class Ligne(Part):
        cout_ht: Decimal = Decimal(0)

    class Plante(Part):
        lignes: tuple[Ligne, ...]

    assert oublies({"commercial.plante.v1": Plante}) == ["commercial.plante.v1 Ligne.cout_ht"]


def test_sans_couts_ni_champs_inconnus() -> None:
    reference = {"fournisseur_id": "f", "reference": "R", "prix_ht": "10"}
    produit = {"reference": "P", "prix_achat_ht": "8", "prix_vente_ht": "12", "fournisseurs": [reference], "neuf": 1}
    modele = PUBLICS["inventory.produit_modifie.v1"][1].fait
    assert rules.sans_couts(modele, produit) == {
        "reference": "P",
        "prix_vente_ht": "12",
        "fournisseurs": [{"fournisseur_id": "f", "reference": "R"}],
    }
    reception = {"numero": "R1", "total_ht": "5", "frais_ht": "1", "lignes": [{"quantite": "2", "prix_ht": "3"}]}
    modele = PUBLICS["purchasing.reception_validee.v1"][1].fait
    assert rules.sans_couts(modele, reception) == {"numero": "R1", "lignes": [{"quantite": "2"}]}


@pytest.mark.parametrize(
    ("droits", "etendues", "attendu"),
    [
        ({"*"}, (), True),
        ({"facture.lire"}, (), True),
        ({"devis.lire"}, (), False),
        ({"facture.lire"}, (("facture", "agence"),), False),
        ({"facture.lire"}, (("devis", "siens"),), True),
    ],
)
def test_qui_peut_faire_dire_une_facture(droits: set[str], etendues: tuple[Any, ...], attendu: bool) -> None:
    actor = Actor("Camille", permissions=frozenset(droits), etendues=frozenset(etendues))
    assert rules.lisible(actor, "billing.facture_emise.v1") is attendu


def test_les_reprises_durent_plus_d_un_jour_puis_cessent() -> None:
    attentes = [rules.attente(n) for n in range(1, len(rules.REPRISES) + 2)]
    assert attentes[-1] is None
    total = sum(a.total_seconds() for a in attentes if a)
    assert 24 * 3600 < total < 48 * 3600


def test_l_openapi_decrit_chaque_fait_public() -> None:
    appels, schemas = decrire()
    assert appels.keys() == PUBLICS.keys()
    dits = set(re.findall(r"#/components/schemas/([\w.]+)", orjson.dumps([appels, schemas]).decode()))
    assert dits <= schemas.keys(), "chaque référence mène à un schéma"
    assert "total_ht" not in schemas["faits.ReceptionValidee"]["required"], "un coût peut manquer"
    assert "prix_ht" not in schemas["faits.LigneCommandee"]["required"], "dans une ligne aussi"
    assert "total_ht" in schemas["faits.FactureEmise"]["required"]
