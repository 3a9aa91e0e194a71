// Names after @ in a note: <textarea data-mentions="/collegues"> offers the colleagues, GET -> {"elements": [{libelle, detail?}]}.
// What is written is the whole name, which shared/kernel/mentions.py understands even when two first names are the same.
import { annoncer, creer, monter, tous } from "./dom";
import { envoyer } from "./requete";

interface Collegue {
  libelle: string;
  detail?: string;
}

interface Debut {
  /** Where the @ is. */
  place: number;
  texte: string;
}

const PROPOSES = 100;
const NOM_MAX = 60;
const PAS: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
let dernier = 0;

/** As the server reads it: words without accents, one space between; a space typed last counts. */
function mots(texte: string): string {
  const plat = texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
  return plat.replace(/[^\p{L}\p{N}]+/gu, " ").trimStart();
}

/** What was typed after the last @ that starts a word, up to the caret. */
function debut(champ: HTMLTextAreaElement): Debut | null {
  if (champ.selectionStart !== champ.selectionEnd) return null;
  const avant = champ.value.slice(0, champ.selectionStart);
  const place = avant.lastIndexOf("@");
  const texte = avant.slice(place + 1);
  const coupe = texte.length > NOM_MAX || /^\s|\n/.test(texte);
  return place < 0 || coupe || /[\p{L}\p{N}]/u.test(avant.charAt(place - 1)) ? null : { place, texte };
}

/** Colleagues one of whose names starts so, those called so first. */
function choisir(collegues: Collegue[], texte: string): Collegue[] {
  const q = mots(texte);
  const premiers = collegues.filter((c) => mots(c.libelle).startsWith(q));
  const autres = collegues.filter((c) => !premiers.includes(c) && mots(c.libelle).includes(` ${q}`));
  return [...premiers, ...autres].slice(0, PROPOSES);
}

class Mentions {
  private readonly liste = creer("div", "combo-liste");
  private collegues: Promise<Collegue[]> | null = null;
  private debut: Debut | null = null;
  /** The @ whose list was closed by Escape. */
  private laisse = -1;

  constructor(private readonly champ: HTMLTextAreaElement) {
    this.liste.id = `mentions-${++dernier}`;
    this.liste.hidden = true;
    this.liste.setAttribute("role", "listbox");
    this.liste.setAttribute("aria-label", "Collègues à prévenir");
    champ.setAttribute("aria-autocomplete", "list");
    champ.addEventListener("input", () => void this.chercher());
    champ.addEventListener("click", () => void this.chercher());
    champ.addEventListener("keydown", (e) => this.surTouche(e));
    champ.addEventListener("blur", () => this.fermer());
    this.liste.addEventListener("mousedown", (e) => e.preventDefault());
    this.liste.addEventListener("click", (e) => this.prendre((e.target as Element).closest<HTMLElement>("[role=option]")));
  }

  private async chercher(): Promise<void> {
    const vu = (this.debut = debut(this.champ));
    if (!vu || vu.place !== this.laisse) this.laisse = -1;
    if (!vu || vu.place === this.laisse) return this.fermer();
    this.collegues ??= this.lire();
    const trouves = choisir(await this.collegues, vu.texte);
    if (vu !== this.debut || document.activeElement !== this.champ) return;
    const dejaDit = trouves.length === 1 && mots(trouves[0]?.libelle ?? "") === mots(vu.texte);
    if (trouves.length === 0 || dejaDit) return this.fermer();
    this.montrer(trouves);
  }

  /** Everybody, once; asked again at the next letter when nobody answered. */
  private async lire(): Promise<Collegue[]> {
    try {
      const reponse = await envoyer(this.champ.dataset["mentions"] ?? "", { headers: { Accept: "application/json" } });
      if (!reponse.ok) throw new Error(String(reponse.status));
      return ((await reponse.json()) as { elements: Collegue[] }).elements;
    } catch {
      this.collegues = null;
      return [];
    }
  }

  private montrer(trouves: Collegue[]): void {
    const options = trouves.map((collegue, rang) => this.option(collegue, rang));
    this.liste.replaceChildren(...options);
    if (this.champ.nextElementSibling !== this.liste) this.champ.after(this.liste);
    if (this.liste.hidden) annoncer(trouves.length > 1 ? `${trouves.length} collègues proposés` : "1 collègue proposé");
    this.liste.hidden = false;
    this.liste.style.top = `${this.champ.offsetTop + this.champ.offsetHeight + 4}px`;
    const etats = { role: "combobox", "aria-expanded": "true", "aria-controls": this.liste.id, "aria-haspopup": "listbox" };
    for (const [nom, valeur] of Object.entries(etats)) this.champ.setAttribute(nom, valeur);
    this.viser(0);
    this.liste.scrollIntoView({ block: "nearest" });
  }

  private option(collegue: Collegue, rang: number): HTMLElement {
    const option = creer("div", "combo-option");
    option.id = `${this.liste.id}-${rang}`;
    option.setAttribute("role", "option");
    option.dataset["nom"] = collegue.libelle;
    option.append(creer("span", "", collegue.libelle));
    if (collegue.detail) option.append(creer("small", "", collegue.detail));
    return option;
  }

  private viser(rang: number): void {
    const options = tous("[role=option]", this.liste);
    options.forEach((option, i) => option.setAttribute("aria-selected", String(i === rang)));
    this.champ.setAttribute("aria-activedescendant", options[rang]?.id ?? "");
    options[rang]?.scrollIntoView({ block: "nearest" });
  }

  /** A list closed leaves a plain text area: its other keys write as usual. */
  private fermer(): void {
    if (this.liste.hidden) return;
    this.liste.hidden = true;
    for (const nom of ["role", "aria-expanded", "aria-controls", "aria-haspopup", "aria-activedescendant"]) this.champ.removeAttribute(nom);
  }

  private surTouche(evenement: KeyboardEvent): void {
    if (this.liste.hidden || evenement.isComposing || evenement.ctrlKey || evenement.metaKey) return;
    const options = tous("[role=option]", this.liste);
    const ici = options.findIndex((option) => option.getAttribute("aria-selected") === "true");
    const saut = PAS[evenement.key];
    if (saut !== undefined) this.viser((ici + saut + options.length) % options.length);
    else if (evenement.key === "Enter" || (evenement.key === "Tab" && !evenement.shiftKey)) this.prendre(options[ici] ?? null);
    else if (evenement.key === "Escape") this.laisser();
    else return;
    evenement.preventDefault();
    evenement.stopPropagation();
  }

  private laisser(): void {
    this.laisse = this.debut?.place ?? -1;
    this.fermer();
  }

  /** The whole name in place of what was typed, and the caret after a space. */
  private prendre(option: HTMLElement | null): void {
    const nom = option?.dataset["nom"];
    if (!nom || !this.debut) return;
    const { place, texte } = this.debut;
    const fin = place + 1 + texte.length;
    const suit = this.champ.value.startsWith(" ", fin) ? 1 : 0;
    this.champ.setRangeText(`@${nom} `, place, fin + suit, "end");
    this.fermer();
    this.champ.focus();
    this.champ.dispatchEvent(new Event("input", { bubbles: true }));
  }
}

export function ecouterMentions(): void {
  monter("textarea[data-mentions]", (champ) => void new Mentions(champ as HTMLTextAreaElement));
}
