// Island of the needs list: next and previous product without returning to the list, totals of the ticked projects.
import { monter, tous, un } from "../noyau/dom";
import { ecrire, millioniemes, UN } from "../noyau/nombre";

const liens = (): HTMLAnchorElement[] => tous<HTMLAnchorElement>("[data-besoins] .bs-produit .lien-ligne");
const courant = (): string => un("#detail")?.dataset["produit"] ?? "";

/** Goes `pas` products further; the field to fill takes the focus once the product is there. */
function avancer(pas: number): void {
  const liste = liens();
  const ici = liste.findIndex((lien) => lien.closest("li")?.dataset["produit"] === courant());
  const cible = liste[Math.max(0, Math.min(liste.length - 1, ici + pas))];
  if (!cible || liste[ici] === cible) return;
  un("[data-besoins]")?.setAttribute("data-au-clavier", "1");
  cible.click();
  cible.scrollIntoView({ block: "nearest" });
}

function marquer(): void {
  for (const lien of liens()) {
    if (lien.closest("li")?.dataset["produit"] === courant()) lien.setAttribute("aria-current", "true");
    else lien.removeAttribute("aria-current");
  }
}

const lire = (champ: HTMLInputElement | null): bigint => millioniemes(champ?.value ?? "") ?? 0n;

/** Millionths as staff read them: 2500000 -> "2,5". */
function enClair(quantite: bigint): string {
  const decimales = (quantite % UN).toString().padStart(6, "0").replace(/0+$/, "");
  return ecrire(`${quantite / UN}${decimales ? `.${decimales}` : ""}`);
}

/** The quantity follows the ticked shares until somebody types more: the difference is for the stock. */
function totaliser(formulaire: HTMLFormElement): void {
  const total = un<HTMLInputElement>("[data-total-parts]", formulaire);
  const reste = un("[data-reste-parts]", formulaire);
  if (!total) return;
  let somme = 0n;
  for (const case_ of tous<HTMLInputElement>('input[name="besoins"]:checked', formulaire)) {
    somme += lire(un<HTMLInputElement>(`[data-part="${case_.value}"]`, formulaire));
  }
  // What depots miss is bought with the rest: it belongs to no project.
  let stock = 0n;
  for (const part of tous<HTMLElement>("[data-part-stock]", formulaire)) stock += millioniemes(part.dataset["partStock"] ?? "") ?? 0n;
  if (!total.dataset["saisi"] && somme + stock > 0n) total.value = enClair(somme + stock);
  const quantite = lire(total);
  if (!reste) return;
  if (quantite > somme) reste.textContent = somme ? `Dont ${enClair(quantite - somme)} pour le stock.` : "Aucun projet coché : tout ira au stock.";
  else reste.textContent = quantite < somme ? `Il manque ${enClair(somme - quantite)} pour servir les projets cochés.` : "";
}

monter("[data-besoins]", (racine) => {
  document.addEventListener("keydown", (evenement) => {
    if (!evenement.altKey || evenement.ctrlKey || evenement.metaKey || un("dialog:modal")) return;
    if (evenement.key !== "ArrowDown" && evenement.key !== "ArrowUp") return;
    evenement.preventDefault();
    avancer(evenement.key === "ArrowDown" ? 1 : -1);
  });
  racine.addEventListener("click", (evenement) => {
    const cible = evenement.target as Element;
    if (cible.closest("[data-suivant]")) avancer(1);
    if (cible.closest("[data-precedent]")) avancer(-1);
  });
});

/** On a phone the product takes the place of the list; the one shown beside it at first was chosen by nobody. */
function montrer(racine: HTMLElement, detail: Element): void {
  if (!racine.hasAttribute("data-montre")) racine.setAttribute("data-montre", "");
  else if (courant()) racine.classList.add("is-choisi");
  if (un("#produits")?.offsetParent === null) detail.scrollIntoView({ block: "start" });
}

monter("#detail", (detail) => {
  marquer();
  const racine = un("[data-besoins]");
  if (racine) montrer(racine, detail);
  if (!racine?.hasAttribute("data-au-clavier")) return;
  racine.removeAttribute("data-au-clavier");
  (un<HTMLElement>("[data-premier-champ]") ?? un<HTMLElement>("[data-detail-titre]"))?.focus();
});

monter("form[data-negocier]", (element) => {
  const formulaire = element as HTMLFormElement;
  formulaire.addEventListener("input", (evenement) => {
    const champ = evenement.target as HTMLElement;
    if (champ.matches("[data-total-parts]")) champ.dataset["saisi"] = "1";
    totaliser(formulaire);
  });
  totaliser(formulaire);
});
