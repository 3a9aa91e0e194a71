"""The operator has the fil de vie told again: damaged, it comes back identical, and nobody reads half a life."""

from typing import Any

import httpx
import pytest
from alembic.migration import MigrationContext
from alembic.operations import Operations
from alembic.script import ScriptDirectory
from sqlalchemy import text
from sqlalchemy.orm import Session

from services.inventory.fil import jobs
from services.inventory.fil.use_cases.reconstruction import Bilan
from services.inventory.subscriptions import RECITS
from shared.contracts.billing import FactureEmise
from shared.contracts.inventory import HistoriqueMouvemente
from shared.database import migrations
from shared.database.transaction import Transaction
from shared.kernel.ids import new_id
from tests.builders.inventory import Atelier
from tests.services.inventory.fil.test_rebuild import TABLES, etat, renommer, une_facture, vivre

ABIMER = (
    "DELETE FROM fil_de_vie WHERE type = 'facture'",
    "UPDATE fil_de_vie SET titre = 'Faux', montant_ht = 1 WHERE type = 'mouvement'",
    "INSERT INTO fil_de_vie (id, historique_id, message_id, source, seq, le, type, titre, detail, par_nom)"
    " SELECT gen_random_uuid(), historique_id, gen_random_uuid(), source, seq, le, type, 'Intrus', '', ''"
    " FROM fil_de_vie WHERE type = 'retour'",
    "UPDATE lien_projet SET demande_id = gen_random_uuid()",
    "UPDATE temps_projet SET minutes = 1, cout_horaire_ht = NULL",
    "UPDATE lien_equipement SET historique_id = NULL, contrat_numero = 'Faux'",
)


async def executer(atelier: Atelier, *instructions: str) -> None:
    async with atelier.database.transaction(atelier.actor) as tx:
        for instruction in instructions:
            await tx.execute(text(instruction))


async def rejouer(atelier: Atelier, revision: str) -> None:
    """What this one migration did, done again on the tables of today."""
    migration = ScriptDirectory.from_config(migrations.configuration("inventory")).get_revision(revision)

    def upgrade(session: Session) -> None:
        with Operations.context(MigrationContext.configure(session.connection())):
            migration.module.upgrade()

    async with atelier.database.transaction(atelier.actor) as tx:
        await tx.session.run_sync(upgrade)


async def lignes(atelier: Atelier) -> list[Any]:
    async with atelier.database.read() as session:
        return list(await session.scalars(text("SELECT id FROM fil_de_vie ORDER BY id")))


async def test_a_damaged_read_model_comes_back_identical(atelier: Atelier, client: httpx.AsyncClient) -> None:
    histoire = await vivre(atelier, client)
    vecu = await etat(atelier.database)
    await renommer(atelier)
    await executer(atelier, *ABIMER)
    assert await etat(atelier.database) != vecu
    bilan = await jobs.reconstruire(atelier.database, RECITS)
    assert await etat(atelier.database) == vecu
    assert min(bilan.evenements_retires, bilan.evenements_ecrits, bilan.liens_retires, bilan.liens_ecrits) > 0
    demande_id = next(f.fact.demande_id for f in histoire.faits if isinstance(f.fact, FactureEmise))
    await atelier.recevoir(une_facture(demande_id, "FC-5"))  # on the connection that rebuilt, and rebuilds again
    vecu = await etat(atelier.database)
    await executer(atelier, *(f"DELETE FROM {table}" for table in TABLES))
    await jobs.reconstruire(atelier.database, RECITS)
    assert await etat(atelier.database) == vecu


async def test_told_twice_it_stays_the_same_rows(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await vivre(atelier, client)
    avant = await lignes(atelier)
    bilan = await jobs.reconstruire(atelier.database, RECITS)
    assert bilan == await jobs.reconstruire(atelier.database, RECITS) == Bilan(bilan.faits, 0, 0, 0, 0)
    assert bilan.faits > 0
    assert await lignes(atelier) == avant


async def test_readers_see_the_old_lives_until_the_new_ones_are_whole(
    atelier: Atelier, client: httpx.AsyncClient
) -> None:
    histoire = await vivre(atelier, client)
    vecu = await etat(atelier.database)
    await executer(atelier, *ABIMER)
    abime = await etat(atelier.database)
    fait = next(f.fact for f in histoire.faits if isinstance(f.fact, FactureEmise))
    assert isinstance(fait, FactureEmise)
    lus: list[dict[str, list[tuple[Any, ...]]]] = []

    async def pendant(tx: Transaction, mouvement: HistoriqueMouvemente) -> None:
        """In the middle of the rebuild somebody reads, then an invoice arrives for the project."""
        if not lus:
            lus.append(await etat(atelier.database))
            await atelier.recevoir(une_facture(fait.demande_id, "FC-5"))
        await RECITS[HistoriqueMouvemente.type](tx, mouvement)

    await jobs.reconstruire(atelier.database, RECITS | {HistoriqueMouvemente.type: pendant})
    assert lus == [abime]
    reconstruit = await etat(atelier.database)
    titres = [ligne[6] for ligne in reconstruit["fil_de_vie"]]
    assert titres.count("Facture FC-5 émise") == titres.count("Facture FC-4 émise")
    reconstruit["fil_de_vie"] = [ligne for ligne in reconstruit["fil_de_vie"] if ligne[6] != "Facture FC-5 émise"]
    assert reconstruit == vecu


async def test_a_rebuild_that_stops_changes_nothing(atelier: Atelier, client: httpx.AsyncClient) -> None:
    await vivre(atelier, client)
    vecu = await etat(atelier.database)
    await executer(atelier, *ABIMER)
    abime = await etat(atelier.database)

    async def s_arreter(_tx: Transaction, _fait: FactureEmise) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        await jobs.reconstruire(atelier.database, RECITS | {FactureEmise.type: s_arreter})
    assert await etat(atelier.database) == abime
    await jobs.reconstruire(atelier.database, RECITS)
    assert await etat(atelier.database) == vecu


async def test_lives_of_before_the_facts_were_kept_are_not_lost(atelier: Atelier, client: httpx.AsyncClient) -> None:
    histoire = await vivre(atelier, client)
    demande_id = next(f.fact.demande_id for f in histoire.faits if isinstance(f.fact, FactureEmise))
    # the times of a project are younger than the kept facts
    await executer(atelier, "DROP TABLE fait_du_fil", "DROP TABLE fil_depart", "DELETE FROM temps_projet")
    await rejouer(atelier, "0014")
    await atelier.recevoir(une_facture(demande_id, "FC-6"), une_facture(new_id(), "FC-7"))
    vecu = await etat(atelier.database)
    assert "Facture FC-6 émise" in [ligne[6] for ligne in vecu["fil_de_vie"]]
    await executer(atelier, *ABIMER)
    await jobs.reconstruire(atelier.database, RECITS)
    assert await etat(atelier.database) == vecu
