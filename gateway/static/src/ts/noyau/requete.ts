// Every request to the server: anti-forgery header, idempotency key, expired session, refusals in French.
import { identifiant, meta, un } from "./dom";
import { toast } from "./toasts";

export interface Probleme {
  status: number;
  code: string;
  title: string;
  detail: string;
  erreurs?: Record<string, unknown>;
  billet?: string;
}

type Reconnexion = () => Promise<boolean>;
let reconnecter: Reconnexion = async () => false;

/** The dialog module registers how to sign in again. */
export function surSessionExpiree(fonction: Reconnexion): void {
  reconnecter = fonction;
}

export function poserCsrf(valeur: string): void {
  const balise = un<HTMLMetaElement>('meta[name="csrf"]');
  if (balise) balise.content = valeur;
}

/** The anti-forgery value changes with the session: read it on a fresh copy of this page. */
export async function relireCsrf(): Promise<void> {
  const reponse = await fetch(location.href, { headers: { Accept: "text/html" }, credentials: "same-origin" });
  const page = new DOMParser().parseFromString(await reponse.text(), "text/html");
  const valeur = page.querySelector<HTMLMetaElement>('meta[name="csrf"]')?.content;
  if (valeur) poserCsrf(valeur);
}

function entetes(init: RequestInit, cle: string): Headers {
  const tete = new Headers(init.headers);
  const methode = (init.method ?? "GET").toUpperCase();
  if (methode !== "GET" && methode !== "HEAD") {
    tete.set("X-CSRF-Token", meta("csrf"));
    if (!tete.has("Idempotency-Key")) tete.set("Idempotency-Key", cle);
  }
  return tete;
}

type Transport = (url: string, init: RequestInit) => Promise<Response>;

/** A transport that tells how much has left, from 0 to 1: fetch does not. */
export function enSuivant(avancement: (part: number) => void): Transport {
  return (url, init) =>
    new Promise((fini, rate) => {
      const requete = new XMLHttpRequest();
      requete.open(init.method ?? "GET", url);
      new Headers(init.headers).forEach((valeur, nom) => requete.setRequestHeader(nom, valeur));
      requete.upload.onprogress = (e) => avancement(e.lengthComputable ? e.loaded / e.total : 0);
      requete.onload = () => {
        const type = requete.getResponseHeader("content-type") ?? "text/plain";
        fini(new Response(requete.responseText || null, { status: requete.status, headers: { "content-type": type } }));
      };
      requete.onerror = () => rate(new TypeError("unreachable"));
      requete.send((init.body as XMLHttpRequestBodyInit | null | undefined) ?? null);
    });
}

/** A request, with everything above. Rejects only when the server cannot be reached. */
export async function envoyer(url: string, init: RequestInit = {}, transport: Transport = fetch): Promise<Response> {
  const cle = identifiant();
  const essai = (): Promise<Response> => transport(url, { credentials: "same-origin", ...init, headers: entetes(init, cle) });
  const reponse = await essai();
  if (reponse.status === 401 && (await reconnecter())) return essai();
  if (reponse.status === 403 && (await lireProbleme(reponse.clone()))?.code === "jeton_csrf_absent") {
    await relireCsrf();
    return essai();
  }
  return reponse;
}

export function envoyerJson(url: string, corps: unknown, init: RequestInit = {}): Promise<Response> {
  const tete = new Headers(init.headers);
  tete.set("Content-Type", "application/json");
  tete.set("Accept", "application/json");
  return envoyer(url, { method: "POST", ...init, headers: tete, body: JSON.stringify(corps) });
}

export async function lireProbleme(reponse: Response): Promise<Probleme | null> {
  if (!(reponse.headers.get("content-type") ?? "").includes("json")) return null;
  try {
    return (await reponse.json()) as Probleme;
  } catch {
    return null;
  }
}

const PHRASES: Record<number, string> = {
  403: "Vous n’avez pas le droit de faire cela. Demandez à un administrateur.",
  404: "Cet élément n’existe plus. Actualisez la page.",
  409: "Cet élément a changé entre-temps. Actualisez la page puis recommencez.",
  413: "Ce fichier est trop volumineux.",
  429: "Trop de demandes à la suite. Réessayez dans un instant.",
  503: "Ce service est indisponible pour le moment. Réessayez dans un instant.",
};

/** The sentences by field, those of a list within a list too. */
const phrases = (erreurs: unknown): string[] =>
  typeof erreurs === "string" ? [erreurs] : Object.values(erreurs ?? {}).flatMap(phrases);

/** What happened and what to do, in one French sentence. */
export function phrase(probleme: Probleme | null, statut: number): string {
  const parChamp = phrases(probleme?.erreurs);
  return [probleme?.detail || PHRASES[statut] || "Une erreur inattendue s’est produite. Réessayez dans un instant.", ...parChamp.slice(0, 2)].join(" ");
}

export async function signaler(reponse: Response): Promise<void> {
  toast({ texte: phrase(await lireProbleme(reponse), reponse.status), ton: "danger" });
}

export function signalerCoupure(): void {
  toast({ texte: "Le serveur ne répond pas. Vérifiez la connexion, puis réessayez.", ton: "danger" });
}
