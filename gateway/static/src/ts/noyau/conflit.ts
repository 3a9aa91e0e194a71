// Somebody saved first: their changes join what is typed here; a field both changed is shown, and the person chooses.
import { creer, un } from "./dom";
import type { Contenu } from "./enregistreur";
import { canonique, fusionner, type Conflit, type Ligne } from "./fusion";
import { poserFiche } from "./historique";
import { ecrire } from "./nombre";
import { envoyer } from "./requete";

interface Proposition {
  version: number;
  est_modifiable: boolean;
  lignes: Record<string, unknown>[];
}
export interface Reprise {
  version: number;
  leurs: Ligne[];
  rangees: HTMLElement[];
  /** As the server answers a save: numbers, hidden products, prices. */
  contenu: Contenu;
}

export const NOMS: Record<string, string> = {
  designation: "Désignation", description: "Description", quantite: "Quantité", unite: "Unité", cout_ht: "Prix d’achat", marge: "Marge",
  prix_fixe_ht: "Prix fixé", remise: "Remise", taux_tva: "TVA", deee_ht: "Éco-participation DEEE", copie_privee_ht: "Copie privée", nature: "Nature", maintenance_souhaitee: "Maintenance", est_option: "Option", variante: "Variante", est_retenue: "Comptée", a_prix_masques: "Prix masqués au client", caches_suivent: "Quantités cachées qui suivent",
};

/** Reads what the others wrote, joins it, asks what must be, and puts the rows on screen; null when it cannot. */
export async function reprendre(url: string, base: Ligne[], lire: () => { miennes: Ligne[]; rangees: HTMLElement[] }, nouvelle: (genre: string) => HTMLElement | null): Promise<Reprise | null> {
  const reponse = await envoyer(url, { headers: { Accept: "application/json" } });
  if (!reponse.ok) return null;
  const contenu = (await reponse.json()) as Proposition;
  const { version, est_modifiable, lignes } = contenu;
  if (!est_modifiable) return null;
  const leurs = lignes.map(canonique);
  const { miennes, rangees } = lire(); // now: something may have been typed while the others' content travelled
  const fusion = fusionner(base, miennes, leurs);
  for (const conflit of await choisir(fusion.conflits)) {
    const unie = fusion.lignes[conflit.rang];
    if (unie) unie.ligne[conflit.champ] = conflit.leur;
  }
  const posees: HTMLElement[] = [];
  const prix = new Map(lignes.map((ligne) => [ligne["id"], ligne["prix_ht"] as string | null]));
  const caches = new Map(lignes.map((ligne) => [ligne["id"], JSON.stringify(ligne["produits"] ?? [])]));
  for (const { ligne, mienne } of fusion.lignes) {
    const rangee = mienne === null ? nouvelle(String(ligne["genre"])) : rangees[mienne];
    if (!rangee) continue;
    if (!ligne.id) rangee.dataset["source"] = rangee.dataset["ligne"] || rangee.dataset["source"] || ""; // removed by the others: a copy of what it was
    rangee.dataset["ligne"] = ligne.id ?? "";
    remplir(rangee, ligne);
    if (rangee.dataset["servi"] !== undefined) rangee.dataset["servi"] = prix.get(ligne.id) ?? "";
    if (ligne.id && caches.has(ligne.id)) rangee.dataset["produits"] = caches.get(ligne.id) ?? "[]"; // theirs: saved as soon as chosen
    posees.push(rangee);
  }
  return { version, leurs, rangees: posees, contenu: contenu as unknown as Contenu };
}

/** The questions, one dialog for all; those answered by what the others wrote. */
function choisir(conflits: Conflit[]): Promise<Conflit[]> {
  const dialogue = un<HTMLDialogElement>("#conflit");
  const liste = dialogue && un("[data-conflits]", dialogue);
  if (!dialogue || !liste || conflits.length === 0) return Promise.resolve([]);
  liste.replaceChildren(...conflits.map(question));
  dialogue.showModal();
  return new Promise((fini) => {
    dialogue.addEventListener("close", () => fini(conflits.filter((_, rang) => un<HTMLInputElement>(`[name="conflit-${rang}"]:checked`, liste)?.value === "leur")), { once: true });
  });
}

function question(conflit: Conflit, rang: number): HTMLElement {
  const groupe = creer("fieldset", "conflit");
  groupe.append(creer("legend", "", `${conflit.designation || "Ligne"} : ${NOMS[conflit.champ] ?? conflit.champ}`));
  for (const [qui, valeur, texte] of [["mien", conflit.mien, "Votre saisie"], ["leur", conflit.leur, "Enregistré entre-temps"]] as const) {
    const choix = creer("label", "conflit-choix");
    const bouton = document.createElement("input");
    Object.assign(bouton, { type: "radio", name: `conflit-${rang}`, value: qui, checked: qui === "mien" });
    choix.append(bouton, creer("span", "", texte), creer("b", "", dire(valeur)));
    groupe.append(choix);
  }
  return groupe;
}

/** A value as it is read. */
export function dire(valeur: unknown): string {
  if (typeof valeur === "boolean") return valeur ? "oui" : "non";
  if (valeur === null || valeur === "" || valeur === undefined) return "(vide)";
  return /^-?\d+(\.\d+)?$/.test(String(valeur)) ? ecrire(String(valeur)) : String(valeur);
}

function remplir(rangee: HTMLElement, ligne: Ligne): void {
  const texte = (champ: string): string => String(ligne[champ] ?? "");
  const nombre = (champ: string): string => ecrire(texte(champ) || "0");
  const oui = (champ: string): string => (ligne[champ] ? "1" : "0");
  const fixe = ligne["prix_fixe_ht"] !== null && ligne["prix_fixe_ht"] !== undefined;
  const champs: Record<string, string> = { designation: texte("designation"), description: texte("description") };
  if (rangee.dataset["genre"] !== "ligne") return poserFiche(rangee, { champs, donnees: { description: texte("description"), masques: oui("a_prix_masques") } });
  Object.assign(champs, { quantite: nombre("quantite"), taux_tva: nombre("taux_tva"), remise: texte("remise") === "0" ? "" : nombre("remise") });
  Object.assign(champs, { cout_ht: ecrire(texte("cout_ht") || "0", 2), marge: nombre("marge") });
  champs["prix_ht"] = fixe ? ecrire(texte("prix_fixe_ht"), 2) : (un<HTMLInputElement>('[data-champ="prix_ht"]', rangee)?.value ?? "");
  const donnees = { fixe: fixe ? "1" : "0", nature: texte("nature"), maintenance: oui("maintenance_souhaitee"), unite: texte("unite"), option: oui("est_option"), variante: texte("variante"), retenue: oui("est_retenue"), suivent: oui("caches_suivent"), deee: texte("deee_ht") || "0", copie: texte("copie_privee_ht") || "0" };
  poserFiche(rangee, { champs, donnees });
}
