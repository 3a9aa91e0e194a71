// What a row of the line editor says, as the server takes it (commercial's SaisieLigne).
import { aEnvoyer, lireCaches } from "./caches";
import { un } from "./dom";
import { cachesEcrits } from "./fusion";
import { lireChamp } from "./lecture";
import { lireNombre } from "./nombre";

export interface Contexte {
  /** The lines the server holds: one that was removed there and comes back is a new one. */
  connues: Set<string>;
  cachesConnus: Set<unknown>;
  /** The hidden products of each line as the server last said them. */
  servis: Map<string | null, unknown>;
  couts: boolean;
  /** Say hidden products even where nobody changed them. */
  tousLesCaches: boolean;
}

export function lireTexte(rangee: HTMLElement, nom: string): string {
  return un<HTMLInputElement | HTMLTextAreaElement>(`[data-champ="${nom}"]`, rangee)?.value ?? "";
}

export function lireRangee(rangee: HTMLElement, contexte: Contexte): Record<string, unknown> {
  const nombre = (nom: string): string => {
    const champ = un<HTMLInputElement>(`[data-champ="${nom}"]`, rangee);
    return champ ? lireChamp(champ) : "0";
  };
  const { ligne, genre, fixe, nature, maintenance, unite, option, variante, retenue, deee, copie, produit, convenu, suivent, source } = rangee.dataset;
  const id = ligne && contexte.connues.has(ligne) ? ligne : null;
  const description = un("[data-champ=description]", rangee) ? lireTexte(rangee, "description") : (rangee.dataset["description"] ?? "");
  const base = { id, genre, designation: lireTexte(rangee, "designation").replaceAll("\n", " "), description };
  if (genre === "section") return { ...base, a_prix_masques: rangee.dataset["masques"] === "1" };
  if (genre !== "ligne") return base;
  const couts = contexte.couts ? { cout_ht: nombre("cout_ht"), marge: nombre("marge") } : { copie_de: id ? null : ligne || source || null };
  const caches = lireCaches(rangee);
  const inchanges = id && !contexte.tousLesCaches && cachesEcrits(caches) === (contexte.servis.get(id) ?? "[]");
  return {
    ...base, ...couts, quantite: nombre("quantite"), unite,
    prix_fixe_ht: fixe === "1" ? nombre("prix_ht") : null, remise: nombre("remise"), taux_tva: nombre("taux_tva"),
    deee_ht: lireNombre(deee ?? "") ?? "0", copie_privee_ht: lireNombre(copie ?? "") ?? "0",
    produit_id: produit || null, prix_convenu_ht: lireNombre(convenu ?? ""),
    nature, maintenance_souhaitee: maintenance === "1", est_option: option === "1", variante: variante ?? "", est_retenue: retenue !== "0", caches_suivent: suivent !== "0",
    ...(inchanges ? {} : { produits: aEnvoyer(caches, id ? contexte.cachesConnus : new Set()) }),
  };
}
