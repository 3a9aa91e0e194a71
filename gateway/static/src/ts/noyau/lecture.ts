// The numbers a row says. One that cannot be read is marked, and the last one read there goes on counting: it is never taken for 0.
import { ecrireTexte, tous, un } from "./dom";
import { lireNombre } from "./nombre";

export const NUMERIQUES = ["quantite", "cout_ht", "marge", "prix_ht", "remise", "taux_tva"];
const lus = new WeakMap<HTMLInputElement, string>();

function estNumerique(champ: HTMLElement): champ is HTMLInputElement {
  return champ instanceof HTMLInputElement && NUMERIQUES.includes(champ.dataset["champ"] ?? "");
}

/** The number of a field: 0 when it is empty, the last one read when what it holds is none. */
export function lireChamp(champ: HTMLInputElement): string {
  const lu = champ.value.trim() === "" ? "0" : lireNombre(champ.value);
  if (lu === null) return lus.get(champ) ?? "0";
  lus.set(champ, lu);
  return lu;
}

/** What an attribute of the line says, typed in the frame under it; null, and marked, when a number is wanted and there is none. */
export function lireAttribut(champ: HTMLInputElement): string | null {
  if (champ.type === "checkbox") return champ.checked ? "1" : "0";
  const texte = champ.value.trim();
  if (!("nombre" in champ.dataset)) return texte || (champ.dataset["attribut"] === "unite" ? "u" : "");
  const lu = texte === "" ? "0" : lireNombre(texte);
  const valeur = lu?.startsWith("-") ? null : lu;
  champ.setAttribute("aria-invalid", String(valeur === null));
  return valeur;
}

/** What a line is counted in, shown beside its quantity. */
export function ecrireUnite(rangee: HTMLElement, unite: string): void {
  rangee.dataset["unite"] = unite;
  const montree = un(".qg-unite", rangee);
  if (montree) ecrireTexte(montree, unite);
}

/** Marks a field that holds no number; whether it does not. */
export function marquer(champ: HTMLElement): boolean {
  const illisible = estNumerique(champ) && champ.value.trim() !== "" && lireNombre(champ.value) === null;
  if (estNumerique(champ) && (champ.getAttribute("aria-invalid") === "true") !== illisible) champ.setAttribute("aria-invalid", String(illisible));
  return illisible;
}

/** A copied field that cannot be read counts as the one it was copied from. */
export function heriter(copie: HTMLElement, original: HTMLElement): void {
  if (estNumerique(copie) && estNumerique(original)) lus.set(copie, lireChamp(original));
}

/** What is not saved as it is written; "" when everything is. */
export function reserve(corps: HTMLElement): string {
  const n = tous('[data-champ][aria-invalid="true"]', corps).length;
  return n === 0 ? "" : n === 1 ? "1 nombre illisible, non enregistré" : `${n} nombres illisibles, non enregistrés`;
}
