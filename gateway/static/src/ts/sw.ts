/// <reference lib="webworker" />
// The worker of the reception screen, and of it alone (its scope is /achats/receptions/): the page as it was last shown to whoever
// is signed in, and the files it runs, so that a reload without a network shows it again and scanning goes on. Its own address
// carries the version of those files: a new version is a new worker, and what the former kept is dropped.
export {};
declare const self: ServiceWorkerGlobalScope;

const PREFIXE = "amanela-reception-";
const COPIES = PREFIXE + (new URL(self.location.href).searchParams.get("v") ?? "");
const RECEPTION = /^\/achats\/receptions\/[0-9a-f-]{36}$/;
const JOURNEE = 12 * 3_600_000; // a copy older than a day of work is not shown

/** The page as it is, dated; a redirection to the sign-in page, or a refusal, is not it. */
async function garder(url: string, reponse: Response): Promise<void> {
  if (!reponse.ok || reponse.redirected || !reponse.headers.get("content-type")?.startsWith("text/html")) return;
  const entetes = new Headers(reponse.headers);
  entetes.set("x-gardee-le", String(Date.now()));
  const copie = new Response(await reponse.blob(), { status: 200, headers: entetes });
  await (await caches.open(COPIES)).put(url, copie);
}

async function relire(url: string): Promise<Response | undefined> {
  const copie = await (await caches.open(COPIES)).match(url);
  return copie && Date.now() - Number(copie.headers.get("x-gardee-le")) < JOURNEE ? copie : undefined;
}

async function montrer(evenement: FetchEvent, url: string): Promise<Response> {
  try {
    const reponse = await fetch(evenement.request);
    evenement.waitUntil(garder(url, reponse.clone()));
    return reponse;
  } catch (erreur) {
    const copie = await relire(url);
    if (copie) return copie;
    throw erreur;
  }
}

/** Files named by their content never change: what is kept is right. */
async function fichier(requete: Request): Promise<Response> {
  const copies = await caches.open(COPIES);
  const garde = await copies.match(requete.url);
  if (garde) return garde;
  const reponse = await fetch(requete);
  if (reponse.ok) await copies.put(requete.url, reponse.clone());
  return reponse;
}

self.addEventListener("install", () => void self.skipWaiting());

self.addEventListener("activate", (evenement) => {
  const menage = caches.keys().then((noms) => Promise.all(noms.filter((n) => n.startsWith(PREFIXE) && n !== COPIES).map((n) => caches.delete(n))));
  evenement.waitUntil(menage.then(() => self.clients.claim()));
});

// The first visit was not through the worker: the page tells where it is and what it runs.
self.addEventListener("message", (evenement) => {
  const { page, fichiers } = evenement.data as { page: string; fichiers: string[] };
  const ecran = async (): Promise<void> => garder(page, await fetch(page, { headers: { Accept: "text/html" } }));
  // what cannot be had now is kept at the next reading; the rest is not lost with it
  evenement.waitUntil(Promise.allSettled([...(RECEPTION.test(page) ? [ecran()] : []), ...fichiers.map((url) => fichier(new Request(url)))]));
});

self.addEventListener("fetch", (evenement) => {
  const { request } = evenement;
  const url = new URL(request.url);
  if (request.method !== "GET" || url.origin !== self.location.origin) return;
  if (url.pathname.startsWith("/static/")) evenement.respondWith(fichier(request));
  else if (request.mode === "navigate" && RECEPTION.test(url.pathname)) evenement.respondWith(montrer(evenement, url.pathname));
});
