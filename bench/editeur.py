"""What a keystroke costs in the line editor, in a real Chromium: 20, 100, 200 and 500 lines, each with sections.

A keystroke is followed until two frames were painted, so that scripts, styles, layout and paint count. The main thread's
own time (Chromium's TaskDuration) is told beside the wait: on a busy machine the wait also counts the others' work.
"""

import statistics
import time
from dataclasses import dataclass
from typing import Any

from playwright.async_api import CDPSession, Page, async_playwright

from bench import sales
from bench.client import Client
from bench.figures import Figures
from bench.product import Product, Spent
from bench.run import main
from tests.journeys.systeme import MOT_DE_PASSE

SIZES = (20, 100, 200, 500)
KEYS = "12345"
ROUNDS = 6
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
PARTS = ("TaskDuration", "ScriptDuration", "RecalcStyleDuration", "LayoutDuration")
FRAMES = "() => new Promise((fini) => requestAnimationFrame(() => requestAnimationFrame(fini)))"


@dataclass(slots=True)
class Typing:
    """Milliseconds per keystroke: what the main thread spent, by part, and the waits."""

    lines: int
    parts: dict[str, float]
    waits: list[float]
    saving: float

    @property
    def main_thread(self) -> float:
        """All of it."""
        return self.parts["TaskDuration"]

    def figures(self) -> Figures:
        """As the other rows are told; the CPU of the server is not the subject here."""
        told = Figures(f"a keystroke at {self.lines} lines", sorted(self.waits), sum(self.waits) / 1000, Spent(0, 0))
        parts = "  ".join(f"{name.removesuffix('Duration').lower()} {ms:.1f}" for name, ms in self.parts.items())
        told.notes.append(f"main thread, ms per keystroke: {parts}   autosave after the last: {self.saving:.0f} ms")
        return told


async def measure(product: Product) -> list[Figures]:
    """Type a quantity in the middle of each proposition."""
    client = await product.client()
    ground = await sales.prepare(client)
    typed = []
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM])
        page = await browser.new_page(base_url=product.address, viewport={"width": 1440, "height": 900})
        await _sign_in(page)
        for size in SIZES:
            typed.append(await _type(client, page, ground, size))
        await browser.close()
    await client.close()
    rows = [one.figures() for one in typed]
    least = typed[0].main_thread
    ratios = ", ".join(f"{one.lines} lines {one.main_thread / least:.2f}" for one in typed)
    rows[-1].notes.append(f"ratio of the main thread's time to {typed[0].lines} lines: {ratios}")
    return rows


async def _sign_in(page: Page) -> None:
    await page.goto("/connexion")
    await page.get_by_label("Identifiant").first.fill("admin")
    await page.get_by_label("Mot de passe").first.fill(MOT_DE_PASSE)
    await page.get_by_role("button", name="Se connecter").click()
    await page.locator(".moi").wait_for()


async def _type(client: Client, page: Page, ground: sales.Ground, size: int) -> Typing:
    proposition = await sales.new_proposition(client, ground)
    await sales.save(client, proposition, _lines(ground, size))
    await page.goto(f"/devis/propositions/{proposition['id']}")
    field = page.locator("[data-champ=quantite]").nth(size // 2)
    await field.scroll_into_view_if_needed()
    await field.click()
    devtools = await page.context.new_cdp_session(page)
    await devtools.send("Performance.enable")
    await _round(page)
    await page.locator(".enregistrement.is-fait").wait_for(timeout=60_000)
    waits: list[float] = []
    parts: list[dict[str, float]] = []
    saving = []
    for turn in range(ROUNDS):
        await field.press("Control+a")
        frames = await _idle_frames(devtools, page)
        before, shown = await _spent(devtools), await page.locator("[data-t=total_ht]").inner_text()
        waits += await _round(page, ROUNDS - turn)
        typed = await _spent(devtools)
        if shown == await page.locator("[data-t=total_ht]").inner_text():
            raise RuntimeError("the total did not move: nothing was typed")
        parts.append({name: (typed[name] - before[name]) / len(KEYS) - frames[name] for name in PARTS})
        await page.locator(".enregistrement.is-fait").wait_for(timeout=60_000)
        after = await _spent(devtools)
        saving.append(after["TaskDuration"] - typed["TaskDuration"])
    middle = {name: statistics.median(part[name] for part in parts) for name in PARTS}
    return Typing(size, middle, waits, statistics.median(saving))


async def _round(page: Page, first: int = 9) -> list[float]:
    """The waits of a number of five digits, another one each time."""
    waits = []
    for key in f"{first}{KEYS[1:]}":
        begun = time.perf_counter()
        await page.keyboard.press(key)
        await page.evaluate(FRAMES)
        waits.append(1000 * (time.perf_counter() - begun))
    return waits


async def _idle_frames(devtools: CDPSession, page: Page) -> dict[str, float]:
    """What waiting for two frames costs by itself."""
    before = await _spent(devtools)
    for _ in KEYS:
        await page.evaluate(FRAMES)
    after = await _spent(devtools)
    return {name: (after[name] - before[name]) / len(KEYS) for name in PARTS}


async def _spent(devtools: CDPSession) -> dict[str, float]:
    read: dict[str, Any] = await devtools.send("Performance.getMetrics")
    return {metric["name"]: 1000 * metric["value"] for metric in read["metrics"] if metric["name"] in PARTS}


def _lines(ground: sales.Ground, size: int) -> list[dict[str, Any]]:
    lines: list[dict[str, Any]] = []
    while len(lines) < size:
        lines.append({"genre": "section", "designation": f"Lot {len(lines) // 25 + 1}"})
        lines += [
            line | {"description": "Pose, raccordement et essais compris"} for line in sales.ten_lines(ground) * 3
        ][: min(24, size - len(lines))]
    return lines


if __name__ == "__main__":
    main(measure)
