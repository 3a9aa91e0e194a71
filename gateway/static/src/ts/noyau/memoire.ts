// What somebody chose last on this device is chosen again: the select fields of [data-memoire="name"] (the paper of labels...).
import { monter, tous } from "./dom";

/** Chooses again what was chosen last under this name, when it is still offered. */
export function retenir(champ: HTMLSelectElement | HTMLInputElement, nom: string): void {
  const cle = `amanela.${nom}`;
  const dernier = localStorage.getItem(cle);
  if (dernier && (champ instanceof HTMLInputElement || [...champ.options].some((option) => option.value === dernier))) champ.value = dernier;
  champ.addEventListener("change", () => localStorage.setItem(cle, champ.value));
}

export function retenirChoix(): void {
  monter("[data-memoire]", (zone) => {
    for (const champ of tous<HTMLSelectElement | HTMLInputElement>("select[name], input[type=number][name]:not([name=depart])", zone)) {
      retenir(champ, `${zone.dataset["memoire"]}.${champ.name}`);
    }
  });
}
