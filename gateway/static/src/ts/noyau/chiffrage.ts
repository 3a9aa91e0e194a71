// The arithmetic of a proposition, the same as the server's (services/commercial/proposition/rules.py, shared/kernel/money.py):
// price to the cent, line total to the cent, VAT by rate group, half away from zero. Exact integers only.
import { creer, un } from "./dom";
import { CENT_POUR_CENT, diviser, ecrire, ecrireCentimes, enMillioniemes, euros, millioniemes, taux, UN } from "./nombre";

export type Convention = "marge" | "marque";
export interface ValeursLigne {
  quantite: bigint;
  cout: bigint;
  marge: bigint;
  /** Millionths of euro, or null when computed. */
  prixFixe: bigint | null;
  remise: bigint;
}
export interface ChiffresLigne {
  prix: bigint;
  total: bigint;
  cout: bigint;
}
export interface Chiffres {
  total: bigint;
  cout: bigint;
  groupes: { taux: string; tva: bigint }[];
  ttc: bigint;
  phrase: string;
}

/** Unit price in millionths, rounded to the cent. */
export function prixCalcule(cout: bigint, marge: bigint, convention: Convention): bigint {
  if (convention === "marge") return enMillioniemes(diviser(cout * (CENT_POUR_CENT + marge), UN * UN));
  if (marge >= CENT_POUR_CENT) return 0n;
  return enMillioniemes(diviser(cout * 10_000n, CENT_POUR_CENT - marge));
}

export function chiffrer(l: ValeursLigne, convention: Convention): ChiffresLigne {
  const prix = l.prixFixe ?? prixCalcule(l.cout, l.marge, convention);
  const total = diviser(l.quantite * prix * (CENT_POUR_CENT - l.remise), UN * UN * UN);
  return { prix, total, cout: diviser(l.quantite * l.cout * 100n, UN * UN) };
}

/** Tax in cents of a base in cents, at a rate in millionths of percent. */
export function tva(base: bigint, pourcent: bigint): bigint {
  return diviser(base * pourcent, CENT_POUR_CENT);
}

function lire(rangee: HTMLElement, nom: string): bigint {
  return millioniemes(un<HTMLInputElement>(`[data-champ="${nom}"]`, rangee)?.value ?? "") ?? 0n;
}

function ecrireMarque(rangee: HTMLElement, chiffres: ChiffresLigne): void {
  const cellule = un("[data-marque]", rangee);
  if (!cellule) return;
  const texte = taux(chiffres.total - chiffres.cout, chiffres.total, 0);
  if (texte === null) return cellule.replaceChildren();
  const [marge, vente] = [(chiffres.total - chiffres.cout) * 100n, chiffres.total];
  const ton = marge >= 25n * vente ? "succes" : marge >= 10n * vente ? "alerte" : "danger";
  cellule.replaceChildren(creer("span", `etq etq-${ton}`, texte));
}

function chiffrerRangee(rangee: HTMLElement, convention: Convention): ChiffresLigne {
  const champ = un<HTMLInputElement>('[data-champ="prix_ht"]', rangee);
  const fixe = rangee.dataset["fixe"] === "1";
  const sansCouts = un('[data-champ="cout_ht"]', rangee) === null;
  const prixFixe = fixe || sansCouts ? lire(rangee, "prix_ht") : null;
  const chiffres = chiffrer({ quantite: lire(rangee, "quantite"), cout: lire(rangee, "cout_ht"), marge: lire(rangee, "marge"), prixFixe, remise: lire(rangee, "remise") }, convention);
  if (prixFixe === null && champ && document.activeElement !== champ) champ.value = ecrireCentimes(chiffres.prix / 10_000n);
  const total = un("[data-total]", rangee);
  if (total) total.textContent = euros(chiffres.total);
  ecrireMarque(rangee, chiffres);
  return chiffres;
}

/** Recomputes every row and section on screen; returns the totals. */
export function recalculer(rangees: HTMLElement[], convention: Convention): Chiffres {
  const bases = new Map<bigint, bigint>();
  let [total, cout, section] = [0n, 0n, 0n];
  let titre: HTMLElement | null = null;
  const clore = (): void => {
    const cellule = titre && un("[data-total]", titre);
    if (cellule) cellule.textContent = euros(section);
    section = 0n;
  };
  for (const rangee of rangees) {
    if (rangee.dataset["genre"] === "section") {
      clore();
      titre = rangee;
    }
    if (rangee.dataset["genre"] !== "ligne") continue;
    const chiffres = chiffrerRangee(rangee, convention);
    total += chiffres.total;
    cout += chiffres.cout;
    section += chiffres.total;
    const pourcent = lire(rangee, "taux_tva");
    bases.set(pourcent, (bases.get(pourcent) ?? 0n) + chiffres.total);
  }
  clore();
  const tries = [...bases].sort(([a], [b]) => (a < b ? -1 : 1));
  const groupes = tries.map(([pourcent, base]) => ({ taux: tauxEcrit(pourcent), tva: tva(base, pourcent) }));
  const ttc = total + groupes.reduce((somme, g) => somme + g.tva, 0n);
  return { total, cout, groupes, ttc, phrase: `Total HT ${euros(total)}, TTC ${euros(ttc)}` };
}

function tauxEcrit(pourcent: bigint): string {
  const decimales = (pourcent % UN).toString().padStart(6, "0").replace(/0+$/, "");
  return `${ecrire(`${pourcent / UN}${decimales ? `.${decimales}` : ""}`)}\u00a0%`;
}

/** Writes the bar of totals. */
export function afficher(c: Chiffres, couts: boolean): void {
  const barre = un("[data-totaux]");
  if (!barre) return;
  const poser = (nom: string, texte: string): void => {
    const zone = un(`[data-t="${nom}"]`, barre);
    if (zone) zone.textContent = texte;
  };
  poser("total_ht", euros(c.total));
  poser("total_ttc", euros(c.ttc));
  for (const ancien of barre.querySelectorAll("[data-groupe]")) ancien.remove();
  for (const groupe of c.groupes) {
    const bloc = creer("div", "tel-non");
    bloc.dataset["groupe"] = "";
    bloc.append(creer("dt", "", `TVA ${groupe.taux}`), creer("dd", "", euros(groupe.tva)));
    un("[data-ttc]", barre)?.before(bloc);
  }
  if (!couts) return;
  const marge = c.total - c.cout;
  poser("cout_ht", euros(c.cout));
  poser("marge_ht", euros(marge));
  poser("taux_marge", taux(marge, c.cout) ?? "–");
  poser("taux_marque", taux(marge, c.total) ?? "–");
  const jauge = un<HTMLProgressElement>('[data-t="jauge"]', barre);
  if (jauge) jauge.value = c.total > 0n ? Math.max(0, Number((marge * 100n) / c.total)) : 0;
}
