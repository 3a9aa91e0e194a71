// Island of the worksheet (macros ws_*). An object opens its configuration dialog by double click, Enter, Space or a
// touch: GET data-dialogue-url -> a page with a block `dialogue`. After a change the server answers HX-Trigger
// `amanela:rafraichir` (and `amanela:fermer`), and the sheet is read again. A scanner's code is sent by the island `scan`.
import { monter } from "../noyau/dom";
import { ouvrir } from "../noyau/fenetres";

function objet(cible: EventTarget | null): HTMLElement | null {
  return cible instanceof Element && !cible.closest("a, button, input, select, textarea") ? cible.closest<HTMLElement>("[data-dialogue-url]") : null;
}

function configurer(element: HTMLElement | null): void {
  const url = element?.dataset["dialogueUrl"];
  if (url) void ouvrir("dialogue", url);
}

function voisins(element: HTMLElement, touche: string): HTMLElement | undefined {
  const colonne = element.closest("[data-colonne]");
  const dans = (c: Element | null | undefined): HTMLElement[] => [...(c?.querySelectorAll<HTMLElement>("[data-dialogue-url]") ?? [])];
  const rang = dans(colonne).indexOf(element);
  if (touche === "ArrowDown") return dans(colonne)[rang + 1];
  if (touche === "ArrowUp") return dans(colonne)[rang - 1];
  const autre = touche === "ArrowRight" ? colonne?.nextElementSibling : touche === "ArrowLeft" ? colonne?.previousElementSibling : null;
  return dans(autre)[Math.min(rang, dans(autre).length - 1)];
}

monter("[data-feuille]", (feuille) => {
  let touche = false;
  feuille.addEventListener("pointerup", (evenement) => {
    touche = evenement.pointerType === "touch";
  });
  feuille.addEventListener("click", (evenement) => {
    if (touche) configurer(objet(evenement.target));
  });
  feuille.addEventListener("dblclick", (evenement) => configurer(objet(evenement.target)));
  feuille.addEventListener("keydown", (evenement) => {
    const element = objet(evenement.target);
    if (!element) return;
    if (evenement.key === "Enter" || evenement.key === " ") {
      evenement.preventDefault();
      configurer(element);
    } else if (evenement.key.startsWith("Arrow")) {
      evenement.preventDefault();
      voisins(element, evenement.key)?.focus();
    }
  });
});
