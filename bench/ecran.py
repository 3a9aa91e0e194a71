"""What a person waits for in front of a real Chromium: a board of 1,000 open cards, and Ctrl+K among 100,000 contacts.

The office profile: a computer of the day, nothing kept in the browser, 20 Mbit/s and 20 ms to the server. The first paint is
Chromium's own (first contentful paint), from the click on the address; an answer of Ctrl+K is timed from the last letter
to the frame that shows it.
"""

from typing import Any

from playwright.async_api import Browser, BrowserContext, Page, async_playwright

from bench import sales
from bench.contacts_data import load_contacts
from bench.figures import Figures
from bench.product import Product, Spent
from bench.run import main
from bench.tableau import SPREAD
from tests.journeys.systeme import MOT_DE_PASSE

CARDS = 1_000
CONTACTS = 100_000
OPENINGS = 20
WORDS = 20
CHROMIUM = ("--no-sandbox", "--disable-gpu", "--disable-background-networking", "--disable-component-update")
OFFICE = {"offline": False, "latency": 20, "downloadThroughput": 20e6 / 8, "uploadThroughput": 5e6 / 8}
OPENED = """
async () => {
  const { startTime: paint } = await new Promise((told) => {
    const first = (seen) => seen.getEntriesByName("first-contentful-paint").forEach(told);
    new PerformanceObserver(first).observe({ type: "paint", buffered: true });
  });
  const [page] = performance.getEntriesByType("navigation");
  const bytes = performance.getEntriesByType("resource").reduce((sum, one) => sum + one.transferSize, page.transferSize);
  return { paint, answer: page.responseStart, ready: page.domContentLoadedEventEnd, bytes };
}
"""
# The second frame after the list changed comes once the first one, which shows it, is painted.
LISTENING = """
() => {
  const [field, list] = [document.querySelector("#palette input"), document.querySelector("#palette-liste")];
  window.answered = new Promise((told) => field.addEventListener("keydown", () => {
    const begun = performance.now();
    const seen = new MutationObserver(() => {
      seen.disconnect();
      requestAnimationFrame(() => requestAnimationFrame(() => told(performance.now() - begun)));
    });
    seen.observe(list, { childList: true });
  }, { once: true }));
}
"""


async def measure(product: Product) -> list[Figures]:
    """Both."""
    client = await product.client()
    ground = await sales.prepare(client)
    connection = await product.database("demandes")
    present = await connection.fetchval("SELECT count(*) FROM demande WHERE type_code = 'commercial'")
    for _ in range(CARDS - present):
        await sales.new_demande(client, ground)
    await client.close()
    await product.quiet()
    await connection.execute(SPREAD)
    await connection.execute("VACUUM ANALYZE")
    await connection.close()
    await load_contacts(product, CONTACTS)
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path="/usr/bin/chromium", args=[*CHROMIUM])
        signed = await sign_in(browser, product.address)
        rows = [await _board(product, browser, signed), await _palette(product, browser, signed)]
        await browser.close()
    return rows


async def sign_in(browser: Browser, address: str) -> Any:
    """What a browser keeps of somebody who signed in."""
    context = await browser.new_context(base_url=address)
    page = await context.new_page()
    await page.goto("/connexion")
    await page.get_by_label("Identifiant").first.fill("admin")
    await page.get_by_label("Mot de passe").first.fill(MOT_DE_PASSE)
    await page.get_by_role("button", name="Se connecter").click()
    await page.locator(".moi").wait_for()
    kept = await context.storage_state()
    await context.close()
    return kept


async def _at_the_office(browser: Browser, signed: Any, address: str) -> tuple[BrowserContext, Page]:
    """A page of a browser that kept nothing but the session, behind the network of an office."""
    context = await browser.new_context(base_url=address, storage_state=signed, viewport={"width": 1440, "height": 900})
    page = await context.new_page()
    devtools = await context.new_cdp_session(page)
    await devtools.send("Network.enable")
    await devtools.send("Network.emulateNetworkConditions", OFFICE)
    return context, page


async def _board(product: Product, browser: Browser, signed: Any) -> Figures:
    opened: list[dict[str, float]] = []
    for _ in range(OPENINGS):
        context, page = await _at_the_office(browser, signed, product.address)
        await page.goto("/demandes/tableaux/commercial")
        await page.locator("[data-carte]").first.wait_for()
        opened.append(await page.evaluate(OPENED))
        shown = await page.locator("[data-carte]").count()
        await context.close()
    told = _figures(f"board of {CARDS:,} open cards, first paint", [one["paint"] for one in opened])
    middle = {name: sorted(one[name] for one in opened)[len(opened) // 2] for name in ("answer", "ready", "bytes")}
    told.notes.append(
        f"medians: first byte {middle['answer']:.0f} ms, page ready {middle['ready']:.0f} ms, "
        f"{middle['bytes'] / 1000:.0f} kB received; {shown} cards on the page"
    )
    return told


async def _palette(product: Product, browser: Browser, signed: Any) -> Figures:
    context, page = await _at_the_office(browser, signed, product.address)
    await page.goto("/contacts")
    await page.keyboard.press("Control+k")
    field = page.locator("#palette input")
    waits: list[float] = []
    for rank in range(WORDS):
        word = f"{(40_000 + rank * 191) * 7919 % 1_000_003:x}"
        await field.fill(f"cabinet {word[:-1]}")
        await page.locator("#palette-liste [data-url^='/contacts/']").first.wait_for()
        await page.wait_for_load_state("networkidle")
        await page.evaluate(LISTENING)
        await page.keyboard.press(word[-1])
        waits.append(await page.evaluate("() => window.answered"))
    await context.close()
    return _figures(f"Ctrl+K among {CONTACTS:,} contacts, from the last letter to the list", waits)


def _figures(label: str, waits: list[float]) -> Figures:
    """As the other rows are told; the CPU of the server is not the subject here."""
    return Figures(label, sorted(waits), sum(waits) / 1000, Spent(0, 0))


if __name__ == "__main__":
    main(measure)
