// Combobox that searches the server: GET url?q= -> {"elements": [{valeur, libelle, detail?, icone?}]}.
import { creer, icone, monter, tous, un } from "./dom";
import { envoyer } from "./requete";
import { ouvrir } from "./fenetres";

interface Element {
  valeur: string;
  libelle: string;
  detail?: string;
  icone?: string;
}

class Combo {
  private readonly champ: HTMLInputElement;
  private readonly valeur: HTMLInputElement;
  private readonly liste: HTMLElement;
  private demande: AbortController | null = null;
  private minuterie = 0;
  private libelle: string;

  constructor(private readonly racine: HTMLElement) {
    this.champ = un<HTMLInputElement>('[role="combobox"]', racine) as HTMLInputElement;
    this.valeur = un<HTMLInputElement>("[data-combo-valeur]", racine) as HTMLInputElement;
    this.liste = un(".combo-liste", racine) as HTMLElement;
    this.libelle = this.champ.value;
    this.champ.addEventListener("input", () => this.surSaisie());
    this.champ.addEventListener("focus", () => this.champ.select());
    this.champ.addEventListener("keydown", (e) => this.surTouche(e));
    this.champ.addEventListener("blur", () => setTimeout(() => this.quitter(), 150));
    this.liste.addEventListener("pointerdown", (e) => {
      e.preventDefault();
      this.prendre((e.target as HTMLElement).closest<HTMLElement>(".combo-option"));
    });
  }

  private surSaisie(): void {
    clearTimeout(this.minuterie);
    this.champ.setCustomValidity("");
    this.minuterie = window.setTimeout(() => void this.chercher(), 140);
  }

  private async chercher(): Promise<void> {
    this.demande?.abort();
    this.demande = new AbortController();
    const url = this.racine.dataset["url"] ?? "";
    const q = this.champ.value.trim();
    try {
      const lien = `${url}${url.includes("?") ? "&" : "?"}q=${encodeURIComponent(q)}`;
      const reponse = await envoyer(lien, { headers: { Accept: "application/json" }, signal: this.demande.signal });
      const { elements } = (await reponse.json()) as { elements: Element[] };
      this.montrer(elements, q);
    } catch (erreur) {
      if ((erreur as Error).name !== "AbortError") this.montrer([], q);
    }
  }

  private montrer(elements: Element[], q: string): void {
    this.liste.replaceChildren(...elements.map((e, rang) => this.option(e, rang)));
    const creation = this.racine.dataset["creer"];
    if (elements.length === 0) this.liste.append(creer("span", "combo-vide", "Aucun résultat"));
    if (creation && q) {
      const option = creer("span", "combo-option");
      option.setAttribute("role", "option");
      option.id = `${this.champ.id}-creer`;
      option.dataset["creer"] = creation.replace("{q}", encodeURIComponent(q));
      option.append(icone("plus"), creer("span", "", `Créer « ${q} »`));
      this.liste.append(option);
    }
    this.ouvert(true);
    this.viser(0);
  }

  private option(element: Element, rang: number): HTMLElement {
    const option = creer("span", "combo-option");
    option.setAttribute("role", "option");
    option.id = `${this.champ.id}-o${rang}`;
    option.dataset["valeur"] = element.valeur;
    option.dataset["libelle"] = element.libelle;
    if (element.icone) option.append(icone(element.icone));
    option.append(creer("span", "", element.libelle));
    if (element.detail) option.append(creer("small", "", element.detail));
    return option;
  }

  private ouvert(oui: boolean): void {
    this.liste.hidden = !oui;
    this.champ.setAttribute("aria-expanded", String(oui));
    if (!oui) this.champ.removeAttribute("aria-activedescendant");
  }

  private viser(rang: number): void {
    const options = tous(".combo-option", this.liste);
    options.forEach((o, i) => o.setAttribute("aria-selected", String(i === rang)));
    this.champ.setAttribute("aria-activedescendant", options[rang]?.id ?? "");
    options[rang]?.scrollIntoView({ block: "nearest" });
  }

  private surTouche(evenement: KeyboardEvent): void {
    const options = tous(".combo-option", this.liste);
    const ici = options.findIndex((o) => o.getAttribute("aria-selected") === "true");
    if (evenement.key === "ArrowDown" && this.liste.hidden) return void this.chercher();
    const pas: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const saut = pas[evenement.key];
    if (saut !== undefined && options.length) {
      evenement.preventDefault();
      this.viser((ici + saut + options.length) % options.length);
    } else if (evenement.key === "Enter" && !this.liste.hidden) {
      evenement.preventDefault();
      this.prendre(options[ici] ?? null);
    } else if (evenement.key === "Escape" && !this.liste.hidden) {
      evenement.preventDefault();
      evenement.stopPropagation();
      this.ouvert(false);
    }
  }

  private prendre(option: HTMLElement | null): void {
    if (!option) return;
    this.ouvert(false);
    const { creer: url, valeur, libelle } = option.dataset;
    if (url) return void ouvrir("dialogue", url);
    this.libelle = this.champ.value = libelle ?? "";
    this.valeur.value = valeur ?? "";
    this.champ.setCustomValidity("");
    this.valeur.dispatchEvent(new Event("change", { bubbles: true }));
  }

  /** Typed but not chosen: an empty field clears, anything else goes back to the last choice. */
  private quitter(): void {
    this.ouvert(false);
    if (this.champ.value.trim() === "") {
      if (this.valeur.value) this.valeur.dispatchEvent(new Event("change", { bubbles: true }));
      this.libelle = this.valeur.value = "";
    } else if (this.champ.value !== this.libelle) {
      this.champ.setCustomValidity(this.valeur.value ? "" : "Choisissez une proposition de la liste.");
      if (this.valeur.value) this.champ.value = this.libelle;
    }
  }
}

export function ecouterCombos(): void {
  monter("[data-combo]", (element) => void new Combo(element));
}
