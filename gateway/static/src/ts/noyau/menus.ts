// Popovers: placed under their button, arrows inside menus, contents loaded on first opening.
import { fragment, tous, un } from "./dom";
import { envoyer } from "./requete";
import htmx from "htmx.org";

const MARGE = 8;

/** Places a floating box under an anchor, flipped or shifted to stay in the window. */
export function placer(boite: HTMLElement, ancre: Element): void {
  const a = ancre.getBoundingClientRect();
  const { offsetWidth: large, offsetHeight: haut } = boite;
  const aGauche = a.left + large + MARGE <= innerWidth ? a.left : a.right - large;
  const dessous = a.bottom + 6 + haut <= innerHeight || a.top < haut;
  boite.style.left = `${Math.max(MARGE, Math.min(aGauche, innerWidth - large - MARGE))}px`;
  boite.style.top = `${Math.max(MARGE, dessous ? a.bottom + 6 : a.top - haut - 6)}px`;
  boite.style.maxHeight = `${innerHeight - 2 * MARGE}px`;
}

const elementsDe = (menu: HTMLElement): HTMLElement[] => tous('[role^="menuitem"]', menu).filter((e) => e.offsetParent !== null);

async function charger(boite: HTMLElement): Promise<void> {
  const url = boite.dataset["charge"];
  if (!url) return;
  try {
    const reponse = await envoyer(url, { headers: { "HX-Request": "true", Accept: "text/html" } });
    boite.replaceChildren(fragment(reponse.ok ? await reponse.text() : '<p class="palette-vide">Rien à afficher pour le moment.</p>'));
    htmx.process(boite);
  } catch {
    boite.replaceChildren(fragment('<p class="palette-vide">Le serveur ne répond pas. Réessayez dans un instant.</p>'));
  }
  const ancre = un(`[popovertarget="${boite.id}"]`);
  if (ancre) placer(boite, ancre);
}

function surOuverture(evenement: Event): void {
  const boite = evenement.target;
  if (!(boite instanceof HTMLElement) || !boite.matches(".menu") || (evenement as ToggleEvent).newState !== "open") return;
  const ancre = un(`[popovertarget="${boite.id}"]`);
  if (ancre) placer(boite, ancre);
  if (boite.matches('[role="menu"]')) elementsDe(boite)[0]?.focus();
  void charger(boite);
}

function surTouche(evenement: KeyboardEvent): void {
  const menu = (evenement.target as Element).closest?.<HTMLElement>('[role="menu"]:popover-open');
  if (!menu) return;
  const elements = elementsDe(menu);
  const ici = elements.indexOf(document.activeElement as HTMLElement);
  const vers: Record<string, number> = { ArrowDown: ici + 1, ArrowUp: ici - 1, Home: 0, End: elements.length - 1 };
  const cible = vers[evenement.key];
  if (cible === undefined) return;
  evenement.preventDefault();
  elements[(cible + elements.length) % elements.length]?.focus();
}

export function ecouterMenus(): void {
  document.addEventListener("toggle", surOuverture, true);
  document.addEventListener("keydown", surTouche);
  document.addEventListener("click", (evenement) => {
    const element = (evenement.target as Element).closest('.menu [role="menuitem"]');
    element?.closest<HTMLElement>(".menu")?.hidePopover();
  });
}
