// The arithmetic of a proposition, the same as the server's (services/commercial/proposition/rules.py, shared/kernel/money.py):
// price to the cent, line total to the cent, VAT by rate group, half away from zero. Exact integers only.
// A line without fixed price nor margin has no price, and adds nothing: its cost is not one.
import { CENT_POUR_CENT, diviser, enMillioniemes, UN } from "./nombre";

export type Convention = "marge" | "marque";
export interface ValeursLigne {
  quantite: bigint;
  cout: bigint;
  marge: bigint;
  /** Millionths of euro, or null when computed. */
  prixFixe: bigint | null;
  remise: bigint;
  /** What a unit bears of DEEE and of copie privée, in millionths of euro. */
  deee: bigint;
  copie: bigint;
}
export interface ChiffresLigne {
  /** Null while nobody gave it one. */
  prix: bigint | null;
  /** With the contributions, which are no margin. */
  total: bigint;
  cout: bigint;
  contributions: bigint;
}
/** Unit price in millionths, rounded to the cent. */
export function prixCalcule(cout: bigint, marge: bigint, convention: Convention): bigint {
  if (convention === "marge") return enMillioniemes(diviser(cout * (CENT_POUR_CENT + marge), UN * UN));
  if (marge >= CENT_POUR_CENT) return 0n;
  return enMillioniemes(diviser(cout * 10_000n, CENT_POUR_CENT - marge));
}

export function chiffrer(l: ValeursLigne, convention: Convention): ChiffresLigne {
  const cout = diviser(l.quantite * l.cout * 100n, UN * UN);
  if (l.prixFixe === null && l.marge === 0n) return { prix: null, total: 0n, contributions: 0n, cout };
  const prix = l.prixFixe ?? prixCalcule(l.cout, l.marge, convention);
  const vente = diviser(l.quantite * prix * (CENT_POUR_CENT - l.remise), UN * UN * UN);
  // never discounted; what takes away from the total takes them away too
  const borne = (unitaire: bigint): bigint => diviser(l.quantite * (prix < 0n ? -unitaire : unitaire) * 100n, UN * UN);
  const contributions = borne(l.deee) + borne(l.copie);
  return { prix, total: vente + contributions, contributions, cout };
}

/** Tax in cents of a base in cents, at a rate in millionths of percent. */
export function tva(base: bigint, pourcent: bigint): bigint {
  return diviser(base * pourcent, CENT_POUR_CENT);
}
