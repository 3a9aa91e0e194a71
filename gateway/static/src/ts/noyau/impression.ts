// Prints a PDF of ours without leaving the page: a frame nobody sees, and the print window of the browser.
import { creer } from "./dom";

const CADRE = "cadre-impression";

/** A phone shows the PDF instead, and prints it from there: its frames cannot. */
export function imprimerPdf(adresse: string): void {
  if (matchMedia("(pointer: coarse)").matches) {
    window.open(adresse, "_blank", "noopener");
    return;
  }
  document.getElementById(CADRE)?.remove();
  const cadre = creer("iframe", "hors-ecran") as HTMLIFrameElement;
  cadre.id = CADRE;
  cadre.title = "Document à imprimer";
  cadre.tabIndex = -1;
  cadre.addEventListener("load", () => cadre.contentWindow?.print());
  cadre.src = adresse;
  document.body.append(cadre);
}
