"""A scanner in front of a real Chromium: twenty codes a second typed into a reception of five hundred lines.

Keys are Chromium's own events, as a scanner in keyboard mode sends them. The echo of a code is timed in the page, from its Enter
to the frame that shows its answer in the list of codes read.
"""

import asyncio
import os
import time
from typing import Any

from playwright.async_api import CDPSession, Page, async_playwright

from bench import sales
from bench.client import Client
from bench.ecran import CHROMIUM, sign_in
from bench.figures import Figures
from bench.product import Product, Spent, unique
from bench.reception import LINES, SCANS_A_SECOND, compare, open_reception
from bench.run import main

SCANS = 300
WARM = 20
LONGEST = 120.0
WATCHING = """
() => {
  const [form, list] = [document.querySelector(".scan-saisie"), document.querySelector("[data-scan-liste]")];
  window.read = new Map();
  window.shown = new Map();
  form.addEventListener("submit", () => window.read.set(form.querySelector("input").value, performance.now()), true);
  new MutationObserver((changes) => {
    const codes = changes.flatMap((change) => [...change.addedNodes]).filter((line) => !line.dataset.lecture)
      .map((line) => line.querySelector("small").textContent.split(" · ")[0]);
    requestAnimationFrame(() => codes.forEach((code) => window.shown.set(code, performance.now())));
  }).observe(list, { childList: true });
}
"""
WAITED = """
(count) => new Promise((told) => {
  const look = () => (window.shown.size >= count ? told(null) : setTimeout(look, 100));
  look();
})
"""
TOLD = "() => [...window.read].map(([code, at]) => [code, at, window.shown.get(code) ?? null])"


async def measure(product: Product) -> list[Figures]:
    """The row."""
    client = await product.client()
    ground = await sales.prepare(client)
    products = [await sales.new_product(client, f"Article {rank}") for rank in range(LINES)]
    reception = await open_reception(client, ground, products, 4)
    mark = unique()
    codes = [
        f"SN{mark}{rank:05d}" if rank % 2 else products[7 * rank % LINES]["reference"] for rank in range(SCANS + WARM)
    ]
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM])
        signed = await sign_in(browser, product.address)
        context = await browser.new_context(base_url=product.address, storage_state=signed)
        page = await context.new_page()
        await page.goto(f"/achats/receptions/{reception['id']}")
        await page.locator("[data-scan-champ]").focus()
        await page.evaluate(WATCHING)
        keys = await context.new_cdp_session(page)
        await scan(keys, codes[:WARM])
        await _all_shown(page, WARM)
        await product.quiet()
        before = product.spent()
        offered = await scan(keys, codes[WARM:])
        await _all_shown(page, len(codes))
        spent = product.spent() - before
        told = (await page.evaluate(TOLD))[WARM:]
        await browser.close()
    figures = await _figures(client, reception["id"], told, spent, codes)
    figures.notes.append(f"typed at {offered:.1f} codes a second; load average {os.getloadavg()[0]:.1f}")
    await client.close()
    return [figures]


async def scan(keys: CDPSession, codes: list[str]) -> float:
    """Type each code and Enter at the pace promised; how many a second really left."""
    sent: list[asyncio.Task[Any]] = []
    begun = time.perf_counter()
    for rank, code in enumerate(codes):
        await asyncio.sleep(max(0.0, begun + rank / SCANS_A_SECOND - time.perf_counter()))
        events: list[dict[str, Any]] = [{"type": "char", "text": letter} for letter in code]
        enter: dict[str, Any] = {"key": "Enter", "code": "Enter", "windowsVirtualKeyCode": 13}
        events += [{"type": "keyDown", "text": "\r", **enter}, {"type": "keyUp", **enter}]
        sent += [asyncio.create_task(keys.send("Input.dispatchKeyEvent", event)) for event in events]
    await asyncio.gather(*sent)
    return len(codes) / (time.perf_counter() - begun)


async def _all_shown(page: Page, count: int) -> None:
    await asyncio.wait_for(page.evaluate(WAITED, count), LONGEST)


async def _figures(client: Client, reception_id: str, told: list[Any], spent: Spent, codes: list[str]) -> Figures:
    """Waits and rate of the page; what the service kept, for the codes lost."""
    waits = sorted(shown - read for _, read, shown in told if shown is not None)
    seconds = (max(shown for *_, shown in told if shown) - min(read for _, read, _ in told)) / 1000
    figures = Figures(f"scans typed into a reception of {LINES} lines, in Chromium", waits, seconds, spent)
    figures.notes.append(compare(figures))
    whole = await client.read(f"/api/purchasing/receptions/{reception_id}")
    counted = sum(float(line["quantite"]) for line in whole["lignes"])
    serials = sum(line["nb_series"] or len(line["numeros_serie"]) for line in whole["lignes"])
    kept = int(counted) + serials
    figures.notes.append(f"{len(codes)} codes typed, {len(told) + WARM} read, {kept} kept: {len(codes) - kept} lost")
    return figures


if __name__ == "__main__":
    main(measure)
