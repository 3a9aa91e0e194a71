// Messages at the bottom: three at most, undo for 8 s, errors stay until closed.
import { creer, icone, un } from "./dom";

export interface Toast {
  texte: string;
  ton?: "succes" | "info" | "danger" | undefined;
  /** URL to POST, or what to do, to undo. */
  annuler?: string | (() => void) | null | undefined;
  /** What the button that undoes says. */
  libelle?: string;
  /** Until it is closed, as an error does. */
  reste?: boolean;
}

const MAXIMUM = 3;
const ICONES = { succes: "circle-check", info: "info", danger: "circle-alert" };

/** A modal dialog makes the rest of the page inert: messages must live inside it. */
export function placerToasts(): HTMLElement | null {
  const zone = un("#toasts");
  const ouverts = [...document.querySelectorAll<HTMLDialogElement>("dialog:modal")];
  const parent = ouverts.at(-1) ?? document.body;
  if (zone && zone.parentElement !== parent) parent.append(zone);
  return zone;
}

export function replacerToasts(): void {
  const zone = un("#toasts");
  if (zone && zone.parentElement !== document.body) document.body.append(zone);
}

function bouton(texte: string, action: () => void): HTMLButtonElement {
  const element = creer("button", "", texte) as HTMLButtonElement;
  element.type = "button";
  element.addEventListener("click", action);
  return element;
}

async function annulerSurServeur(url: string): Promise<void> {
  const { envoyer, signaler, signalerCoupure } = await import("./requete");
  try {
    const reponse = await envoyer(url, { method: "POST", headers: { Accept: "application/json" } });
    if (!reponse.ok) return await signaler(reponse);
    toast({ texte: "Annulé" });
    document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
  } catch {
    signalerCoupure();
  }
}

/** The no-break spaces of French typography, as the server puts them in pages (shared/documents/typographie.py). */
function francais(texte: string): string {
  return texte.replace(/ (?=[;!?])/g, "\u202f").replace(/ (?=[:»](?:[\s.,;)]|$))|(?<=«) /g, "\u00a0");
}

export function toast(message: Toast): void {
  const zone = placerToasts();
  if (!zone) return;
  const danger = message.ton === "danger";
  const boite = creer("div", `toast${danger ? " toast-danger" : ""}`);
  boite.setAttribute("role", danger ? "alert" : "status");
  boite.append(icone(ICONES[message.ton ?? "succes"], 18), creer("p", "", francais(message.texte)));
  const fermer = (): void => boite.remove();
  const { annuler } = message;
  if (annuler) {
    boite.append(
      bouton(message.libelle ?? "Annuler", () => {
        fermer();
        if (typeof annuler === "string") void annulerSurServeur(annuler);
        else annuler();
      }),
    );
  }
  const croix = bouton("", fermer);
  croix.setAttribute("aria-label", "Fermer le message");
  croix.append(icone("x", 16));
  boite.append(croix);
  zone.append(boite);
  while (zone.children.length > MAXIMUM) zone.firstElementChild?.remove();
  if (!danger && !message.reste) programmer(boite, annuler ? 8000 : 5000);
}

/** The countdown waits while someone reads or aims at the message. */
function programmer(boite: HTMLElement, duree: number): void {
  let minuterie = window.setTimeout(() => boite.remove(), duree);
  const reprendre = (): void => {
    minuterie = window.setTimeout(() => boite.remove(), 2500);
  };
  boite.addEventListener("pointerenter", () => clearTimeout(minuterie));
  boite.addEventListener("focusin", () => clearTimeout(minuterie));
  boite.addEventListener("pointerleave", reprendre);
  boite.addEventListener("focusout", reprendre);
}

/** From the server: HX-Trigger `amanela:toast`, or the cookie left before a redirection. */
export function ecouterToasts(): void {
  document.addEventListener("amanela:toast", (evenement) => toast((evenement as CustomEvent<Toast>).detail));
  document.addEventListener("close", replacerToasts, true);
  const trouve = /(?:^|; )toast=([^;]*)/.exec(document.cookie);
  if (!trouve?.[1]) return;
  document.cookie = "toast=; Max-Age=0; Path=/; SameSite=Lax";
  toast({ texte: decodeURIComponent(trouve[1]) });
}
