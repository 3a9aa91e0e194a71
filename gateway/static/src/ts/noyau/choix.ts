// Options and variants of a proposition on screen: what the client may choose, and what counts meanwhile.
import { un } from "./dom";

/** Whether a line is part of what is sold: an option or a variant counts when it is kept. */
export function comptee(rangee: HTMLElement): boolean {
  const { option, variante, retenue } = rangee.dataset;
  return retenue !== "0" || (option !== "1" && !variante);
}

/** The other lines of the same variant: one of them all is kept. */
export function soeurs(rangee: HTMLElement, rangees: HTMLElement[]): HTMLElement[] {
  const { variante } = rangee.dataset;
  return variante ? rangees.filter((autre) => autre !== rangee && autre.dataset["variante"] === variante) : [];
}

export function montrerChoix(rangee: HTMLElement): void {
  const { variante, option } = rangee.dataset;
  const marque = un("[data-choix]", rangee);
  if (marque) {
    marque.textContent = variante ? "au choix" : option === "1" ? "option" : "";
    marque.title = variante ?? "";
  }
  rangee.classList.toggle("is-au-choix", Boolean(variante) || option === "1");
  rangee.classList.toggle("is-option", !comptee(rangee));
}

/** Keeps a line or not, in the frame unfolded under it too. */
export function retenir(rangee: HTMLElement, oui: boolean): void {
  rangee.dataset["retenue"] = oui ? "1" : "0";
  const cadre = rangee.nextElementSibling;
  const interrupteur = cadre?.matches(".qg-detail") ? un<HTMLInputElement>('[data-attribut="retenue"]', cadre) : null;
  if (interrupteur) interrupteur.checked = oui;
  montrerChoix(rangee);
}

/** What an attribute just typed changes: a new option is not kept, the first of a variant is, keeping one drops the others. */
export function appliquerChoix(rangee: HTMLElement, nom: string, coche: boolean, rangees: HTMLElement[]): void {
  const autres = soeurs(rangee, rangees);
  if (nom === "option" && coche && !rangee.dataset["variante"]) retenir(rangee, false);
  if (nom === "variante" && rangee.dataset["variante"]) retenir(rangee, !autres.some((autre) => autre.dataset["retenue"] === "1"));
  if (nom === "retenue" && coche) for (const autre of autres) retenir(autre, false);
  montrerChoix(rangee);
}
