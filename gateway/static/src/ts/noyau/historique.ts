// Undo and redo of the line editor. A row typed in costs one row; rows added, removed or moved cost their list.
import { montrerChoix } from "./choix";
import { tous, un } from "./dom";
import { ecrireUnite, marquer } from "./lecture";

const DONNEES = ["fixe", "nature", "maintenance", "unite", "option", "variante", "retenue", "description", "produits", "masques", "deee", "copie", "produit", "convenu", "suivent"];
const PROFONDEUR = 200;

/** What a person can change in a row. */
export interface Fiche {
  champs: Record<string, string>;
  donnees: Record<string, string>;
}
/** The rows in order and what each holds; a row taken out is kept, it may come back. */
interface Etat {
  ordre: HTMLElement[];
  fiches: Map<HTMLElement, Fiche>;
}
type Geste = { rangee: HTMLElement; nom: string; avant: Fiche; apres: Fiche } | { avant: Etat; apres: Etat };
/** What changed on screen, and the field to come back to. */
export interface Retour {
  rangees: HTMLElement[];
  champ: HTMLElement | null;
}

export class Historique {
  private faits: Geste[] = [];
  private defaits: Geste[] = [];
  private etat: Etat;
  private groupe = "";

  constructor(private readonly corps: HTMLElement, private readonly rangees: () => HTMLElement[], private readonly surChange: (peutAnnuler: boolean, peutRetablir: boolean) => void) {
    this.etat = this.lire();
  }

  /** Rows came, went, moved, or several changed together. */
  noterEnsemble(): void {
    const apres = this.lire();
    this.ajouter({ avant: this.etat, apres });
    this.etat = apres;
    this.groupe = "";
  }

  /** One field of one row was typed in: what follows in the same field is the same gesture. */
  noterSaisie(rangee: HTMLElement, nom: string): void {
    const apres = lireFiche(rangee);
    const dernier = this.faits.at(-1);
    if (this.groupe === nom && dernier && "rangee" in dernier && dernier.rangee === rangee) dernier.apres = apres;
    else this.ajouter({ rangee, nom, avant: this.etat.fiches.get(rangee) ?? apres, apres });
    this.etat.fiches.set(rangee, apres);
    this.groupe = nom;
  }

  /** Hidden products of a row were changed on the server: undone like the rest. */
  noterCaches(rangee: HTMLElement): void {
    this.couper();
    this.noterSaisie(rangee, "caches");
    this.couper();
  }

  /** The server changed something by itself (which options are kept): nothing to undo. */
  suivre(): void {
    this.etat = this.lire();
  }

  /** The server changed a row by itself (hidden products follow its quantity): undone with what made it change. */
  suivreRangee(rangee: HTMLElement): void {
    this.etat.fiches.set(rangee, lireFiche(rangee));
  }

  /** Somebody else's rows came in: past gestures keep them, so that undoing one's own undoes nothing of theirs. */
  accueillir(): void {
    const [avant, apres] = [this.etat, this.lire()];
    for (const geste of [...this.faits, ...this.defaits]) {
      if ("rangee" in geste) for (const fiche of [geste.avant, geste.apres]) rejoindre(fiche, avant.fiches.get(geste.rangee), apres.fiches.get(geste.rangee));
      else [geste.avant, geste.apres] = [accueilli(geste.avant, avant, apres), accueilli(geste.apres, avant, apres)];
    }
    this.etat = apres;
    this.groupe = "";
  }

  /** Another field is entered: what will be typed there is another gesture. */
  couper(): void {
    this.groupe = "";
  }

  annuler(): Retour | null {
    return this.passer(this.faits, this.defaits, "avant");
  }

  retablir(): Retour | null {
    return this.passer(this.defaits, this.faits, "apres");
  }

  private passer(de: Geste[], vers: Geste[], sens: "avant" | "apres"): Retour | null {
    const geste = de.pop();
    if (!geste) return null;
    vers.push(geste);
    this.groupe = "";
    this.surChange(this.faits.length > 0, this.defaits.length > 0);
    if ("rangee" in geste) {
      poserFiche(geste.rangee, geste[sens]);
      this.etat.fiches.set(geste.rangee, geste[sens]);
      return { rangees: [geste.rangee], champ: un(`[data-champ="${geste.nom}"]`, geste.rangee) };
    }
    return this.remettre(geste[sens]);
  }

  /** Puts the rows back, moving only those that are not in their place. */
  private remettre(etat: Etat): Retour {
    const actif = document.activeElement as HTMLElement | null;
    const gardees = new Set(etat.ordre);
    for (const rangee of this.rangees()) if (!gardees.has(rangee)) rangee.remove();
    const changees: HTMLElement[] = [];
    etat.ordre.forEach((rangee, rang) => {
      if (this.corps.children[rang] !== rangee) {
        this.corps.insertBefore(rangee, this.corps.children[rang] ?? null);
        changees.push(rangee);
      }
      const fiche = etat.fiches.get(rangee);
      if (fiche && !pareilles(fiche, lireFiche(rangee))) {
        poserFiche(rangee, fiche);
        changees.push(rangee);
      }
    });
    this.etat = etat;
    return { rangees: changees, champ: actif?.isConnected && this.corps.contains(actif) ? actif : changees[0] ? un("[data-champ]", changees[0]) : null };
  }

  private ajouter(geste: Geste): void {
    this.faits.push(geste);
    if (this.faits.length > PROFONDEUR) this.faits.shift();
    this.defaits = [];
    this.surChange(true, false);
  }

  private lire(): Etat {
    const ordre = this.rangees();
    return { ordre, fiches: new Map(ordre.map((rangee) => [rangee, lireFiche(rangee)])) };
  }
}

function lireFiche(rangee: HTMLElement): Fiche {
  const fiche: Fiche = { champs: {}, donnees: {} };
  for (const champ of tous<HTMLInputElement>("[data-champ]", rangee)) fiche.champs[champ.dataset["champ"] ?? ""] = champ.value;
  for (const nom of DONNEES) if (rangee.dataset[nom] !== undefined) fiche.donnees[nom] = rangee.dataset[nom] ?? "";
  if (rangee.dataset["genre"] === "ligne") fiche.donnees["produits"] ??= "[]";
  return fiche;
}

/** What the others changed in a row is changed in what is remembered of it, unless it was something else then. */
function rejoindre(fiche: Fiche, avant: Fiche | undefined, apres: Fiche | undefined): void {
  if (!avant || !apres) return;
  for (const part of ["champs", "donnees"] as const)
    for (const [nom, valeur] of Object.entries(apres[part])) if (avant[part][nom] !== valeur && fiche[part][nom] === avant[part][nom]) fiche[part][nom] = valeur;
}

/** A past state with the rows the others added, without those they took out. */
function accueilli(etat: Etat, avant: Etat, apres: Etat): Etat {
  const [connues, restantes] = [new Set(avant.ordre), new Set(apres.ordre)];
  const ordre = etat.ordre.filter((rangee) => restantes.has(rangee) || !connues.has(rangee));
  apres.ordre.forEach((rangee, rang) => {
    if (connues.has(rangee)) return rejoindre(etat.fiches.get(rangee) ?? { champs: {}, donnees: {} }, avant.fiches.get(rangee), apres.fiches.get(rangee));
    const precedente = apres.ordre.slice(0, rang).reverse().find((autre) => ordre.includes(autre));
    ordre.splice(precedente ? ordre.indexOf(precedente) + 1 : 0, 0, rangee);
    etat.fiches.set(rangee, apres.fiches.get(rangee) ?? lireFiche(rangee));
  });
  return { ordre, fiches: etat.fiches };
}

function pareilles(a: Fiche, b: Fiche): boolean {
  return JSON.stringify(a) === JSON.stringify(b);
}

export function poserFiche(rangee: HTMLElement, { champs, donnees }: Fiche): void {
  for (const champ of tous<HTMLInputElement>("[data-champ]", rangee)) {
    const valeur = champs[champ.dataset["champ"] ?? ""] ?? "";
    if (champ.value !== valeur) champ.value = valeur;
    marquer(champ);
  }
  for (const [nom, valeur] of Object.entries(donnees)) rangee.dataset[nom] = valeur;
  un("[data-cadenas]", rangee)?.setAttribute("aria-pressed", String(donnees["fixe"] === "1"));
  un("[data-masquer]", rangee)?.setAttribute("aria-pressed", String(donnees["masques"] === "1"));
  if (rangee.dataset["genre"] !== "ligne") return;
  ecrireUnite(rangee, donnees["unite"] ?? "u");
  montrerChoix(rangee);
}

/** The two buttons, when there is something to come back to. */
export function montrerRetours(annuler: boolean, retablir: boolean): void {
  for (const [nom, possible] of [["annuler", annuler], ["retablir", retablir]] as const) {
    const bouton = un<HTMLButtonElement>(`[data-${nom}]`);
    if (bouton && bouton.disabled === possible) bouton.disabled = !possible;
  }
}
