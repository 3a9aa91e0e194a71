// Keyboard shortcuts. No single letter answers while someone types or a dialog is open.
import { tinykeys } from "tinykeys";
import { enSaisie, tous, un } from "./dom";
import { ouvrirPalette } from "./palette";

type Action = (evenement: KeyboardEvent) => void;

const libre = (action: Action): Action => (evenement) => {
  if (enSaisie(evenement.target) || un("dialog:modal") || evenement.ctrlKey || evenement.metaKey || evenement.altKey) return;
  action(evenement);
};

export function ouvrirAide(): void {
  un<HTMLDialogElement>("#aide-clavier")?.showModal();
}

function filtrer(evenement: KeyboardEvent): void {
  const champ = un<HTMLInputElement>("[data-filtre-champ]");
  if (!champ) return ouvrirPalette();
  evenement.preventDefault();
  champ.focus();
  champ.select();
}

/** Rows of the list, or cards of the board, in reading order. */
function elements(): HTMLElement[] {
  return tous("[data-liste] .lien-ligne, [data-cartes] .bd-lien").filter((e) => e.offsetParent !== null);
}

function parcourir(pas: number): Action {
  return (evenement) => {
    const liste = elements();
    if (liste.length === 0) return;
    evenement.preventDefault();
    const ici = liste.indexOf(document.activeElement as HTMLElement);
    const cible = liste[Math.max(0, Math.min(liste.length - 1, ici + pas))];
    for (const rangee of tous("tr.is-courante")) rangee.classList.remove("is-courante");
    cible?.closest("tr")?.classList.add("is-courante");
    cible?.focus();
    cible?.scrollIntoView({ block: "nearest" });
  };
}

function selectionner(): void {
  const rangee = document.activeElement?.closest("tr") ?? un("tr.is-courante");
  un<HTMLInputElement>('input[name="ids"]', rangee ?? document.createElement("i"))?.click();
}

export function ecouterClavier(): void {
  const touches: Record<string, Action> = {
    "$mod+KeyK": (evenement) => {
      evenement.preventDefault();
      ouvrirPalette();
    },
    "/": libre(filtrer),
    "Shift+/": libre(filtrer),
    "?": libre(ouvrirAide),
    "Shift+?": libre(ouvrirAide),
    n: libre((evenement) => {
      evenement.preventDefault();
      un("[data-nouveau]")?.click();
    }),
    j: libre(parcourir(1)),
    k: libre(parcourir(-1)),
    x: libre(selectionner),
  };
  for (const lien of tous<HTMLAnchorElement>(".applications a[data-touche]")) {
    touches[`g ${lien.dataset["touche"] ?? ""}`] = libre(() => location.assign(lien.href));
  }
  tinykeys(window, touches);
  document.addEventListener("click", (evenement) => {
    if ((evenement.target as Element).closest("[data-aide]")) ouvrirAide();
  });
}
