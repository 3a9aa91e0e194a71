"""The refill of a van, typed by hand."""

from shared.documents.renderer import Renderer
from shared.kernel.clock import FrozenClock
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import ouvrir


async def test_une_quantite_illisible_est_refusee_et_rien_a_prendre_se_dit(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer
) -> None:
    async with ouvrir(
        "inventory", service_database=service_database, clock=clock, settings=test_settings, renderer=renderer
    ) as bureau:
        sonia = await bureau.asseoir("sonia", "magasin")
        plein, produit = f"/atelier/vehicules/{new_id()}/remplir", f"prendre_{new_id()}"
        for illisible in ("abc", "nan", "-1"):
            refus = await sonia.envoyer(plein, 422, **{produit: illisible})
            assert "corriger" in refus.text
        for rien in ("", "0", "0,00"):
            await sonia.envoyer(plein, 204, **{produit: rien})
