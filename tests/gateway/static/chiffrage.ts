// Reads lines on standard input, writes what the browser computes: compared with the server by test_chiffrage.py.
import { readFileSync } from "node:fs";
import { chiffrer, type Convention, tva } from "../../../gateway/static/src/ts/noyau/chiffrage";
import { millioniemes } from "../../../gateway/static/src/ts/noyau/nombre";

interface Ligne {
  quantite: string;
  cout: string;
  marge: string;
  prix_fixe: string | null;
  remise: string;
  taux: string;
  deee: string;
  copie: string;
  convention: Convention;
}
const lire = (texte: string): bigint => millioniemes(texte) ?? 0n;
const lignes = JSON.parse(readFileSync(0, "utf8")) as Ligne[];
const bases = new Map<string, bigint>();
const rendues = lignes.map((l) => {
  const prixFixe = l.prix_fixe === null ? null : lire(l.prix_fixe);
  const c = chiffrer({ quantite: lire(l.quantite), cout: lire(l.cout), marge: lire(l.marge), prixFixe, remise: lire(l.remise), deee: lire(l.deee), copie: lire(l.copie) }, l.convention);
  bases.set(l.taux, (bases.get(l.taux) ?? 0n) + c.total);
  return [c.prix, c.total, c.cout].map(String); // no price: "null"
});
console.log(JSON.stringify({ lignes: rendues, tva: [...bases].map(([taux, base]) => [taux, String(tva(base, lire(taux)))]) }));
