// htmx, set up once: our fetch, no double submission, refusals as messages. The only file that knows its events.
import type { HtmxRequestCtx } from "htmx.org";
import { identifiant, tous, un } from "./dom";
import { envoyer, phrase, type Probleme, signalerCoupure } from "./requete";
import { toast } from "./toasts";

interface Detail {
  ctx: HtmxRequestCtx & { fetch?: typeof fetch };
}
const enCours = new Map<Element, number>();
const cles = new WeakMap<Element, { cle: string; corps: string }>();
const DUREE_MAX = 60_000;

const detail = (evenement: Event): Detail["ctx"] => (evenement as CustomEvent<Detail>).detail.ctx;
const source = (ctx: Detail["ctx"]): Element => ctx.sourceElement;
const ecrit = (ctx: Detail["ctx"]): boolean => !["GET", "HEAD"].includes(String(ctx.request.method).toUpperCase());

/** The same form sent again after a cut keeps its key: the server answers what it already did. */
function cleDe(element: Element, corps: string): string {
  const connue = cles.get(element);
  if (connue?.corps === corps) return connue.cle;
  const cle = identifiant();
  cles.set(element, { cle, corps });
  return cle;
}

function surConfiguration(evenement: Event): void {
  const ctx = detail(evenement);
  const element = source(ctx);
  ctx.fetch = ((url: string, init: RequestInit) => envoyer(url, init)) as typeof fetch;
  if (!ecrit(ctx)) return;
  const depuis = enCours.get(element);
  if (depuis !== undefined && performance.now() - depuis < DUREE_MAX) return evenement.preventDefault();
  enCours.set(element, performance.now());
  const corps = ctx.request.body instanceof FormData ? JSON.stringify([...ctx.request.body].map(([n, v]) => [n, v instanceof File ? v.name + v.size : v])) : "";
  ctx.request.headers["Idempotency-Key"] = cleDe(element, `${ctx.request.action}${corps}`);
  (element.matches("form") ? un(".btn[type=submit]", element) : element)?.classList.add("is-envoi");
}

function surReponse(evenement: Event): void {
  const ctx = detail(evenement);
  const reponse = ctx.response;
  if (!reponse) return;
  if (reponse.status < 500) cles.delete(source(ctx));
  if (reponse.status < 400 && ecrit(ctx)) for (const champ of tous<HTMLInputElement>("input", source(ctx))) champ.defaultValue = champ.value; // saved: no longer being typed
  if (reponse.status < 400 && source(ctx).matches("form.note")) (source(ctx) as HTMLFormElement).reset(); // said: the next one is another
  if (!(reponse.headers.get("content-type") ?? "").includes("json")) return;
  evenement.preventDefault();
  if (reponse.status < 400) return;
  let probleme: Probleme | null = null;
  try {
    probleme = JSON.parse(ctx.text ?? "") as Probleme;
  } catch {
    // an answer that is not JSON after all: the status alone tells
  }
  toast({ texte: phrase(probleme, reponse.status), ton: "danger" });
}

/** A zone that refreshes itself waits while somebody types or saves in it: the end of the saving refreshes it again. */
function surEchange(evenement: Event): void {
  const ctx = detail(evenement);
  const zone = source(ctx);
  if (ecrit(ctx) || zone.matches("form, input, a, button")) return;
  const champ = document.activeElement;
  const modifie = champ instanceof HTMLInputElement && !["checkbox", "search"].includes(champ.type) && champ.value !== champ.defaultValue;
  const envoi = [...enCours.keys()].some((element) => element !== zone && zone.contains(element));
  if (envoi || (modifie && zone.contains(champ))) evenement.preventDefault();
}

function surFin(evenement: Event): void {
  const element = source(detail(evenement));
  enCours.delete(element);
  (element.matches("form") ? un(".btn[type=submit]", element) : element)?.classList.remove("is-envoi");
}

export function preparerHtmx(): void {
  document.addEventListener("htmx:config:request", surConfiguration);
  document.addEventListener("htmx:after:request", surReponse);
  document.addEventListener("htmx:before:swap", surEchange);
  document.addEventListener("htmx:finally:request", surFin);
  document.addEventListener("htmx:error", (evenement) => {
    surFin(evenement);
    signalerCoupure();
  });
}
