"""The dashboard: figures that are true, each opening its list; nothing for who may not see; a stopped service says so."""

import re
from datetime import timedelta

from services.demandes.demande.schemas import SaisieDemande
from services.demandes.demande.use_cases import creation
from shared.documents.renderer import Renderer
from shared.kernel.actor import Actor
from shared.kernel.clock import FrozenClock, jour_paris
from shared.kernel.ids import new_id
from shared.settings import Settings
from shared.testing.fixtures import ServiceDatabase
from tests.gateway.bureau import SERVICES, Bureau, ouvrir


def tuiles(page: str) -> dict[str, str]:
    """What each tile says, by the address it opens."""
    trouvees = re.findall(r'<a class="tuile[^"]*" href="([^"]+)">(.*?)</a>', page, re.DOTALL)
    return {lien.replace("&amp;", "&"): " ".join(re.sub(r"<[^>]+>", " ", dedans).split()) for lien, dedans in trouvees}


async def test_chaque_chiffre_ouvre_la_liste_qu_il_compte(
    service_database: ServiceDatabase, clock: FrozenClock, test_settings: Settings, renderer: Renderer, actor: Actor
) -> None:
    async with ouvrir(
        *SERVICES, service_database=service_database, clock=clock, settings=test_settings, renderer=renderer
    ) as bureau:
        helene = await bureau.asseoir("helene", "direction")
        hier = jour_paris(clock.now()) - timedelta(days=1)
        for echeance in (hier, hier, None):
            saisie = SaisieDemande(
                **{"type_code": "commercial", "tiers_id": new_id(), "tiers_nom": "Mairie de Lyon"},
                **{"objet": "Câblage", "echeance": echeance},
            )
            async with bureau.bases["demandes"].transaction(actor) as tx:
                await creation.creer(tx, saisie)
        montrees = tuiles(await helene.lire("/bord"))
        assert montrees["/demandes/liste?en_retard=true"] == "2 en retard"
        assert montrees["/demandes/liste?ouvertes=true"] == "3 ouvertes"
        assert montrees["/administratif?situation=en_retard"] == "0 € 0 facture échue"
        assert len(montrees) > 14
        for lien in montrees:
            await helene.lire(lien)


async def test_un_service_arrete_se_dit_et_un_metier_sans_droit_ne_se_montre_pas(bureau: Bureau) -> None:
    page = await (await bureau.asseoir("helene", "direction")).lire("/bord")
    assert page.count("indisponible pour le moment") == 5
    page = await (await bureau.asseoir("nicolas", "technicien")).lire("/bord")
    assert "Facturation" not in page
    assert "Ventes" not in page
