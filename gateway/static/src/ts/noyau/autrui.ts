// What somebody else just saved in the line editor, shown where it is: the cells light up for a moment, and what replaced
// a value typed here is said, with the way back.
import { tous, un } from "./dom";
import { NOMS, dire, type Reprise } from "./conflit";
import type { Ligne } from "./fusion";
import { toast } from "./toasts";

const DUREE = 6000;
const ATTRIBUTS = ["unite", "nature", "maintenance_souhaitee", "est_option", "variante", "est_retenue", "caches_suivent", "deee_ht", "copie_privee_ht", "caches"];

/** A field typed here, by its line: what others put in its place is told. */
export const cle = (ligne: string | null | undefined, champ: string): string => `${ligne ?? ""}.${champ}`;

interface Change {
  rangee: HTMLElement;
  champ: string;
  avant: unknown;
  apres: unknown;
}

/** Every difference between what was agreed on and what the others saved; how many lines changed, came or went. */
export function montrerAutrui(base: Ligne[], reprise: Reprise, auteur: string, miens: Set<string>, remettre: (champ: HTMLElement, valeur: string) => void): number {
  const avant = new Map(base.map((ligne) => [ligne.id, ligne]));
  const rangees = new Map(reprise.rangees.map((rangee) => [rangee.dataset["ligne"] || null, rangee]));
  const restantes = new Set(reprise.leurs.map((ligne) => ligne.id));
  let touchees = base.filter((ligne) => !restantes.has(ligne.id)).length;
  for (const leur of reprise.leurs) {
    const [ancienne, rangee] = [avant.get(leur.id), rangees.get(leur.id)];
    if (!rangee) continue;
    const changes = ancienne ? differences(rangee, ancienne, leur) : [];
    if (!ancienne) eclairer(tous("td", rangee), auteur);
    for (const change of changes) montrer(change, auteur, miens, remettre);
    touchees += ancienne && changes.length === 0 ? 0 : 1;
  }
  return touchees;
}

/** A field one side does not say is no difference. */
function differences(rangee: HTMLElement, avant: Ligne, apres: Ligne): Change[] {
  return Object.keys(apres).filter((champ) => champ !== "id" && avant[champ] !== undefined && avant[champ] !== apres[champ]).map((champ) => ({ rangee, champ, avant: avant[champ], apres: apres[champ] }));
}

function montrer({ rangee, champ, avant, apres }: Change, auteur: string, miens: Set<string>, remettre: (champ: HTMLElement, valeur: string) => void): void {
  const saisi = un<HTMLInputElement>(`[data-champ="${champ === "prix_fixe_ht" ? "prix_ht" : champ}"]`, rangee);
  const cellule = saisi?.closest("td") ?? (ATTRIBUTS.includes(champ) ? un("td.qg-designation", rangee) : null);
  if (cellule) eclairer([cellule as HTMLElement], auteur);
  if (!saisi || !miens.delete(cle(rangee.dataset["ligne"], saisi.dataset["champ"] ?? ""))) return;
  const [designation, mienne] = [un<HTMLInputElement>("[data-champ=designation]", rangee)?.value || "Ligne", dire(avant)];
  const texte = `${auteur} a remplacé votre saisie, ${NOMS[champ] ?? champ} de « ${designation} » : ${mienne} → ${dire(apres)}`;
  toast({ texte, ton: "info", reste: true, libelle: "Remettre la mienne", annuler: () => remettre(saisi, mienne === "(vide)" ? "" : mienne) });
}

function eclairer(cellules: HTMLElement[], auteur: string): void {
  for (const cellule of cellules) {
    cellule.classList.add("is-autrui");
    cellule.title = `Modifié par ${auteur}`;
    setTimeout(() => {
      cellule.classList.remove("is-autrui");
      cellule.removeAttribute("title");
    }, DUREE);
  }
}
