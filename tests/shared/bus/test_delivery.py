"""What a subscription may count on, whichever way facts travel."""

from typing import Any

from sqlalchemy import text

from shared.contracts.base import FACTS
from shared.database.database import Database
from shared.database.engine import json_text
from shared.database.transaction import Transaction
from shared.kernel.actor import Actor
from shared.kernel.ids import new_id
from shared.kernel.refusals import Conflict
from shared.testing.eventually import eventually
from tests.shared.bus.banc import Banc, NoteLue, NotePrise, note, rows


class DejaPrise(Conflict):
    """La note {rang} est déjà prise."""


async def test_each_subscription_handles_each_fact_once_in_the_name_of_who_caused_it(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def premier(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "premier", fait)

    @banc.subscriptions.on(NotePrise, group="parallele")
    async def second(tx: Transaction, fait: NotePrise) -> None:
        assert tx.envelope is not None
        assert tx.envelope.key == fait.compte_id
        await note(tx, "second", fait)

    await banc.start()
    comptes = [new_id() for _ in range(3)]
    for rang in range(10):
        await banc.emit(*(NotePrise(compte_id=compte, rang=rang) for compte in comptes))
    effects = await banc.until_effects(60)
    assert len(effects) == len(set(effects)) == 60
    assert {effect[3] for effect in effects} == {"Camille Test"}
    for compte in comptes:
        assert [e[2] for e in effects if e[0] == "premier" and e[1] == compte] == list(range(10))


async def test_what_a_handler_publishes_names_its_cause_and_keeps_the_circuit(banc: Banc) -> None:
    demande = new_id()

    @banc.subscriptions.on(NotePrise)
    async def relire(tx: Transaction, fait: NotePrise) -> None:
        tx.publish(NoteLue(compte_id=fait.compte_id))

    await banc.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1, demande_id=demande))
    await eventually(lambda: _count(banc.auditeur, "outbox"))
    cause = await rows(banc.emetteur, "SELECT id, correlation_id FROM outbox")
    answer = await rows(banc.auditeur, "SELECT causation_id, correlation_id, acteur_nom FROM outbox")
    assert cause[0][1] == demande
    assert answer == [(cause[0][0], demande, "Camille Test")]


async def _count(database: Database, table: str) -> int:
    return int((await rows(database, f"SELECT count(*) FROM {table}"))[0][0])


async def test_a_refusal_is_parked_at_once_and_the_others_go_on(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def refuser_le_trois(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)
        if fait.rang == 3:
            raise DejaPrise(rang=fait.rang)

    await banc.start()
    compte = new_id()
    await banc.emit(*(NotePrise(compte_id=compte, rang=rang) for rang in range(6)))
    effects = await banc.until_effects(5)
    assert [e[2] for e in effects] == [0, 1, 2, 4, 5]
    assert await banc.parked() == [
        ("refuser_le_trois", "parked", "DejaPrise : La note 3 est déjà prise.", 1),
    ]


async def test_a_failure_is_tried_again_and_later_facts_of_the_key_wait_behind_it(banc: Banc) -> None:
    en_panne = True

    @banc.subscriptions.on(NotePrise)
    async def capricieux(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)
        if en_panne and fait.compte_id == difficile and fait.rang == 0:
            raise RuntimeError("pas encore")

    difficile, facile = new_id(), new_id()
    await banc.start()
    await banc.emit(*(NotePrise(compte_id=difficile, rang=rang) for rang in range(3)))
    await banc.emit(*(NotePrise(compte_id=facile, rang=rang) for rang in range(3)))
    assert {e[1] for e in await banc.until_effects(3)} == {facile}
    assert [(row[1], row[3] > 0) for row in await banc.parked()] == [
        ("waiting", True),
        ("waiting", False),
        ("waiting", False),
    ]
    en_panne = False
    effects = await banc.until_effects(6)
    assert [e[2] for e in effects if e[1] == difficile] == [0, 1, 2]
    await eventually(lambda: _none_parked(banc))


async def _none_parked(banc: Banc) -> bool:
    return await banc.parked() == []


async def test_a_failing_subscription_does_not_undo_its_neighbour(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def fidele(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "fidele", fait)

    @banc.subscriptions.on(NotePrise)
    async def mauvais(tx: Transaction, fait: NotePrise) -> None:
        await tx.execute(text("SELECT 1 / 0"))

    await banc.start()
    await banc.emit(NotePrise(compte_id=new_id(), rang=1))
    assert [e[0] for e in await banc.until_effects(1)] == ["fidele"]
    ((name, state, error, attempts),) = await eventually(banc.parked)
    assert (name, state) == ("mauvais", "waiting")
    assert "division by zero" in error
    assert attempts >= 1


async def test_facts_that_nobody_listens_to_or_knows_do_not_block(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    await banc.start()
    await banc.emit(NoteLue(compte_id=new_id()), NotePrise(compte_id=new_id(), rang=1))
    async with banc.emetteur.engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO outbox (id, type, key, acteur_nom, occurred_at, payload)"
                " SELECT gen_random_uuid(), 'essai.inconnu.v9', key, acteur_nom, occurred_at, payload FROM outbox LIMIT 1"
            )
        )
    await banc.until_effects(1)
    assert "essai.inconnu.v9" not in FACTS


async def test_a_fact_from_a_newer_emitter_is_read_without_its_new_fields(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    await banc.start()
    await _insert(banc, {"compte_id": new_id(), "rang": 4, "couleur": "bleu"})
    assert [e[2] for e in await banc.until_effects(1)] == [4]


async def test_a_fact_that_breaks_its_contract_is_parked_at_once(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    await banc.start()
    await _insert(banc, {"compte_id": new_id()})
    ((_, state, error, _),) = await eventually(banc.parked)
    assert state == "parked"
    assert "rang" in error


async def _insert(banc: Banc, payload: dict[str, Any]) -> None:
    async with banc.emetteur.engine.begin() as connection:
        await connection.execute(
            text(
                "INSERT INTO outbox (id, type, key, acteur_nom, occurred_at, payload)"
                " VALUES (:id, 'essai.note_prise.v1', :id, 'Autre', now(), cast(:payload AS jsonb))"
            ),
            {"id": new_id(), "payload": json_text(payload)},
        )


async def test_repeating_everything_changes_nothing(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    await banc.start()
    await banc.emit(*(NotePrise(compte_id=new_id(), rang=rang) for rang in range(30)))
    before = await banc.until_effects(30)
    for _ in range(2):
        async with banc.emetteur.engine.begin() as connection:
            await connection.execute(text("UPDATE outbox SET published_at = NULL"))
            await connection.execute(text("NOTIFY amanela_outbox"))
        await banc.until_effects(30)
    await banc.emit(NotePrise(compte_id=new_id(), rang=99))
    after = await banc.until_effects(31)
    assert after[:30] == before
    assert after[30][2] == 99


async def test_jobs_run_outside_a_transaction_and_are_tried_again(banc: Banc) -> None:
    essais: list[int] = []

    @banc.subscriptions.job(NotePrise)
    async def imprimer(db: Database, fait: NotePrise) -> None:
        essais.append(fait.rang)
        if fait.rang == 2 and essais.count(2) == 1:
            raise ConnectionRefusedError("imprimante débranchée")
        async with db.transaction(Actor.systeme("impression")) as tx:
            await note(tx, "travaux", fait)

    await banc.start()
    await banc.emit(*(NotePrise(compte_id=new_id(), rang=rang) for rang in range(5)))
    effects = await banc.until_effects(5)
    assert sorted(e[2] for e in effects) == [0, 1, 2, 3, 4]
    assert sorted(essais) == [0, 1, 2, 2, 3, 4]
    await eventually(lambda: _none_parked(banc))


async def test_a_fact_waits_for_a_listener_that_starts_late(banc: Banc) -> None:
    @banc.subscriptions.on(NotePrise)
    async def noter(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "notes", fait)

    for rang in range(5):
        await banc.emit(NotePrise(compte_id=new_id(), rang=rang))
    assert await banc.unsent() == 5
    await banc.start()
    await banc.until_effects(5)


async def test_what_nobody_wants_now_is_not_even_opened(banc: Banc) -> None:
    voulus: set[str] = set()
    demandes: list[str] = []

    async def voulu(database: Database, type_: str) -> bool:
        assert database is banc.auditeur
        demandes.append(type_)
        return type_ in voulus

    @banc.subscriptions.on(NotePrise, NoteLue, group="parallele", when=voulu)
    async def ecrire(tx: Transaction, fait: NotePrise | NoteLue) -> None:
        if isinstance(fait, NotePrise):
            await note(tx, "notes", fait)

    @banc.subscriptions.on(NotePrise)
    async def temoin(tx: Transaction, fait: NotePrise) -> None:
        await note(tx, "temoin", fait)

    await banc.start()
    compte = new_id()
    await banc.emit(NotePrise(compte_id=compte, rang=1))
    await banc.until_effects(1)
    await eventually(lambda: bool(demandes))
    voulus.add(NotePrise.type)
    await banc.emit(NotePrise(compte_id=compte, rang=2), NoteLue(compte_id=compte))
    effects = await banc.until_effects(3)
    assert sorted((e[0], e[2]) for e in effects) == [("notes", 2), ("temoin", 1), ("temoin", 2)]
    inbox = await rows(banc.auditeur, "SELECT subscription, count(*) FROM inbox GROUP BY 1 ORDER BY 1")
    assert inbox == [("ecrire", 1), ("temoin", 2)]
