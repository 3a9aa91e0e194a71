// Scans are kept on this device with their key and their time before they leave, and sent in their sequence: without a network,
// or once the session is over, they wait, whatever page is opened next. Sent twice with the same key, each counts once.
import { type DBSchema, openDB } from "idb";
import { identifiant, un } from "./dom";
import { envoyerJson, lireProbleme, phrase } from "./requete";

export interface Lecture {
  rang: number;
  cle: string;
  url: string;
  page: string;
  code: string;
  brut: string;
  le: string;
  qui: string;
  refus?: string;
}
export type Suite = { lecture: Lecture } & ({ etat: "attente" | "refusee" | "retiree" } | { etat: "faite"; reponse: unknown });

interface Base extends DBSchema {
  lectures: { key: number; value: Omit<Lecture, "rang"> & { rang?: number } };
}
interface Depot {
  ajouter(lecture: Omit<Lecture, "rang">): Promise<Lecture>;
  ecrire(lecture: Lecture): Promise<unknown>;
  retirer(rang: number): Promise<unknown>;
  lire(): Promise<Lecture[]>;
}

const REPRISE = 4000;
const PATIENCE = 20_000;
const SESSION_FINIE = 401;
const INJOIGNABLE = [SESSION_FINIE, 408, 429, 502, 503, 504];
const canal = "BroadcastChannel" in globalThis ? new BroadcastChannel("amanela-lectures") : null;
let [coupe, expiree, encore, minuterie] = [false, false, false, 0];
let enCours: Promise<void> | null = null;

/** Some browsers refuse to keep anything (private windows, storage full): scans then live as long as the page. */
function enMemoire(): Depot {
  const lectures = new Map<number, Lecture>();
  let dernier = 0;
  return {
    async ajouter(lecture) {
      const nee = { ...lecture, rang: (dernier += 1) };
      lectures.set(nee.rang, nee);
      return nee;
    },
    ecrire: async (lecture) => lectures.set(lecture.rang, lecture),
    retirer: async (rang) => lectures.delete(rang),
    lire: async () => [...lectures.values()],
  };
}

async function ouvrirDepot(): Promise<Depot> {
  try {
    const base = await openDB<Base>("amanela-lectures", 1, {
      upgrade: (neuve) => void neuve.createObjectStore("lectures", { keyPath: "rang", autoIncrement: true }),
    });
    return {
      ajouter: async (lecture) => ({ ...lecture, rang: await base.add("lectures", lecture) }),
      ecrire: (lecture) => base.put("lectures", lecture),
      retirer: (rang) => base.delete("lectures", rang),
      lire: async () => (await base.getAll("lectures")) as Lecture[],
    };
  } catch {
    return enMemoire();
  }
}
let ouvert: Promise<Depot> | null = null;
const depot = (): Promise<Depot> => (ouvert ??= ouvrirDepot());

/** Who scans: what somebody left on a shared tablet waits for them, and never goes under another name. */
const moi = (): string => un("[data-moi]")?.dataset["moi"] ?? "";

function repeter(suite: Suite): void {
  document.dispatchEvent(new CustomEvent<Suite>("amanela:lecture", { detail: suite }));
}

function dire(suite: Suite): void {
  repeter(suite);
  canal?.postMessage(suite);
}

/** Keeps a code, then sends it as soon as those before it have left. */
export async function ajouterLecture(url: string, code: string, brut: string): Promise<void> {
  const page = location.pathname + location.search;
  const lecture = await (await depot()).ajouter({ cle: identifiant(), url, page, code, brut, le: new Date().toISOString(), qui: moi() });
  if (coupe) dire({ lecture, etat: "attente" });
  void viderLectures();
}

/** What waits or was refused, from the oldest. */
export async function lecturesGardees(): Promise<Lecture[]> {
  return (await depot()).lire();
}

/** A refused scan: forgotten, or tried again behind the others with a new key. */
export async function oublierLecture(lecture: Lecture): Promise<void> {
  await (await depot()).retirer(lecture.rang);
  dire({ lecture, etat: "retiree" });
  await montrerAttente();
}

export async function reessayerLecture(lecture: Lecture): Promise<void> {
  await oublierLecture(lecture);
  await ajouterLecture(lecture.url, lecture.code, lecture.brut);
}

/** One request; whether the next may follow. */
async function envoyerUne(lecture: Lecture): Promise<boolean> {
  let reponse: Response;
  try {
    const init = { headers: { "Idempotency-Key": lecture.cle }, signal: AbortSignal.timeout(PATIENCE) };
    reponse = await envoyerJson(lecture.url, { code: lecture.code }, init);
  } catch {
    return false;
  }
  expiree = reponse.status === SESSION_FINIE; // whoever closed the sign-in window is not asked again and again
  if (INJOIGNABLE.includes(reponse.status)) return false;
  if (reponse.ok) {
    const lue = (await reponse.json().catch(() => null)) as unknown;
    if (lue === null) return false; // cut in the middle of the answer: asked again with the same key
    await (await depot()).retirer(lecture.rang);
    dire({ lecture, etat: "faite", reponse: lue });
  } else {
    const refusee = { ...lecture, refus: phrase(await lireProbleme(reponse), reponse.status) };
    await (await depot()).ecrire(refusee);
    dire({ lecture: refusee, etat: "refusee" });
  }
  return true;
}

async function envoyerTout(): Promise<void> {
  do {
    encore = false;
    const miennes = (await lecturesGardees()).filter((l) => !l.refus && l.qui === moi());
    for (const lecture of miennes) {
      if (await envoyerUne(lecture)) continue;
      if (!coupe) for (const restee of miennes.slice(miennes.indexOf(lecture))) dire({ lecture: restee, etat: "attente" });
      coupe = true;
      clearTimeout(minuterie);
      if (!expiree) minuterie = window.setTimeout(() => void viderLectures(), REPRISE);
      return;
    }
    if (miennes.length > 0) coupe = false;
  } while (encore);
}

/** Sends what waits, one tab at a time. */
export function viderLectures(): Promise<void> {
  encore = true;
  const sousVerrou = (): Promise<void> => (navigator.locks ? navigator.locks.request("amanela-lectures", envoyerTout) : envoyerTout());
  enCours ??= sousVerrou().finally(() => {
    enCours = null;
    void montrerAttente();
  });
  return enCours;
}

const heure = (le: string): string => new Date(le).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });

/** Beside the state of the connection: how many scans wait, and since when; how many were refused. */
async function montrerAttente(): Promise<void> {
  const badge = un<HTMLAnchorElement>("[data-attente]");
  const gardees = badge ? await lecturesGardees() : [];
  const [attendent, refusees] = [gardees.filter((l) => !l.refus && (coupe || l.qui !== moi())), gardees.filter((l) => l.refus)];
  const premiere = attendent[0] ?? refusees[0];
  if (!badge) return;
  badge.hidden = !premiere;
  badge.classList.toggle("is-refus", attendent.length === 0);
  if (!premiere) return;
  const combien = (n: number, fin: string): string => `${n} ${n > 1 ? "lectures" : "lecture"} ${fin}${n > 1 && fin.startsWith("refusée") ? "s" : ""}`;
  const autre = premiere.qui !== moi() ? ` (${premiere.qui})` : "";
  badge.href = premiere.page;
  badge.textContent = [
    attendent.length ? `${combien(attendent.length, "en attente")} depuis ${heure(premiere.le)}${autre}` : "",
    refusees.length ? combien(refusees.length, "refusée") : "",
    expiree ? "session expirée" : "",
  ].filter(Boolean).join(" · ");
}

export function suivreLectures(): void {
  if (!moi()) return;
  canal?.addEventListener("message", (evenement: MessageEvent<Suite>) => {
    repeter(evenement.data);
    void montrerAttente();
  });
  document.addEventListener("amanela:lecture", () => void montrerAttente());
  addEventListener("online", () => void viderLectures());
  void montrerAttente();
  void viderLectures();
}
