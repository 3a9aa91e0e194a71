// Two people saved the same proposition: what each changed since the last common state, put together. Pure.
// A field changed on one side only is taken from that side; changed on both, it is a question for the person.
import { lireNombre } from "./nombre";

export type Ligne = Record<string, unknown> & { id: string | null };
export interface Conflit {
  rang: number;
  champ: string;
  designation: string;
  mien: unknown;
  leur: unknown;
}
export interface Fusion {
  /** The rows in order; `mienne` is the place of mine it comes from, null when somebody else added it. */
  lignes: { ligne: Ligne; mienne: number | null }[];
  conflits: Conflit[];
}

const NOMBRES = ["quantite", "cout_ht", "marge", "prix_fixe_ht", "remise", "taux_tva", "deee_ht", "copie_privee_ht"];
const CHAMPS = [
  ...["genre", "designation", "description", ...NOMBRES, "unite", "nature", "maintenance_souhaitee", "est_option", "variante", "est_retenue", "a_prix_masques", "caches_suivent", "produit_id"],
];

/** A row as both sides say it: exact numbers, absent fields left absent (who may not see costs has none). */
export function canonique(brute: Record<string, unknown>): Ligne {
  const ligne: Ligne = { id: (brute["id"] as string | null) ?? null };
  for (const champ of CHAMPS) {
    const valeur = brute[champ];
    if (valeur === undefined || (valeur === null && champ !== "prix_fixe_ht")) continue;
    ligne[champ] = NOMBRES.includes(champ) && valeur !== null ? (lireNombre(String(valeur)) ?? "0") : valeur;
  }
  const caches = brute["produits"] as Record<string, unknown>[] | undefined;
  if (caches) ligne["caches"] = cachesEcrits(caches);
  return ligne;
}

/** Hidden products in one text, the same for the same needs whatever their identities. */
export function cachesEcrits(caches: Record<string, unknown>[]): string {
  return JSON.stringify(caches.map((cache) => [cache["produit_id"], lireNombre(String(cache["quantite"])), cache["note"] ?? ""]));
}

/** Hidden products included: a line given some by the others is one they changed, even removed here. */
function pareilles(a: Ligne, b: Ligne): boolean {
  return [...CHAMPS, "caches"].every((champ) => a[champ] === undefined || b[champ] === undefined || a[champ] === b[champ]);
}

export function fusionner(base: Ligne[], miennes: Ligne[], leurs: Ligne[]): Fusion {
  const [avant, chezEux] = [parId(base), parId(leurs)];
  const rangs = new Map(miennes.map((ligne, rang) => [ligne.id ?? `nouvelle-${rang}`, rang]));
  const ordre = ordonner(base, miennes, leurs);
  const fusion: Fusion = { lignes: [], conflits: [] };
  for (const cle of ordre) {
    const mienne = rangs.get(cle) ?? null;
    const [ancienne, leur, mien] = [avant.get(cle), chezEux.get(cle), mienne === null ? undefined : miennes[mienne]];
    if (mien && leur) fusion.lignes.push({ ligne: unir(ancienne, mien, leur, fusion), mienne });
    else if (leur && !(ancienne && pareilles(ancienne, leur))) fusion.lignes.push({ ligne: leur, mienne: null });
    else if (mien && !ancienne) fusion.lignes.push({ ligne: mien, mienne });
    // removed by the others while I was changing it: mine comes back as a new row
    else if (mien && ancienne && !pareilles(ancienne, mien)) fusion.lignes.push({ ligne: { ...mien, id: null }, mienne });
  }
  return fusion;
}

function unir(ancienne: Ligne | undefined, mien: Ligne, leur: Ligne, fusion: Fusion): Ligne {
  const unie: Ligne = { ...leur };
  for (const champ of CHAMPS) {
    const [avant, moi, eux] = [ancienne?.[champ], mien[champ], leur[champ]];
    if (moi === undefined || moi === eux || moi === avant) continue;
    unie[champ] = moi;
    if (eux !== avant) fusion.conflits.push({ rang: fusion.lignes.length, champ, designation: String(leur["designation"] ?? ""), mien: moi, leur: eux });
  }
  return unie;
}

/** Their order, unless I moved rows; rows only one side has stay after the row they followed there. */
function ordonner(base: Ligne[], miennes: Ligne[], leurs: Ligne[]): string[] {
  const mesCles = miennes.map((ligne, rang) => ligne.id ?? `nouvelle-${rang}`);
  const leursCles = leurs.map((ligne) => ligne.id ?? "");
  const connues = new Set(base.map((ligne) => ligne.id ?? ""));
  const communes = mesCles.filter((cle) => connues.has(cle));
  const rangee = new Set(communes);
  const jAiDeplace = base.filter((ligne) => rangee.has(ligne.id ?? "")).some((ligne, rang) => ligne.id !== communes[rang]);
  return jAiDeplace ? inserer(mesCles, leursCles) : inserer(leursCles, mesCles);
}

function inserer(trame: string[], autres: string[]): string[] {
  const ordre = [...trame];
  autres.forEach((cle, rang) => {
    if (ordre.includes(cle)) return;
    const precedente = autres.slice(0, rang).reverse().find((autre) => ordre.includes(autre));
    ordre.splice(precedente === undefined ? 0 : ordre.indexOf(precedente) + 1, 0, cle);
  });
  return ordre;
}

function parId(lignes: Ligne[]): Map<string, Ligne> {
  return new Map(lignes.map((ligne) => [ligne.id ?? "", ligne]));
}
