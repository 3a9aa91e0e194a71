// The rows of the line editor as a list: added, copied, taken away, moved, filled from a spreadsheet, aimed at with the arrows.
import { cellules, coller, direCollage } from "./collage";
import { tous, un } from "./dom";
import { heriter } from "./lecture";
import { estDescription } from "./riche";
import { lireTexte } from "./saisie";
import { bloc, deplacer } from "./sections";
import { toast } from "./toasts";

export type Champ = HTMLInputElement | HTMLTextAreaElement;

export interface Suites {
  /** Before rows move: what is unfolded under them is folded. */
  avant(): void;
  /** Rows came, went or moved; `relues` are those whose figures may have changed. */
  change(relues: HTMLElement[]): void;
  /** A price was pasted in the row: it is fixed. */
  fixer(rangee: HTMLElement): void;
}

export class Rangees {
  constructor(private readonly racine: HTMLElement, private readonly corps: HTMLElement, private readonly suites: Suites) {}

  toutes(): HTMLElement[] {
    return tous("[data-ligne]", this.corps);
  }

  modele(genre: string): HTMLElement | null {
    const gabarit = un<HTMLTemplateElement>(`[data-modele="${genre}"]`, this.racine);
    return gabarit ? (gabarit.content.firstElementChild?.cloneNode(true) as HTMLElement) : null;
  }

  /** These rows in this order, moving only those that are not in their place; the others go. The focus stays where it is. */
  disposer(voulues: HTMLElement[]): void {
    const actif = document.activeElement;
    const choisi = actif instanceof HTMLInputElement || actif instanceof HTMLTextAreaElement ? [actif.selectionStart, actif.selectionEnd] : [];
    for (const rangee of this.toutes()) if (!voulues.includes(rangee)) rangee.remove();
    voulues.forEach((rangee, rang) => {
      if (this.corps.children[rang] !== rangee) this.corps.insertBefore(rangee, this.corps.children[rang] ?? null);
    });
    if (!(actif instanceof HTMLElement) || actif === document.activeElement || !this.corps.contains(actif)) return;
    actif.focus({ preventScroll: true });
    if (choisi.length) (actif as Champ).setSelectionRange(choisi[0] ?? null, choisi[1] ?? null);
  }

  /** As if it had been typed. */
  ecrire(champ: Champ, valeur: string): void {
    champ.value = valeur;
    champ.dispatchEvent(new Event("input", { bubbles: true }));
  }

  ajouter(genre: string, apres: HTMLElement | null): void {
    const rangee = this.poser(genre, apres);
    if (!rangee) return;
    (un<Champ>("[data-champ]", rangee) ?? un("[data-poignee]", rangee))?.focus();
    rangee.scrollIntoView({ block: "nearest" });
    this.suites.change([]);
  }

  /** A line under itself; a section, with all its lines, after its last one. */
  dupliquer(rangee: HTMLElement): void {
    this.suites.avant();
    const part = bloc(rangee, this.toutes());
    const copies = part.map((originale) => {
      const copie = originale.cloneNode(true) as HTMLElement;
      tous<Champ>("[data-champ]", copie).forEach((champ, i) => {
        const original = tous<Champ>("[data-champ]", originale)[i];
        champ.value = original?.value ?? "";
        if (original) heriter(champ, original);
      });
      copie.dataset["source"] = copie.dataset["ligne"] || copie.dataset["source"] || "";
      copie.dataset["ligne"] = "";
      return copie;
    });
    part.at(-1)?.after(...copies);
    un<Champ>("[data-champ]", copies[0] ?? rangee)?.focus();
    this.suites.change([]);
  }

  /** Undo first: the row comes back where it was, with its hidden products. */
  supprimer(rangee: HTMLElement): void {
    this.suites.avant();
    const rangees = this.toutes();
    const rang = rangees.indexOf(rangee);
    const suivante = rangee.nextElementSibling;
    rangee.remove();
    un<Champ>("[data-champ]", rangees[rang + 1] ?? rangees[rang - 1] ?? document.createElement("i"))?.focus();
    this.suites.change([]);
    const annuler = (): void => {
      this.suites.avant();
      this.corps.insertBefore(rangee, suivante?.isConnected ? suivante : null);
      un<Champ>("[data-champ]", rangee)?.focus();
      this.suites.change([]);
    };
    toast({ texte: rangee.dataset["genre"] === "saut" ? "Saut de page supprimé" : `« ${lireTexte(rangee, "designation") || "Ligne"} » supprimée`, annuler });
  }

  monter(rangee: HTMLElement, pas: number, champ: Champ): void {
    this.suites.avant();
    if (!deplacer(rangee, pas, this.toutes())) return;
    champ.focus();
    this.suites.change([]);
  }

  /** The same field of the next row; under the last one, a new line. */
  viser(rangee: HTMLElement, pas: number, champ: Champ): void {
    const rangees = this.toutes().filter((r) => un(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, r));
    const cible = rangees[rangees.indexOf(rangee) + pas];
    if (cible) un<Champ>(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, cible)?.focus();
    else if (pas > 0) this.ajouter("ligne", rangee);
  }

  coller(evenement: ClipboardEvent): void {
    const texte = evenement.clipboardData?.getData("text/plain") ?? "";
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee || estDescription(champ) || !/[\t\n]/.test(texte.trim())) return;
    evenement.preventDefault();
    this.suites.avant();
    const bilan = coller(cellules(texte), champ, rangee, this.toutes(), (apres) => this.poser("ligne", apres), (cible) => this.suites.fixer(cible));
    this.suites.change(bilan.remplies);
    const phrase = direCollage(bilan);
    if (phrase) toast({ texte: phrase, ton: bilan.illisibles ? "danger" : "info" });
  }

  private poser(genre: string, apres: HTMLElement | null): HTMLElement | null {
    const rangee = this.modele(genre);
    if (!rangee) return null;
    const dernier = apres?.nextElementSibling?.matches(".qg-detail") ? apres.nextElementSibling : apres;
    if (dernier) dernier.after(rangee);
    else this.corps.append(rangee);
    return rangee;
  }
}
