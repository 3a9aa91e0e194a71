// Drawer (with its own URL), dialogs, confirmation, sign-in again.
import htmx from "htmx.org";
import { creer, fragment, tous, un } from "./dom";
import { retenirEtapes } from "./etapes";
import { envoyer, lireProbleme, phrase, poserCsrf, relireCsrf, signaler, signalerCoupure, surSessionExpiree } from "./requete";
import { placerToasts, replacerToasts } from "./toasts";

type Genre = "tiroir" | "dialogue";
interface EtatTiroir {
  tiroir?: string;
}
let fermeLe = Number.NEGATIVE_INFINITY;
let ouvreur: Element | null = null;

const boite = (genre: Genre): HTMLDialogElement | null => un<HTMLDialogElement>(`dialog#${genre}`);
const etat = (): EtatTiroir => (history.state ?? {}) as EtatTiroir;

async function lire(genre: Genre, url: string): Promise<string | null> {
  const reponse = await envoyer(url, { headers: { "HX-Request": "true", "X-Fenetre": genre, Accept: "text/html" } });
  if (!reponse.ok) {
    await signaler(reponse);
    return null;
  }
  return reponse.text();
}

function remplir(dialogue: HTMLDialogElement, html: string): void {
  replacerToasts();
  dialogue.replaceChildren(fragment(html));
  delete dialogue.dataset["modifie"];
  htmx.process(dialogue);
}

/** Opens a page in the drawer or in a dialog; a page that has no such block is simply visited. */
export async function ouvrir(genre: Genre, url: string, pousser = true): Promise<void> {
  const dialogue = boite(genre);
  if (!dialogue) return void location.assign(url);
  if (!dialogue.open) ouvreur = document.activeElement;
  document.documentElement.setAttribute("aria-busy", "true");
  try {
    const html = await lire(genre, url);
    if (html === null) return;
    if (/^\s*<!doctype/i.test(html)) return void location.assign(url);
    remplir(dialogue, html);
    dialogue.dataset["url"] = url;
    if (!dialogue.open) dialogue.showModal();
    placerToasts();
    (un<HTMLElement>("[autofocus]", dialogue) ?? un<HTMLElement>("input:not([type=hidden]), select, textarea", dialogue))?.focus();
    if (genre === "tiroir" && pousser) history[etat().tiroir ? "replaceState" : "pushState"]({ tiroir: url }, "", url);
  } catch {
    signalerCoupure();
  } finally {
    document.documentElement.removeAttribute("aria-busy");
  }
}

/** Closes a dialog; typing is never thrown away without asking. */
export async function fermer(dialogue: HTMLDialogElement): Promise<void> {
  if (dialogue.dataset["modifie"] && !(await confirmer({ titre: "Abandonner la saisie ?", effet: "Ce que vous avez écrit ici sera perdu.", action: "Abandonner" }))) return;
  delete dialogue.dataset["modifie"];
  dialogue.close();
}

/** Going back in history takes the focus away: it returns to what opened the drawer. */
function rendreFocus(essais = 6): void {
  setTimeout(() => {
    if (document.activeElement === document.body && ouvreur instanceof HTMLElement && ouvreur.isConnected) ouvreur.focus({ preventScroll: true });
    if (essais > 1) rendreFocus(essais - 1);
  }, 80);
}

async function rafraichir(): Promise<void> {
  const tiroir = boite("tiroir");
  const url = tiroir?.dataset["url"];
  if (tiroir?.open && url) {
    const defilement = un(".tiroir-corps", tiroir)?.scrollTop ?? 0;
    const html = await lire("tiroir", url);
    if (html === null) return;
    remplir(tiroir, html);
    un(".tiroir-corps", tiroir)?.scrollTo(0, defilement);
  } else if (!un('[hx-trigger*="amanela:rafraichir"]') && un("#cadre")) {
    const options = { target: "#cadre", select: "#cadre", swap: "outerMorph", headers: { "HX-History-Restore-Request": "true" } };
    const remettre = retenirEtapes();
    await htmx.ajax("GET", location.pathname + location.search, options);
    remettre();
  }
}

export interface Confirmation {
  titre: string;
  effet?: string | undefined;
  action?: string | undefined;
  recopier?: string | undefined;
  ton?: string | undefined;
}

export function confirmer(question: Confirmation): Promise<boolean> {
  const dialogue = un<HTMLDialogElement>("#confirmation");
  if (!dialogue) return Promise.resolve(window.confirm(question.titre));
  const poser = (nom: string, texte: string): void => {
    const element = un(`[data-${nom}]`, dialogue);
    if (element) element.textContent = texte;
  };
  poser("titre", question.titre);
  poser("effet", question.effet ?? "");
  poser("action", question.action ?? "Confirmer");
  const bouton = un('[value="oui"]', dialogue);
  if (bouton) bouton.className = `btn btn-${question.ton ?? "danger"}`;
  const champ = un<HTMLInputElement>("#confirmation-recopie", dialogue);
  const zone = un("[data-recopie]", dialogue);
  if (champ && zone) {
    zone.hidden = !question.recopier;
    champ.value = "";
    champ.required = Boolean(question.recopier);
    champ.oninput = () => champ.setCustomValidity(champ.value.trim() === (question.recopier ?? "") ? "" : `Recopiez ${question.recopier ?? ""}.`);
    champ.setCustomValidity(question.recopier ? `Recopiez ${question.recopier}.` : "");
    poser("recopie-libelle", `Recopiez ${question.recopier ?? ""} pour confirmer`);
  }
  dialogue.returnValue = "";
  dialogue.showModal();
  return new Promise((fini) => dialogue.addEventListener("close", () => fini(dialogue.returnValue === "oui"), { once: true }));
}

function surClicConfirme(evenement: MouseEvent): void {
  const element = (evenement.target as Element).closest<HTMLElement>("[data-confirme]");
  if (!element || element.dataset["confirmeOk"]) return;
  evenement.preventDefault();
  evenement.stopImmediatePropagation();
  const { confirme, effet, action, recopier, ton } = element.dataset;
  void confirmer({ titre: confirme ?? "", effet, action, recopier, ton }).then((oui) => {
    if (!oui) return;
    element.dataset["confirmeOk"] = "1";
    element.click();
    delete element.dataset["confirmeOk"];
  });
}

function surClic(evenement: MouseEvent): void {
  const cible = evenement.target as Element;
  const ouvreur = cible.closest<HTMLElement>("[data-ouvre]");
  if (ouvreur) un<HTMLDialogElement>(`dialog#${ouvreur.dataset["ouvre"] ?? ""}`)?.showModal();
  const dialogue = cible.closest("dialog");
  if (dialogue && (cible === dialogue || cible.closest("[data-fermer]"))) return void fermer(dialogue);
  const lien = cible.closest<HTMLAnchorElement>("a[data-tiroir], a[data-dialogue]");
  if (!lien || evenement.defaultPrevented || evenement.button !== 0 || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
  evenement.preventDefault();
  void ouvrir("tiroir" in lien.dataset ? "tiroir" : "dialogue", lien.getAttribute("href") ?? "");
}

function surRetour(): void {
  const tiroir = boite("tiroir");
  const url = etat().tiroir;
  if (url) void ouvrir("tiroir", url, false);
  else if (tiroir?.open) {
    fermeLe = performance.now();
    tiroir.close();
    rendreFocus();
  }
}

let enAttente: Promise<boolean> | null = null;

/** One sign-in dialog for all the requests that were refused meanwhile. */
function reconnecter(): Promise<boolean> {
  const dialogue = un<HTMLDialogElement>("#reconnexion");
  const formulaire = un<HTMLFormElement>("[data-reconnexion]", dialogue ?? document);
  if (!dialogue || !formulaire) return Promise.resolve(false);
  enAttente ??= new Promise<boolean>((fini) => {
    formulaire.onsubmit = (evenement) => {
      evenement.preventDefault();
      void identifier(formulaire).then((reussi) => reussi && dialogue.close("oui"));
    };
    dialogue.addEventListener("close", () => fini(dialogue.returnValue === "oui"), { once: true });
    dialogue.showModal();
  }).finally(() => (enAttente = null));
  return enAttente;
}

/** A second factor is wanted: the proof of the password is kept, the code is asked in the same dialog. */
function demanderCode(formulaire: HTMLFormElement, billet: string): void {
  formulaire.dataset["billet"] = billet;
  for (const champ of tous<HTMLElement>("[data-reconnexion-acces]", formulaire)) champ.hidden = Boolean(billet);
  const code = un<HTMLElement>("[data-reconnexion-code]", formulaire);
  if (!code) return;
  code.hidden = !billet;
  for (const champ of tous<HTMLInputElement>("input", formulaire)) champ.disabled = Boolean(champ.closest("[hidden]"));
  if (billet) un<HTMLInputElement>("input", code)?.focus();
}

async function identifier(formulaire: HTMLFormElement): Promise<boolean> {
  const message = un("[data-reconnexion-erreur]", formulaire);
  const billet = formulaire.dataset["billet"] ?? "";
  const reponse = await fetch(billet ? "/connexion/code" : "/connexion", {
    method: "POST",
    headers: { Accept: "application/json" },
    body: new URLSearchParams([...[...new FormData(formulaire)].map(([nom, valeur]) => [nom, String(valeur)]), ["billet", billet]]),
  });
  if (reponse.ok) {
    formulaire.reset();
    demanderCode(formulaire, "");
    const csrf = reponse.headers.get("x-csrf-token");
    if (csrf) poserCsrf(csrf);
    else await relireCsrf();
    return true;
  }
  const probleme = await lireProbleme(reponse);
  if (probleme?.code === "second_facteur_attendu") demanderCode(formulaire, probleme.billet ?? "");
  if (probleme?.code === "billet_perime") demanderCode(formulaire, "");
  if (message) {
    message.replaceChildren(creer("span", "", phrase(probleme, reponse.status)));
    message.hidden = false;
  }
  return false;
}

export function ecouterFenetres(): void {
  surSessionExpiree(reconnecter);
  document.addEventListener("click", surClicConfirme, true);
  document.addEventListener("click", surClic);
  document.addEventListener("cancel", (evenement) => {
    const dialogue = evenement.target;
    if (!(dialogue instanceof HTMLDialogElement)) return;
    evenement.preventDefault();
    if (dialogue.id === "confirmation" || dialogue.id === "reconnexion" || dialogue.id === "palette") dialogue.close();
    else void fermer(dialogue);
  }, true);
  document.addEventListener("input", (evenement) => {
    const dialogue = (evenement.target as Element).closest<HTMLDialogElement>("dialog.tiroir, dialog.dialogue:not(#confirmation, #reconnexion)");
    const saisi = (evenement.target as Element).closest("form") && !(evenement.target as Element).closest("[data-depot-url]");
    if (dialogue && saisi) dialogue.dataset["modifie"] = "1";
  });
  document.addEventListener("close", (evenement) => {
    const tiroir = evenement.target as HTMLElement;
    if (tiroir.id !== "tiroir") return;
    // htmx writes its own history state after a request made in the drawer: the address still tells
    if (!etat().tiroir && location.pathname + location.search !== tiroir.dataset["url"]) return;
    fermeLe = performance.now();
    history.back();
    rendreFocus();
  }, true);
  addEventListener("popstate", surRetour);
  document.addEventListener("htmx:before:history:restore", (evenement) => {
    if (performance.now() - fermeLe < 800) evenement.preventDefault();
  });
  document.addEventListener("amanela:fermer", () => {
    const dernier = tous<HTMLDialogElement>("dialog:modal").at(-1);
    if (!dernier) return;
    delete dernier.dataset["modifie"];
    void fermer(dernier);
  });
  document.addEventListener("amanela:rafraichir", () => void rafraichir());
  document.addEventListener("amanela:dialogue", (evenement) => void ouvrir("dialogue", (evenement as CustomEvent<{ url: string }>).detail.url));
}
