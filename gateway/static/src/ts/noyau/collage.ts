// Cells pasted from a spreadsheet fill rows downwards from a field; what finds no place, or is no number, is said.
import { tous, un } from "./dom";
import { ecrireUnite, lireChamp, marquer, NUMERIQUES } from "./lecture";
import { lireNombre } from "./nombre";

export interface Collage {
  remplies: HTMLElement[];
  illisibles: number;
  perdues: number;
}
const QUANTITE = 1; // the quantity is the first number of a line, after its name
const UNITE = /^\p{L}[\p{L}\d.²³/]{0,11}$/u;
type Poser = (apres: HTMLElement) => HTMLElement | null;
type Fixer = (rangee: HTMLElement) => void;

const estLigne = (rangee: HTMLElement): boolean => rangee.dataset["genre"] === "ligne";
const saisies = (rangee: HTMLElement): HTMLInputElement[] => tous<HTMLInputElement>("[data-champ]:not([data-champ=description])", rangee);

/** Rows of cells, as a spreadsheet copies them: a cell that holds a new line or a quote comes between quotes, its own doubled. */
export function cellules(texte: string): string[][] {
  const colle: string[][] = [];
  let rangee: string[] = [];
  const cellule = /(?:"((?:[^"]|"")*)"(?=[\t\n]|$)|([^\t\n]*))(\t|\n|$)/y;
  const propre = texte.replace(/\r/g, "").replace(/\n$/, "");
  while (cellule.lastIndex <= propre.length) {
    const [, entre, nue = "", suite] = cellule.exec(propre) ?? [];
    rangee.push(entre?.replaceAll('""', '"') ?? nue);
    if (suite === "\t") continue;
    colle.push(rangee);
    rangee = [];
    if (suite !== "\n") break;
  }
  return colle;
}

/** A block goes in priced lines only: titles, texts and page breaks on its way are passed over; from a title, it makes lines under it. */
export function coller(colle: string[][], champ: HTMLInputElement, rangee: HTMLElement, rangees: HTMLElement[], poser: Poser, fixer: Fixer): Collage {
  const depart = estLigne(rangee) ? saisies(rangee).indexOf(champ) : 0;
  const enBloc = depart > 0 || colle.some((cellulesLues) => cellulesLues.length > 1);
  const suivantes = rangees.slice(rangees.indexOf(rangee));
  const places = !enBloc ? suivantes.filter((r) => saisies(r).length > 0) : estLigne(rangee) ? suivantes.filter(estLigne) : [];
  const bilan: Collage = { remplies: [], illisibles: 0, perdues: 0 };
  const unites = enBloc ? rangUnites(colle, QUANTITE - depart) : -1;
  for (const valeurs of colle) {
    const cible = places.shift() ?? poser(bilan.remplies.at(-1) ?? rangee);
    if (!cible) continue;
    bilan.remplies.push(cible);
    const [unite] = unites < 0 ? [] : valeurs.splice(unites, 1);
    if (unite?.trim()) ecrireUnite(cible, unite.trim());
    remplir(cible, valeurs, depart, bilan, fixer);
  }
  return bilan;
}

/** The column of units, a word beside each quantity, before or after it; -1 when there is none. `rang`: where quantities go. */
function rangUnites(colle: string[][], rang: number): number {
  const lus = (place: number): string[] => colle.map((valeurs) => (valeurs[place] ?? "").trim()).filter(Boolean);
  const mots = (place: number): boolean => lus(place).length > 0 && lus(place).every((valeur) => UNITE.test(valeur));
  const nombres = (place: number): boolean => lus(place).some((valeur) => lireNombre(valeur) !== null);
  if (rang < 0) return -1;
  if (mots(rang) && nombres(rang + 1)) return rang;
  return mots(rang + 1) && nombres(rang) ? rang + 1 : -1;
}

function remplir(cible: HTMLElement, valeurs: string[], depart: number, bilan: Collage, fixer: Fixer): void {
  const champs = saisies(cible);
  valeurs.map((valeur) => valeur.trim()).forEach((valeur, rang) => {
    const recoit = champs[depart + rang];
    if (!recoit) bilan.perdues += valeur ? 1 : 0;
    else if (NUMERIQUES.includes(recoit.dataset["champ"] ?? "")) bilan.illisibles += ecrireNombre(recoit, valeur, () => fixer(cible));
    else nommer(recoit, valeur);
  });
}

/** What a cell says under its first line describes the line. */
function nommer(champ: HTMLInputElement, valeur: string): void {
  const [nom = "", ...suite] = valeur.split("\n");
  const description = un<HTMLTextAreaElement>("[data-champ=description]", champ.closest("[data-ligne]") ?? document);
  champ.value = description && suite.length ? nom.trim() : valeur.replaceAll("\n", " ");
  if (description && suite.length) description.value = suite.join("\n");
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
