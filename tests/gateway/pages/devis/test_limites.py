"""Limits of discount by role and by person, in pages: two salesmen of the same company promise different things."""

import re
from typing import Any
from uuid import UUID

import pytest

from shared.contracts.gateway import CompteModifie
from shared.testing.texte import simple
from tests.builders import commercial as b
from tests.gateway.pages.devis.conftest import MOT_DE_PASSE, Navigateur

MAIL: dict[str, Any] = {"destinataires": "cabinet@example.fr", "sujet": "Devis", "message": "Bonjour,\n\nVoici."}


async def devenir(navigateur: Navigateur, identifiant: str) -> None:
    """Somebody else sits down."""
    navigateur.http.cookies.clear()
    entree = {"identifiant": identifiant, "mot_de_passe": MOT_DE_PASSE}
    assert (await navigateur.http.post("/connexion", data=entree)).status_code in (204, 303)
    trouve = re.search(r'<meta name="csrf" content="([^"]+)"', await navigateur.lire("/devis"))
    assert trouve is not None
    navigateur.csrf = trouve[1]


async def un_compte(navigateur: Navigateur, identifiant: str, nom: str, role: str = "commercial") -> str:
    """An account of that role, known of commercial as the bus would tell it; its id."""
    corps = {"identifiant": identifiant, "nom": nom, "roles": [role], "mot_de_passe": MOT_DE_PASSE}
    cree = (await navigateur.ilot("POST", "/api/comptes", corps)).json()
    fait = CompteModifie(compte_id=cree["id"], identifiant=identifiant, nom=nom, roles=(role,))
    await b.recevoir(navigateur.base, fait)
    return str(cree["id"])


async def envoyer(navigateur: Navigateur, devis: dict[str, Any], statut: int) -> str:
    reponse = await navigateur.envoyer(f"/devis/propositions/{devis['id']}/envoyer", statut, **MAIL)
    return reponse.text


@pytest.mark.timeout(120)
async def test_two_salesmen_have_the_limits_of_their_role_and_of_their_own(navigateur: Navigateur) -> None:
    await un_compte(navigateur, "paul", "Paul Junior")
    rose = await un_compte(navigateur, "rose", "Rose Aguerrie")
    dora = await un_compte(navigateur, "dora", "Dora Dirige", "direction")
    await navigateur.envoyer("/devis/seuils", version="0", remise_max="5")
    await navigateur.envoyer("/devis/seuils/regles", vise="role:commercial", remise_max="10", approbateurs=dora)
    await navigateur.envoyer("/devis/seuils/regles", vise=f"personne:{rose}", remise_max="20")
    page = await navigateur.lire("/devis/seuils")
    assert re.search(r"Commercial.*Rôle.*10 %.*Dora Dirige", page, re.DOTALL)
    devis = [await b.un_devis(navigateur.api, [b.une_ligne(remise="15")]) for _ in range(2)]

    await devenir(navigateur, "rose")
    await envoyer(navigateur, devis[0], 204)
    await devenir(navigateur, "paul")
    refus = await envoyer(navigateur, devis[1], 422)
    assert "remise de 15" in refus
    assert "maximum 10" in await navigateur.lire(f"/devis/propositions/{devis[1]['id']}")
    await navigateur.envoyer(f"/devis/propositions/{devis[1]['id']}/approbation", motif="Client fidèle")

    # who may approve in general does not decide here: the rule names Dora
    await devenir(navigateur, "admin")
    decision: dict[str, Any] = {"decision": "accordee", "reponse": ""}
    refuse = await navigateur.envoyer(f"/devis/propositions/{devis[1]['id']}/approbation/decider", 422, **decision)
    assert "revient à quelqu’un d’autre" in refuse.text
    regle = re.search(r"/devis/seuils/regles/([\w-]+)/retirer", await navigateur.lire("/devis/seuils"))
    assert regle is not None
    await navigateur.envoyer(f"/devis/seuils/regles/{regle[1]}/retirer")
    await navigateur.envoyer(f"/devis/propositions/{devis[1]['id']}/approbation/decider", **decision)
    await devenir(navigateur, "paul")
    await envoyer(navigateur, devis[1], 204)


async def test_only_who_may_approve_is_offered_and_taken_to_decide(navigateur: Navigateur) -> None:
    paul = await un_compte(navigateur, "paul", "Paul Junior")
    dora = await un_compte(navigateur, "dora", "Dora Dirige", "direction")
    page = await navigateur.lire("/devis/seuils")
    assert re.findall(r'name="approbateurs"[^>]*value="([^"]+)"', page) == [dora]
    regle: dict[str, Any] = {"vise": "role:commercial", "remise_max": "10"}
    refus = await navigateur.envoyer("/devis/seuils/regles", 422, **regle, approbateurs=[dora, paul])
    assert "Paul Junior : aucun de ses rôles ne permet d’approuver une marge." in simple(refus.text)
    await navigateur.envoyer("/devis/seuils/regles", **regle, approbateurs=dora)
    perdue = CompteModifie(compte_id=UUID(dora), identifiant="dora", nom="Dora Dirige", roles=("commercial",))
    await b.recevoir(navigateur.base, perdue)
    assert re.search(r"Dora Dirige.*ne peut plus approuver", await navigateur.lire("/devis/seuils"), re.DOTALL)
