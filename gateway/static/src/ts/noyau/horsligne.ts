// The copy of the reception screen for reloads without a network (sw.ts): asked for by that screen, gone with whoever signed in.
import { meta, un } from "./dom";

const PREFIXE = "amanela-reception-";
const QUI = "amanela.copies-de";

async function oublierCopies(): Promise<void> {
  localStorage.removeItem(QUI);
  for (const nom of await caches.keys()) if (nom.startsWith(PREFIXE)) await caches.delete(nom);
}

/** What this page is and runs, told to the worker once it is there: its first visit was not through it. Some files come later. */
async function garderCetEcran(adresse: string): Promise<void> {
  await navigator.serviceWorker.register(adresse, { scope: "/achats/receptions/" });
  const { active } = await navigator.serviceWorker.ready;
  active?.postMessage({ page: location.pathname, fichiers: [new URL(meta("icones"), location.href).href] });
  const charges = new PerformanceObserver((liste) => {
    const adresses = liste.getEntries().map((r) => new URL(r.name));
    const fichiers = adresses.filter((u) => u.origin === location.origin && u.pathname.startsWith("/static/")).map((u) => u.origin + u.pathname);
    active?.postMessage({ page: "", fichiers: [...new Set(fichiers)] });
  });
  charges.observe({ type: "resource", buffered: true });
}

export async function suivreHorsLigne(): Promise<void> {
  if (!("serviceWorker" in navigator) || !("caches" in globalThis)) return;
  const moi = un("[data-moi]")?.dataset["moi"] ?? "";
  document.addEventListener("submit", (evenement) => {
    if ((evenement.target as Element).matches('form[action="/deconnexion"]')) void oublierCopies();
  });
  try {
    if (localStorage.getItem(QUI) !== moi) await oublierCopies();
    const adresse = un("[data-hors-ligne]")?.dataset["horsLigne"];
    if (!moi || !adresse || !navigator.onLine) return;
    localStorage.setItem(QUI, moi);
    await garderCetEcran(adresse);
  } catch {
    // A browser that keeps nothing (private window, storage full) works as before: with the network.
  }
}
