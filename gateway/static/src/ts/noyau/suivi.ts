// A record followed live: data-suit="<key>" refreshes when somebody else changes it, or offers to while you type.
// data-suit-seul="<key>": only that element is read again, by its hx-trigger="amanela:suivi".
import { creer, enSaisie, icone, tous, un } from "./dom";
import type { Fait } from "./direct";

const EDITEUR = "[data-lignes]:not([data-lecture])";
const ECRITS = ["commercial.proposition_modifiee.v1", "commercial.besoins_pressentis.v1"];

function rafraichir(): void {
  document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
}

export function proposer(auteur: string): void {
  if (un("#perime")) return;
  const bandeau = creer("div", "alerte alerte-alerte");
  bandeau.id = "perime";
  bandeau.setAttribute("role", "status");
  const texte = creer("div");
  texte.append(creer("p", "", `Fiche modifiée par ${auteur}. Votre saisie est conservée.`));
  const bouton = creer("button", "btn btn-secondaire btn-compact", "Actualiser") as HTMLButtonElement;
  bouton.type = "button";
  bouton.addEventListener("click", () => {
    bandeau.remove();
    rafraichir();
  });
  bandeau.append(icone("git-compare-arrows", 18), texte, bouton);
  un("#zone")?.prepend(bandeau);
}

function suit(element: HTMLElement, fait: Fait): boolean {
  const cles = (element.dataset["suit"] ?? "").split(" ");
  return [fait.cle, fait.demande_id, fait.tiers_id].some((cle) => cle !== null && cles.includes(cle));
}

export function suivreFiches(): void {
  let minuterie = 0;
  const moi = un("[data-moi]")?.dataset["moi"] ?? "";
  document.addEventListener("amanela:fait", (evenement) => {
    const fait = (evenement as CustomEvent<Fait>).detail;
    for (const seul of tous(`[data-suit-seul="${fait.cle}"]`)) seul.dispatchEvent(new CustomEvent("amanela:suivi"));
    if (ECRITS.includes(fait.type) && un(EDITEUR)) return; // the line editor joins them by itself
    const suivis = tous("[data-suit]").filter((e) => !e.closest("dialog:not([open])") && suit(e, fait));
    if (suivis.length === 0) return;
    if (un(EDITEUR) && !suivis.every((e) => e.closest("#tiroir"))) {
      if (fait.acteur !== moi) proposer(fait.acteur);
      return;
    }
    if (enSaisie() || un("#dialogue[open]")) {
      if (fait.acteur !== moi) proposer(fait.acteur);
      return;
    }
    clearTimeout(minuterie);
    minuterie = window.setTimeout(rafraichir, 250);
  });
  document.addEventListener("amanela:relire", () => {
    if (un("[data-suit]") && !enSaisie()) rafraichir();
  });
}
