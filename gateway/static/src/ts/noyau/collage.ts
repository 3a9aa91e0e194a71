// Cells pasted from a spreadsheet fill rows downwards from a field; what finds no place, or is no number, is said.
import { tous } from "./dom";
import { lireChamp, marquer, NUMERIQUES } from "./lecture";
import { lireNombre } from "./nombre";

export interface Collage {
  remplies: HTMLElement[];
  illisibles: number;
  perdues: number;
}
type Poser = (apres: HTMLElement) => HTMLElement | null;
type Fixer = (rangee: HTMLElement) => void;

const estLigne = (rangee: HTMLElement): boolean => rangee.dataset["genre"] === "ligne";
const saisies = (rangee: HTMLElement): HTMLInputElement[] => tous<HTMLInputElement>("[data-champ]:not([data-champ=description])", rangee);

/** Rows of cells, as a spreadsheet copies them. */
export function cellules(texte: string): string[][] {
  return texte.replace(/\r/g, "").replace(/\n$/, "").split("\n").map((rangee) => rangee.split("\t"));
}

/** A block goes in priced lines only: titles, texts and page breaks on its way are passed over; from a title, it makes lines under it. */
export function coller(colle: string[][], champ: HTMLInputElement, rangee: HTMLElement, rangees: HTMLElement[], poser: Poser, fixer: Fixer): Collage {
  const depart = estLigne(rangee) ? saisies(rangee).indexOf(champ) : 0;
  const enBloc = depart > 0 || colle.some((cellulesLues) => cellulesLues.length > 1);
  const suivantes = rangees.slice(rangees.indexOf(rangee));
  const places = !enBloc ? suivantes.filter((r) => saisies(r).length > 0) : estLigne(rangee) ? suivantes.filter(estLigne) : [];
  const bilan: Collage = { remplies: [], illisibles: 0, perdues: 0 };
  for (const valeurs of colle) {
    const cible = places.shift() ?? poser(bilan.remplies.at(-1) ?? rangee);
    if (!cible) continue;
    bilan.remplies.push(cible);
    remplir(cible, valeurs, depart, bilan, fixer);
  }
  return bilan;
}

function remplir(cible: HTMLElement, valeurs: string[], depart: number, bilan: Collage, fixer: Fixer): void {
  const champs = saisies(cible);
  valeurs.map((valeur) => valeur.trim()).forEach((valeur, rang) => {
    const recoit = champs[depart + rang];
    if (!recoit) bilan.perdues += valeur ? 1 : 0;
    else if (NUMERIQUES.includes(recoit.dataset["champ"] ?? "")) bilan.illisibles += ecrireNombre(recoit, valeur, () => fixer(cible));
    else recoit.value = valeur;
  });
}

/** An empty cell changes no number. */
function ecrireNombre(champ: HTMLInputElement, valeur: string, fixer: () => void): number {
  if (!valeur) return 0;
  lireChamp(champ);
  champ.value = valeur;
  if (champ.dataset["champ"] === "prix_ht" && lireNombre(valeur) !== null) fixer();
  return Number(marquer(champ));
}

/** What the person must know; "" when every cell found its place. */
export function direCollage({ illisibles, perdues }: Collage): string {
  const phrases = [];
  if (illisibles) phrases.push(`${illisibles} ${illisibles > 1 ? "cellules ne sont pas des nombres" : "cellule n’est pas un nombre"} : corrigez les cases en rouge, leur valeur d’avant est gardée.`);
  if (perdues) phrases.push(`${perdues} ${perdues > 1 ? "cellules n’ont pas trouvé" : "cellule n’a pas trouvé"} de colonne à droite.`);
  return phrases.join(" ");
}
