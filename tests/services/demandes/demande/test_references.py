"""A demande that names what does not exist is refused in French."""

from tests.builders.demandes import Monde


async def test_un_domaine_inconnu_est_refuse_en_francais(monde: Monde) -> None:
    corps = {"type_code": "commercial", "tiers_id": str(monde.tiers_id), "objet": "Baie", "domaine_code": "plomberie"}
    refus = await monde.http.post("/demandes", json=corps)
    assert (refus.status_code, refus.json()["code"]) == (422, "reference_inconnue")
    assert "« plomberie »" in refus.json()["detail"]
    assert [e["champ"] for e in refus.json()["erreurs"]] == ["domaine_code"]
