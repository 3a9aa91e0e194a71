// Exact decimals: everything is a bigint of millionths; money is a bigint of cents. No float anywhere.

export const UN = 1_000_000n;
export const CENT_POUR_CENT = 100n * UN;
const PAR_CENTIME = 10_000n;

const GROUPES = /^[+-]?\d{1,3}([.,])\d{3}(\1\d{3})+$/;

/**
 * "1 234,5", "1,234.50", "1'234.50", "−3" -> canonical "1234.5"; null when it is not a number. The rule of the server
 * (shared/kernel/nombre.py): of both signs the last one is decimal, one repeated separates thousands, one alone is decimal.
 */
export function lireNombre(texte: string): string | null {
  let propre = texte.replace(/[\s\u00a0\u202f\u2009'’€$%]|EUR|HT/g, "").replace(/^[\u2212\u2013]/, "-");
  if (GROUPES.test(propre)) propre = propre.replace(/[.,]/g, "");
  else if (propre.includes(",") && propre.includes(".")) propre = propre.replaceAll(propre.lastIndexOf(",") > propre.lastIndexOf(".") ? "." : ",", "");
  propre = propre.replace(/,/g, ".");
  if (!/^[+-]?(\d+\.?\d*|\.\d+)$/.test(propre)) return null;
  const [entier = "", decimales = ""] = propre.replace(/^\+/, "").split(".");
  const signe = entier.startsWith("-") ? "-" : "";
  const unites = entier.replace("-", "").replace(/^0+(?=\d)/, "") || "0";
  const reste = decimales.replace(/0+$/, "");
  return signe + unites + (reste ? `.${reste}` : "");
}

/** Millionths of a typed number; decimals beyond six are refused (null). */
export function millioniemes(texte: string): bigint | null {
  const canonique = lireNombre(texte);
  if (canonique === null) return null;
  const negatif = canonique.startsWith("-");
  const [entier = "0", decimales = ""] = canonique.replace("-", "").split(".");
  if (decimales.length > 6) return null;
  const valeur = BigInt(entier) * UN + BigInt(decimales.padEnd(6, "0"));
  return negatif ? -valeur : valeur;
}

/** Division rounded half away from zero, as the server does. */
export function diviser(numerateur: bigint, denominateur: bigint): bigint {
  const negatif = numerateur < 0n !== denominateur < 0n;
  const n = numerateur < 0n ? -numerateur : numerateur;
  const d = denominateur < 0n ? -denominateur : denominateur;
  const quotient = (2n * n + d) / (2n * d);
  return negatif ? -quotient : quotient;
}

export const enMillioniemes = (centimes: bigint): bigint => centimes * PAR_CENTIME;

/** Canonical decimal text -> French: "1234.5" -> "1 234,5"; at least `decimales` decimals. */
export function ecrire(canonique: string, decimales = 0): string {
  const negatif = canonique.startsWith("-");
  const [entier = "0", reste = ""] = canonique.replace("-", "").split(".");
  const groupes = entier.replace(/\B(?=(\d{3})+$)/g, "\u202f");
  const fin = reste.padEnd(decimales, "0");
  return (negatif ? "\u2212" : "") + groupes + (fin ? `,${fin}` : "");
}

export function ecrireCentimes(centimes: bigint): string {
  const negatif = centimes < 0n;
  const chiffres = (negatif ? -centimes : centimes).toString().padStart(3, "0");
  return ecrire(`${negatif ? "-" : ""}${chiffres.slice(0, -2)}.${chiffres.slice(-2)}`, 2);
}

export const euros = (centimes: bigint): string => `${ecrireCentimes(centimes)}\u00a0€`;

/** A ratio as a percentage with one decimal; null when there is nothing to divide by. */
export function taux(partie: bigint, tout: bigint, decimales = 1): string | null {
  if (tout === 0n) return null;
  const echelle = 10n ** BigInt(decimales);
  const dixiemes = diviser(partie * 100n * echelle, tout);
  const negatif = dixiemes < 0n;
  const chiffres = (negatif ? -dixiemes : dixiemes).toString().padStart(decimales + 1, "0");
  const texte = decimales ? `${chiffres.slice(0, -decimales)}.${chiffres.slice(-decimales)}` : chiffres;
  return `${ecrire((negatif ? "-" : "") + texte)}\u00a0%`;
}
