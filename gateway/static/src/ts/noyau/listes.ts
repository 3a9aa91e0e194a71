// Tables with ticked rows: the bar that counts and acts.
import { monter, tous, un } from "./dom";

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

export function ecouterListes(): void {
  monter("[data-selection]", suivre);
}
