// The figures on screen, kept as they are typed: a keystroke computes its own line, then moves the totals by the difference.
// The work of one keystroke does not depend on the number of lines (tests/browser/test_fluidite.py counts it).
import { chiffrer, tva, type ChiffresLigne, type Convention } from "./chiffrage";
import { comptee } from "./choix";
import { creer, ecrireTexte, un } from "./dom";
import { lireChamp } from "./lecture";
import { ecrire, ecrireCentimes, euros, millioniemes, taux, UN } from "./nombre";

type Saisie = "quantite" | "cout_ht" | "marge" | "prix_ht" | "remise" | "taux_tva";
const SAISIES: Saisie[] = ["quantite", "cout_ht", "marge", "prix_ht", "remise", "taux_tva"];

/** What is known of a row: its cells, found once, and what it adds to the totals. */
interface Compte {
  champs: Partial<Record<Saisie, HTMLInputElement>>;
  total: HTMLElement | null;
  dont: HTMLElement | null;
  marque: HTMLElement | null;
  chiffres: ChiffresLigne;
  pourcent: bigint;
  ajoute: boolean;
  section: HTMLElement | null;
}

export class Cumul {
  private readonly comptes = new WeakMap<HTMLElement, Compte>();
  private sections = new Map<HTMLElement, bigint>();
  private bases = new Map<bigint, { base: bigint; lignes: number }>();
  private total = 0n;
  private cout = 0n;
  private contributions = 0n;
  private aFixer = 0;
  private barre: HTMLElement | null = null;

  constructor(private readonly convention: Convention, private readonly couts: boolean) {}

  /** Rows were added, removed, moved, or count differently: the sums are made again from what each row gives. */
  reprendre(rangees: HTMLElement[], relues: (rangee: HTMLElement) => boolean = () => false): void {
    [this.sections, this.bases, this.total, this.cout, this.contributions, this.aFixer] = [new Map(), new Map(), 0n, 0n, 0n, 0];
    let section: HTMLElement | null = null;
    for (const rangee of rangees) {
      if (rangee.dataset["genre"] === "section") this.sections.set((section = rangee), 0n);
      if (rangee.dataset["genre"] !== "ligne") continue;
      const connu = this.comptes.get(rangee);
      const compte = connu && !relues(rangee) ? connu : this.relire(rangee);
      compte.section = section;
      this.compter(compte, comptee(rangee));
    }
    for (const titre of this.sections.keys()) this.ecrireSection(titre);
    this.ecrireBarre();
  }

  /** Something was typed in one row. False when the row was never seen: the sums must be taken up again. */
  changer(rangee: HTMLElement): boolean {
    const compte = this.comptes.get(rangee);
    if (!compte) return false;
    this.retirer(compte);
    this.relire(rangee);
    this.compter(compte, comptee(rangee));
    if (compte.section) this.ecrireSection(compte.section);
    this.ecrireBarre();
    return true;
  }

  get ttc(): bigint {
    return [...this.bases].reduce((somme, [pourcent, { base }]) => somme + tva(base, pourcent), this.total);
  }

  get phrase(): string {
    return `Total HT ${euros(this.total)}, TTC ${euros(this.ttc)}`;
  }

  private compter(compte: Compte, ajoute: boolean): void {
    compte.ajoute = ajoute;
    if (compte.chiffres.prix === null) this.aFixer += 1;
    else if (ajoute) this.deplacer(compte, 1);
  }

  private retirer(compte: Compte): void {
    if (compte.chiffres.prix === null) this.aFixer -= 1;
    else if (compte.ajoute) this.deplacer(compte, -1);
  }

  private deplacer({ chiffres, pourcent, section }: Compte, sens: 1 | -1): void {
    const [total, cout] = [chiffres.total * BigInt(sens), chiffres.cout * BigInt(sens)];
    this.total += total;
    this.cout += cout;
    this.contributions += chiffres.contributions * BigInt(sens);
    if (section) this.sections.set(section, (this.sections.get(section) ?? 0n) + total);
    const { base, lignes } = this.bases.get(pourcent) ?? { base: 0n, lignes: 0 };
    if (lignes + sens === 0) this.bases.delete(pourcent);
    else this.bases.set(pourcent, { base: base + total, lignes: lignes + sens });
  }

  /** Computes a row again and writes what it gives. */
  private relire(rangee: HTMLElement): Compte {
    const compte = this.comptes.get(rangee) ?? this.trouver(rangee);
    const { champs } = compte;
    const lire = (nom: Saisie): bigint => millioniemes(champs[nom] ? lireChamp(champs[nom]) : "") ?? 0n;
    const prixFixe = rangee.dataset["fixe"] === "1" ? lire("prix_ht") : champs.cout_ht ? null : millioniemes(rangee.dataset["servi"] ?? "");
    const [deee, copie] = [enDonnee(rangee, "deee"), enDonnee(rangee, "copie")];
    compte.chiffres = chiffrer({ quantite: lire("quantite"), cout: lire("cout_ht"), marge: lire("marge"), prixFixe, remise: lire("remise"), deee, copie }, this.convention);
    compte.pourcent = lire("taux_tva");
    marquerPrix(rangee, compte.chiffres.prix === null);
    this.ecrireRangee(compte, rangee.dataset["fixe"] !== "1", deee && copie ? "contributions" : deee ? "DEEE" : "copie privée");
    return compte;
  }

  private trouver(rangee: HTMLElement): Compte {
    const champs: Compte["champs"] = {};
    for (const nom of SAISIES) {
      const champ = un<HTMLInputElement>(`[data-champ="${nom}"]`, rangee);
      if (champ) champs[nom] = champ;
    }
    const rien = { prix: null, total: 0n, cout: 0n, contributions: 0n };
    const compte = { champs, total: un("[data-total]", rangee), dont: un("[data-contributions]", rangee), marque: un("[data-marque]", rangee), chiffres: rien, pourcent: 0n, ajoute: false, section: null };
    this.comptes.set(rangee, compte);
    return compte;
  }

  private ecrireRangee({ champs, total, dont, marque, chiffres }: Compte, prixCalcule: boolean, noms: string): void {
    const prix = champs.prix_ht;
    if (prixCalcule && prix && document.activeElement !== prix) {
      const texte = chiffres.prix === null ? "" : ecrireCentimes(chiffres.prix / 10_000n);
      if (prix.value !== texte) prix.value = texte;
    }
    if (total) ecrireTexte(total, chiffres.prix === null ? "–" : euros(chiffres.total));
    if (dont) ecrireTexte(dont, chiffres.contributions ? `dont ${noms} ${euros(chiffres.contributions)}` : "");
    if (marque) ecrireMarque(marque, chiffres);
  }

  private ecrireSection(titre: HTMLElement): void {
    const cellule = un("[data-total]", titre);
    if (cellule) ecrireTexte(cellule, euros(this.sections.get(titre) ?? 0n));
  }

  private ecrireBarre(): void {
    const barre = this.barre?.isConnected ? this.barre : (this.barre = un("[data-totaux]"));
    if (!barre) return;
    const poser = (nom: string, texte: string): void => {
      const zone = un(`[data-t="${nom}"]`, barre);
      if (zone) ecrireTexte(zone, texte);
    };
    poser("total_ht", euros(this.total));
    poser("total_ttc", euros(this.ttc));
    const onglet = un("[data-total-onglet]");
    if (onglet) ecrireTexte(onglet, euros(this.total));
    const dont = un("[data-contributions-total]", barre);
    if (dont && dont.hidden !== (this.contributions === 0n)) dont.hidden = this.contributions === 0n;
    poser("contributions_ht", euros(this.contributions));
    const reste = un("[data-a-fixer]", barre);
    if (reste) ecrireReste(reste, this.aFixer);
    this.ecrireGroupes(barre);
    if (!this.couts) return;
    const vente = this.total - this.contributions;
    const marge = vente - this.cout;
    poser("cout_ht", euros(this.cout));
    poser("marge_ht", euros(marge));
    poser("taux_marge", taux(marge, this.cout) ?? "–");
    poser("taux_marque", taux(marge, vente) ?? "–");
    const jauge = un<HTMLProgressElement>('[data-t="jauge"]', barre);
    if (jauge) jauge.value = vente > 0n ? Math.max(0, Number((marge * 100n) / vente)) : 0;
  }

  /** One line of tax per rate, lowest first; the lines already there are written again in place. */
  private ecrireGroupes(barre: HTMLElement): void {
    const groupes = [...this.bases].sort(([a], [b]) => (a < b ? -1 : 1));
    const blocs = [...barre.querySelectorAll<HTMLElement>("[data-groupe]")];
    for (const bloc of blocs.splice(groupes.length)) bloc.remove();
    groupes.forEach(([pourcent, { base }], rang) => {
      const bloc = blocs[rang] ?? creerGroupe(barre);
      const [nom, montant] = [un("dt", bloc), un("dd", bloc)];
      if (nom) ecrireTexte(nom, `TVA ${tauxEcrit(pourcent)}`);
      if (montant) ecrireTexte(montant, euros(tva(base, pourcent)));
    });
  }
}

function creerGroupe(barre: HTMLElement): HTMLElement {
  const bloc = creer("div", "tel-non");
  bloc.dataset["groupe"] = "";
  bloc.append(creer("dt"), creer("dd"));
  un("[data-ttc]", barre)?.before(bloc);
  return bloc;
}

function enDonnee(rangee: HTMLElement, nom: "deee" | "copie"): bigint {
  return millioniemes(rangee.dataset[nom] ?? "0") ?? 0n;
}

/** « prix à fixer » while nobody gave the line one. */
function marquerPrix(rangee: HTMLElement, aFixer: boolean): void {
  if (aFixer !== rangee.classList.contains("is-a-fixer")) rangee.classList.toggle("is-a-fixer", aFixer);
}

/** What the totals leave aside, shown when something is. */
function ecrireReste(zone: HTMLElement, lignes: number): void {
  const bloc = zone.parentElement;
  if (bloc && bloc.hidden !== (lignes === 0)) bloc.hidden = lignes === 0;
  if (lignes) ecrireTexte(zone, `${lignes} ${lignes > 1 ? "lignes" : "ligne"}`);
}

function ecrireMarque(cellule: HTMLElement, { prix, total, cout, contributions }: ChiffresLigne): void {
  const vente = total - contributions;
  const texte = prix === null ? null : taux(vente - cout, vente, 0);
  if (texte === null) return cellule.replaceChildren();
  const marge = (vente - cout) * 100n;
  const ton = marge >= 25n * vente ? "succes" : marge >= 10n * vente ? "alerte" : "danger";
  const etiquette = cellule.firstElementChild ?? cellule.appendChild(creer("span"));
  if (etiquette.className !== `etq etq-${ton}`) etiquette.className = `etq etq-${ton}`;
  ecrireTexte(etiquette, texte);
}

function tauxEcrit(pourcent: bigint): string {
  const decimales = (pourcent % UN).toString().padStart(6, "0").replace(/0+$/, "");
  return `${ecrire(`${pourcent / UN}${decimales ? `.${decimales}` : ""}`)}\u00a0%`;
}
