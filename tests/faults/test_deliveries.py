"""Handlers that fail, deliveries repeated or shuffled, services that are late or too many."""

import pytest
from sqlalchemy import text

from tests.faults.banc import Scene


async def _victime(scene: Scene) -> str:
    return str((await scene.rows(scene.emetteur, "SELECT id FROM compte ORDER BY id LIMIT 1"))[0][0])


@pytest.mark.parametrize(("how", "state"), [("leve", "waiting"), ("refuse", "parked")])
async def test_s12_a_handler_that_always_fails_holds_back_only_its_fact(scene: Scene, how: str, state: str) -> None:
    await scene.start_all(MAUVAIS=how, COMPTE=await _victime(scene))
    await scene.until_settled(missing=1)
    await scene.check(parked=1)
    assert await scene.rows(scene.auditeur, "SELECT subscription, state FROM parked") == [("journal", state)]


async def test_s14_everything_delivered_three_times(scene: Scene) -> None:
    await scene.start_all()
    for count in (500, 1500):
        await scene.until_journal(count)
        await _send_again(scene)
    await scene.until_settled()
    await _send_again(scene)
    await scene.until_settled()
    await scene.check(ordered=False)


async def _send_again(scene: Scene) -> None:
    async with scene.emetteur.engine.begin() as connection:
        await connection.execute(text("UPDATE outbox SET published_at = NULL"))
        await connection.execute(text("NOTIFY amanela_outbox"))


async def test_s15_shuffled_deliveries_leave_projections_right(scene: Scene) -> None:
    await scene.start_all(MELANGE="1")
    await scene.until_settled()
    await scene.check(ordered=False)


class TestSeveralProcesses:
    """What only a system with a broker can meet."""

    @pytest.fixture
    def embedded(self) -> bool:
        """Several processes."""
        return False

    async def test_s16_a_listener_down_for_the_whole_burst(self, scene: Scene) -> None:
        await scene.start("service")
        await scene.until_written(2000)
        await scene.start("auditeur")
        await scene.until_settled()
        await scene.check()

    async def test_s17_several_relays_and_listeners_at_once(self, scene: Scene) -> None:
        for _ in range(2):
            await scene.start("relais")
            await scene.start("auditeur")
        await scene.start("service")
        await scene.until_journal(500)
        scene.processes[0].kill()
        scene.processes[1].kill()
        await scene.until_settled()
        await scene.check()
