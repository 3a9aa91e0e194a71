// What is shown once is copied by a button: data-copier names the element whose value or words go to the clipboard.
import { un } from "./dom";
import { toast } from "./toasts";

function texteDe(source: HTMLElement): string {
  return source instanceof HTMLInputElement ? source.value : source.innerText.trim();
}

function choisirTexte(source: HTMLElement): void {
  if (source instanceof HTMLInputElement) source.select();
  else getSelection()?.selectAllChildren(source);
}

/** Without https a browser gives no clipboard: the text is selected, Ctrl+C does the rest. */
async function copier(source: HTMLElement): Promise<void> {
  try {
    await navigator.clipboard.writeText(texteDe(source));
    toast({ texte: "Copié" });
  } catch {
    choisirTexte(source);
    toast({ texte: "Texte sélectionné : copiez-le avec Ctrl+C", ton: "info" });
  }
}

export function ecouterCopies(): void {
  document.addEventListener("click", (evenement) => {
    const bouton = (evenement.target as Element).closest<HTMLElement>("[data-copier]");
    const source = bouton ? un<HTMLElement>(bouton.dataset.copier ?? "") : null;
    if (source) void copier(source);
  });
}
