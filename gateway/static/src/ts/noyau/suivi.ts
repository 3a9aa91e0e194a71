// A record followed live: data-suit="<key>" refreshes when somebody else changes it, or offers to while you type.
import { creer, enSaisie, icone, tous, un } from "./dom";
import type { Fait } from "./direct";

function rafraichir(): void {
  document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
}

function proposer(auteur: string): void {
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

export function suivreFiches(): void {
  let minuterie = 0;
  const moi = un("[data-moi]")?.dataset["moi"] ?? "";
  document.addEventListener("amanela:fait", (evenement) => {
    const fait = (evenement as CustomEvent<Fait>).detail;
    const cles = tous("[data-suit]").flatMap((e) => (e.dataset["suit"] ?? "").split(" "));
    if (!cles.includes(fait.cle) && !(fait.demande_id && cles.includes(fait.demande_id))) return;
    if (un("[data-lignes]")) {
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
