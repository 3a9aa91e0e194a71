// The bar of status steps: the present step in sight, and where somebody had scrolled it kept when the page is read again.
import { tous, un } from "./dom";

const courante = (etapes: Element): string => un("[aria-current]", etapes)?.textContent ?? "";

/** The present step in sight, however long the circuit; a drawer has no width before it opens. */
export function montrerEtape(etapes: HTMLElement): void {
  requestAnimationFrame(() => {
    const ici = un("[aria-current]", etapes);
    if (ici) etapes.scrollLeft += ici.getBoundingClientRect().left - etapes.getBoundingClientRect().left - etapes.clientWidth / 3;
  });
}

/** Notes where each bar is before the page is read again; the function returned puts them back, or shows the new step. */
export function retenirEtapes(): () => void {
  const avant = tous(".etapes").map((e) => ({ defilement: e.scrollLeft, etape: courante(e) }));
  return () => {
    for (const [rang, etapes] of tous(".etapes").entries()) {
      const retenu = avant[rang];
      if (retenu && retenu.etape === courante(etapes)) etapes.scrollLeft = retenu.defilement;
      else montrerEtape(etapes);
    }
  };
}
