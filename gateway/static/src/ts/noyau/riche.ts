// Bold, italic and lists in a description: gestures that write the marks shared/documents/texte_riche.py draws.
const PUCE = "• ";

function ecrireDans(champ: HTMLTextAreaElement, debut: number, fin: number, texte: string, selection: [number, number]): void {
  champ.setRangeText(texte, debut, fin);
  champ.setSelectionRange(...selection);
  champ.dispatchEvent(new Event("input", { bubbles: true }));
}

/** Puts a mark around what is selected, or takes it away. */
function entourer(champ: HTMLTextAreaElement, marque: string): void {
  const { value, selectionStart: debut, selectionEnd: fin } = champ;
  const n = marque.length;
  const texte = value.slice(debut, fin);
  if (value.slice(debut - n, debut) === marque && value.slice(fin, fin + n) === marque) return ecrireDans(champ, debut - n, fin + n, texte, [debut - n, fin - n]);
  ecrireDans(champ, debut, fin, marque + texte + marque, [debut + n, fin + n]);
}

/** The lines of the selection become items of a list, or lines again. */
function lister(champ: HTMLTextAreaElement): void {
  const { value, selectionStart, selectionEnd } = champ;
  const debut = value.lastIndexOf("\n", selectionStart - 1) + 1;
  const suite = value.indexOf("\n", selectionEnd);
  const fin = suite < 0 ? value.length : suite;
  const lignes = value.slice(debut, fin).split("\n");
  const enListe = lignes.every((ligne) => ligne.startsWith(PUCE));
  const texte = lignes.map((ligne) => (enListe ? ligne.slice(PUCE.length) : PUCE + ligne)).join("\n");
  ecrireDans(champ, debut, fin, texte, lignes.length === 1 ? [debut + texte.length, debut + texte.length] : [debut, debut + texte.length]);
}

/** Enter inside a list: another item; in an empty one, the end of the list. False elsewhere. */
function continuer(champ: HTMLTextAreaElement): boolean {
  const { value, selectionStart: place, selectionEnd } = champ;
  const debut = value.lastIndexOf("\n", place - 1) + 1;
  const ligne = value.slice(debut, place);
  if (place !== selectionEnd || !ligne.startsWith(PUCE)) return false;
  if (ligne === PUCE) ecrireDans(champ, debut, place, "", [debut, debut]);
  else ecrireDans(champ, place, place, `\n${PUCE}`, [place + 1 + PUCE.length, place + 1 + PUCE.length]);
  return true;
}

/** Where Enter, arrows and tabs are text. A designation wraps too, and is one line all the same. */
export function estDescription(champ: Element): champ is HTMLTextAreaElement {
  return champ.matches("textarea[data-champ=description]");
}

/** A key pressed in a description; whether it was one of these gestures. */
export function gesteRiche(evenement: KeyboardEvent, champ: Element): boolean {
  if (!estDescription(champ) || evenement.altKey) return false;
  const ctrl = evenement.ctrlKey || evenement.metaKey;
  const touche = evenement.key.toLowerCase();
  if (ctrl && touche === "b") entourer(champ, "**");
  else if (ctrl && touche === "i") entourer(champ, "_");
  else if (ctrl && evenement.shiftKey && touche === "l") lister(champ);
  else if (ctrl || evenement.key !== "Enter" || !continuer(champ)) return false;
  evenement.preventDefault();
  return true;
}
