"""Processes killed with -9 at the worst moments."""

import pytest

from shared.bus.inbox import CRASHED
from shared.testing.eventually import eventually
from tests.faults.banc import DEADLINE, Scene


@pytest.mark.parametrize(
    ("moment", "fois"),
    [
        pytest.param("avant_publication", 6, id="S1-between-commit-and-publish"),
        pytest.param("apres_publication", 6, id="S2-between-publish-and-mark"),
        pytest.param("avant_commit", 300, id="S3-consumer-before-commit"),
        pytest.param("apres_commit", 12, id="S4-consumer-between-commit-and-acknowledge"),
    ],
)
async def test_a_kill_loses_doubles_and_inverts_nothing(scene: Scene, moment: str, fois: int) -> None:
    await scene.start_all(FAUTE=moment, FOIS=str(fois))

    async def someone_died() -> bool:
        return await scene.restart_dead() > 0

    await eventually(someone_died, DEADLINE)
    await scene.until_settled()
    await scene.check()


async def test_s13_a_fact_that_crashes_the_process_is_parked_after_three_attempts(scene: Scene) -> None:
    ((victime,),) = await scene.rows(scene.emetteur, "SELECT id FROM compte ORDER BY id LIMIT 1")
    # LENT: the other handling of the same fact is still in hand at each death, and must not be blamed for it
    sabotage = {"MAUVAIS": "tue", "COMPTE": str(victime), "LENT": "1"}
    await scene.start_all(**sabotage)

    async def parked() -> bool:
        for process in [p for p in scene.processes if p.child.returncode is not None]:
            scene.processes.remove(process)
            await scene.start(process.role, **sabotage)
        return await scene.count(scene.auditeur, "SELECT count(*) FROM parked WHERE state = 'parked'") > 0

    await scene.until(parked)
    await scene.until_settled(missing=1)
    await scene.check(parked=1)
    assert await scene.rows(scene.auditeur, "SELECT error FROM parked") == [(CRASHED,)]
