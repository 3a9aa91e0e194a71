// Scans are kept on this device with their key and their time before they leave, and sent in their sequence: without a network,
// or once the session is over, they wait, whatever page is opened next. Those that wait for the same place leave in one request,
//   POST url JSON {"lectures": [{"cle", "code"}]} -> {"lectures": [{"cle", "lecture": {…} or "refus": {"detail": "…"}}]}
// and each has its own answer; one without an answer waits. Sent twice with the same key, each counts once.
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
/** `premiere`: the first answered of its request. */
export type Suite = { lecture: Lecture } & ({ etat: "attente" | "refusee" | "retiree" } | { etat: "faite"; reponse: unknown; premiere: boolean });
type Issue = { reponse: unknown } | { refus: string };
interface Reponses {
  lectures: { cle: string; lecture?: unknown; refus?: { detail: string } | null }[];
}

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
const ENSEMBLE = 50; // codes of one request
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

/** What became of codes sent together, by key: those that are absent wait. Null when nobody answered. */
async function demander(url: string, lectures: { cle: string; code: string }[]): Promise<Map<string, Issue> | null> {
  let reponse: Response;
  try {
    reponse = await envoyerJson(url, { lectures }, { signal: AbortSignal.timeout(PATIENCE) });
  } catch {
    return null;
  }
  expiree = reponse.status === SESSION_FINIE; // whoever closed the sign-in window is not asked again and again
  if (INJOIGNABLE.includes(reponse.status)) return null;
  if (!reponse.ok && lectures.length > 1) return demanderUnParUn(url, lectures);
  if (!reponse.ok) {
    const refus = phrase(await lireProbleme(reponse), reponse.status);
    return new Map(lectures.map(({ cle }): [string, Issue] => [cle, { refus }]));
  }
  const lues = (await reponse.json().catch(() => null)) as Reponses | null;
  if (lues === null) return null; // cut in the middle of the answer: asked again with the same keys
  return new Map(lues.lectures.map((r): [string, Issue] => [r.cle, r.refus ? { refus: r.refus.detail } : { reponse: r.lecture }]));
}

/** Refused as a whole, perhaps because of one of them: each alone, until nobody answers. */
async function demanderUnParUn(url: string, lectures: { cle: string; code: string }[]): Promise<Map<string, Issue>> {
  const issues = new Map<string, Issue>();
  for (const lecture of lectures) {
    const seule = await demander(url, [lecture]);
    if (seule === null) break;
    seule.forEach((issue, cle) => issues.set(cle, issue));
  }
  return issues;
}

/** A code by itself on a page that keeps nothing: its answer, or why there is none. */
export async function lireSeul(url: string, code: string): Promise<Issue> {
  const [cle, muet] = [identifiant(), "Le serveur ne répond pas : rien n’est enregistré."];
  return (await demander(url, [{ cle, code }]))?.get(cle) ?? { refus: muet };
}

/** One request for codes that follow one another to the same place; whether the next may leave. */
async function envoyerEnsemble(ensemble: Lecture[]): Promise<boolean> {
  const issues = await demander(ensemble[0]?.url ?? "", ensemble.map(({ cle, code }) => ({ cle, code })));
  const repondues = ensemble.filter(({ cle }) => issues?.has(cle));
  const faites: [Lecture, unknown][] = [];
  for (const lecture of repondues) {
    const issue = issues?.get(lecture.cle) as Issue;
    if ("reponse" in issue) faites.push([lecture, issue.reponse]);
    else await refuser({ ...lecture, refus: issue.refus });
  }
  const garde = await depot();
  await Promise.all(faites.map(([lecture]) => garde.retirer(lecture.rang)));
  faites.forEach(([lecture, reponse], rang) => dire({ lecture, etat: "faite", reponse, premiere: rang === 0 }));
  return repondues.length === ensemble.length;
}

async function refuser(refusee: Lecture): Promise<void> {
  await (await depot()).ecrire(refusee);
  dire({ lecture: refusee, etat: "refusee" });
}

async function envoyerTout(): Promise<void> {
  do {
    encore = false;
    let miennes = (await lecturesGardees()).filter((l) => !l.refus && l.qui === moi());
    while (miennes.length > 0) {
      const ailleurs = miennes.findIndex((l) => l.url !== miennes[0]?.url);
      const combien = Math.min(ailleurs < 0 ? miennes.length : ailleurs, ENSEMBLE);
      if (!(await envoyerEnsemble(miennes.slice(0, combien)))) return attendre();
      miennes = miennes.slice(combien);
      coupe = false;
    }
  } while (encore);
}

/** Nobody answered some of them: they stay, and it begins again a little later. */
async function attendre(): Promise<void> {
  const deja = coupe;
  coupe = true; // first: a code read from now on says itself that it waits
  if (!deja) for (const lecture of await lecturesGardees()) if (!lecture.refus && lecture.qui === moi()) dire({ lecture, etat: "attente" });
  clearTimeout(minuterie);
  if (!expiree) minuterie = window.setTimeout(() => void viderLectures(), REPRISE);
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
  document.addEventListener("amanela:lecture", (evenement) => {
    if ((evenement as CustomEvent<Suite>).detail.etat !== "faite") void montrerAttente(); // told once all have left
  });
  addEventListener("online", () => void viderLectures());
  void montrerAttente();
  void viderLectures();
}
