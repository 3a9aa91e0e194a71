// Tables with ticked rows: the bar that counts and acts, and at their foot the sums of those ticked.
import { ecrireTexte, monter, tous, un } from "./dom";
import { diviser, ecrire, euros, millioniemes } from "./nombre";

const PAR_CENTIME = 10_000n;

function pluriel(n: number): string {
  return n < 2 ? `${n} sélectionné` : `${n} sélectionnés`;
}

function suivre(cadre: HTMLElement): void {
  const barre = (): HTMLElement | null => un(`[data-selection-barre="${cadre.id}"]`);
  const cases = (): HTMLInputElement[] => tous<HTMLInputElement>('tbody input[name="ids"]', cadre);
  let derniere: HTMLInputElement | null = null;
  const compter = (): void => {
    const cochees = cases().filter((c) => c.checked);
    const bas = barre();
    const tout = un<HTMLInputElement>("[data-tout]", cadre);
    if (tout) {
      tout.checked = cochees.length > 0 && cochees.length === cases().length;
      tout.indeterminate = cochees.length > 0 && !tout.checked;
    }
    totaliser(cadre, cochees);
    if (!bas) return;
    bas.hidden = cochees.length === 0;
    const texte = un("[data-selection-texte]", bas);
    if (texte) texte.textContent = pluriel(cochees.length);
  };
  cadre.addEventListener("click", (evenement) => {
    const case_ = evenement.target;
    if (!(case_ instanceof HTMLInputElement) || case_.name !== "ids") return;
    if (evenement.shiftKey && derniere) {
      const liste = cases();
      const [a, b] = [liste.indexOf(derniere), liste.indexOf(case_)].sort((x, y) => x - y) as [number, number];
      for (const autre of liste.slice(a, b + 1)) autre.checked = case_.checked;
    }
    derniere = case_;
  });
  cadre.addEventListener("change", (evenement) => {
    if ((evenement.target as Element).matches("[data-tout]")) {
      for (const case_ of cases()) case_.checked = (evenement.target as HTMLInputElement).checked;
    }
    compter();
  });
  document.addEventListener("click", (evenement) => {
    if (!(evenement.target as Element).closest("[data-selection-vider]")) return;
    for (const case_ of cases()) case_.checked = false;
    compter();
  });
}

/** The foot of a list says what the rows ticked add up to, and what the whole filter does once none is. */
function totaliser(cadre: HTMLElement, cochees: HTMLInputElement[]): void {
  const unite = cadre.dataset["unite"];
  if (unite === undefined) return;
  const sommes = cochees.map((c) => (c.dataset["sommes"] ?? "").split(" ").map((texte) => millioniemes(texte) ?? 0n));
  const poser = (zone: HTMLElement | null, texte: string): void => {
    if (!zone) return;
    const entier = (zone.dataset["entier"] ??= zone.textContent ?? "");
    ecrireTexte(zone, cochees.length ? texte : entier);
  };
  for (const zone of tous("[data-somme]", cadre)) {
    const somme = sommes.reduce((total, ligne) => total + (ligne[Number(zone.dataset["somme"])] ?? 0n), 0n);
    poser(zone, zone.dataset["unite"] === "euros" ? euros(diviser(somme, PAR_CENTIME)) : ecrireQuantite(somme));
  }
  poser(un("[data-somme-titre]", cadre), "Sélection");
  poser(un("[data-somme-compte]", cadre), `Sélection\u00a0: ${ecrire(`${cochees.length}`)} ${unite}${cochees.length < 2 ? "" : "s"}`);
  cadre.classList.toggle("is-selection", cochees.length > 0);
}

function ecrireQuantite(somme: bigint): string {
  const signe = somme < 0n ? "-" : "";
  const chiffres = (somme < 0n ? -somme : somme).toString().padStart(7, "0");
  const decimales = chiffres.slice(-6).replace(/0+$/, "");
  return ecrire(signe + chiffres.slice(0, -6) + (decimales ? `.${decimales}` : ""));
}

/** What is typed in a search goes with the chips beside it: those that keep a search lead to the one on screen. */
function accorderPuces(champ: HTMLInputElement): void {
  const liste = new URL(champ.form?.action ?? location.href).pathname;
  for (const lien of tous<HTMLAnchorElement>("a.puce[href]", champ.closest(".outils") ?? champ.form ?? document)) {
    const vise = new URL(lien.href);
    if (vise.pathname !== liste || !vise.searchParams.has(champ.name)) continue;
    vise.searchParams.set(champ.name, champ.value);
    lien.href = `${vise.pathname}${vise.search}`;
  }
}

export function ecouterListes(): void {
  document.addEventListener("input", (evenement) => {
    if (evenement.target instanceof HTMLInputElement && evenement.target.matches("[data-filtre-champ]")) accorderPuces(evenement.target);
  });
  monter("[data-selection]", suivre);
}
