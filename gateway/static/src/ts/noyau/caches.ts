// The hidden products of a line, unfolded under it: added, changed and removed on the server at once, never on a document.
import htmx from "htmx.org";
import { ecrireTexte, fragment, tous, un } from "./dom";
import type { Contenu, Enregistreur } from "./enregistreur";
import { cachesEcrits, type Ligne } from "./fusion";
import { envoyer, envoyerJson, lireProbleme, phrase, signaler, signalerCoupure } from "./requete";
import { toast } from "./toasts";

/** The line an element belongs to, from its own row or from the hidden products unfolded under it. */
export function rangeeDe(element: Element): HTMLElement | null {
  const detail = element.closest(".qg-detail");
  return detail ? (detail.previousElementSibling as HTMLElement | null) : element.closest<HTMLElement>("[data-ligne]");
}

export function compterCaches(rangee: HTMLElement, n: number, alerte: boolean): void {
  const puce = un("[data-caches]", rangee);
  const texte = puce && un("span", puce);
  const libelle = `Produits cachés : ${n}${alerte ? ", plus chers que la ligne" : ""}`;
  if (!puce || !texte || puce.getAttribute("aria-label") === libelle) return;
  puce.classList.toggle("is-vide", n === 0);
  puce.classList.toggle("is-alerte", alerte);
  puce.setAttribute("aria-label", libelle);
  ecrireTexte(texte, n ? String(n) : "+");
}

type Cache = Record<string, unknown>;

/** What a row holds: its hidden products as the server last said them, or as they were before, once undone. */
export function lireCaches(rangee: HTMLElement): Cache[] {
  return JSON.parse(rangee.dataset["produits"] || "[]") as Cache[];
}

/** As they are sent: those the line still has there (`connus`) keep their identity and their cost, the others are created again, copies of what they were. */
export function aEnvoyer(caches: Cache[], connus: Set<unknown>): Cache[] {
  return caches.map(({ id, produit_id, quantite, note, cout_ht }) => ({ id: connus.has(id) ? id : null, copie_de: connus.has(id) ? null : (id ?? null), produit_id, quantite, note: note ?? "", cout_ht: cout_ht ?? null }));
}

/** The identities of the hidden products a content holds. */
export function identites(lignes: { produits: Cache[] }[]): Set<unknown> {
  return new Set(lignes.flatMap((ligne) => ligne.produits.map((produit) => produit["id"])));
}

/** After an answer: a row that nobody changed here since takes what the server says, even while something else is typed; those it changed. */
export function suivreCaches(rangees: HTMLElement[], base: Ligne[], contenu: Contenu): HTMLElement[] {
  const avant = new Map(base.map((ligne) => [ligne.id, ligne["caches"]]));
  const recus = new Map(contenu.lignes.map((ligne) => [ligne.id, ligne.produits]));
  return rangees.filter((rangee) => {
    const id = rangee.dataset["ligne"] ?? "";
    const [produits, ecrits] = [recus.get(id), cachesEcrits(lireCaches(rangee))];
    if (!produits || ecrits !== (avant.get(id) ?? "[]") || !(produits.length || rangee.dataset["produits"])) return false;
    rangee.dataset["produits"] = JSON.stringify(produits);
    return cachesEcrits(produits) !== ecrits;
  });
}

export class Caches {
  /** An answer about hidden products is being taken: what it changes is what was asked. */
  applique = false;
  /** The last change asked: until it is answered, what the stream says may be that very change. */
  envoi: Promise<void> = Promise.resolve();

  constructor(private readonly racine: HTMLElement, private readonly corps: HTMLElement, private readonly enregistreur: Enregistreur, private readonly surChange: (rangee: HTMLElement) => void) {
    corps.addEventListener("click", (e) => void this.couvrir((e.target as Element).closest<HTMLElement>("[data-cout-couvrant]")));
  }

  fermer(): void {
    for (const detail of tous(".qg-detail", this.corps)) detail.remove();
    for (const puce of tous("[data-caches]", this.corps)) puce.setAttribute("aria-expanded", "false");
  }

  async basculer(rangee: HTMLElement): Promise<void> {
    const puce = un("[data-caches]", rangee);
    const ouvert = rangee.nextElementSibling?.matches(".qg-detail") ?? false;
    if (ouvert) rangee.nextElementSibling?.remove();
    else await this.montrer(rangee);
    puce?.setAttribute("aria-expanded", String(!ouvert));
  }

  /** The rows whose hidden products are unfolded. */
  depliees(): HTMLElement[] {
    return tous(".qg-detail", this.corps).flatMap((detail) => (detail.previousElementSibling as HTMLElement | null) ?? []);
  }

  /** The quantities followed that of the line: what is unfolded says so, unless somebody types there; `rouvrir`: it was folded meanwhile. */
  relire(rangee: HTMLElement, rouvrir = false): void {
    const detail = rangee.nextElementSibling;
    const ouvert = detail?.matches(".qg-detail") ?? false;
    if (!rangee.isConnected || !(ouvert ? !detail?.contains(document.activeElement) : rouvrir)) return;
    void this.montrer(rangee).then(() => un("[data-caches]", rangee)?.setAttribute("aria-expanded", "true"));
  }

  private url(rangee: HTMLElement): string {
    return (this.racine.dataset["urlProduits"] ?? "").replace("{id}", rangee.dataset["ligne"] ?? "");
  }

  private async montrer(rangee: HTMLElement): Promise<void> {
    await this.enregistreur.vider();
    if (!rangee.dataset["ligne"]) return;
    try {
      const reponse = await envoyer(this.url(rangee), { headers: { "HX-Request": "true", Accept: "text/html" } });
      if (!reponse.ok) return await signaler(reponse);
      if (rangee.nextElementSibling?.matches(".qg-detail")) rangee.nextElementSibling.remove();
      const detail = un(".qg-detail", fragment(`<table>${await reponse.text()}</table>`));
      if (!detail) return;
      rangee.after(detail);
      htmx.process(detail);
    } catch {
      signalerCoupure();
    }
  }

  async ajouter(produitId: string, quantite: string, voulue: HTMLElement | null): Promise<void> {
    const rangee = voulue?.isConnected && voulue.dataset["genre"] === "ligne" ? voulue : null;
    if (!rangee) return this.vendre(produitId, quantite);
    const dansDetail = Boolean(document.activeElement?.closest(".qg-detail"));
    await this.enregistreur.vider();
    if (!rangee.dataset["ligne"]) return toast({ texte: "Cette ligne n’est pas encore enregistrée ; corrigez ce qui la retient, puis ajoutez le produit.", ton: "danger" });
    await this.appliquer(rangee, (headers) => envoyerJson(this.url(rangee), { produit_id: produitId, quantite }, { headers }));
    if (dansDetail) un<HTMLElement>("[data-combo-produit]", rangee.nextElementSibling ?? rangee)?.focus();
  }

  /** Of no line in particular, the product is sold itself: a line of its own. */
  private async vendre(produitId: string, quantite: string): Promise<void> {
    await this.enregistreur.vider();
    const url = (this.racine.dataset["url"] ?? "").replace(/lignes$/, "depuis-produit");
    try {
      const reponse = await envoyerJson(url, { produit_id: produitId, quantite }, { headers: { "If-Match": this.racine.dataset["version"] ?? "" } });
      if (reponse.ok) location.reload();
      else await signaler(reponse);
    } catch {
      signalerCoupure();
    }
  }

  /** The line declares what its hidden products cost, as if it had been typed. */
  private async couvrir(bouton: HTMLElement | null): Promise<void> {
    const rangee = bouton && rangeeDe(bouton);
    const champ = rangee && un<HTMLInputElement>("[data-champ=cout_ht]", rangee);
    if (!champ) return;
    champ.value = bouton.dataset["coutCouvrant"] ?? "";
    champ.dispatchEvent(new Event("input", { bubbles: true }));
    champ.focus();
    await this.montrer(rangee);
  }

  async retoucher(cache: HTMLElement, methode: "PATCH" | "DELETE", corps?: Record<string, unknown>): Promise<void> {
    const rangee = rangeeDe(cache);
    if (!rangee) return;
    await this.enregistreur.vider();
    const url = `${this.url(rangee)}/${cache.dataset["cache"] ?? ""}`;
    await this.appliquer(rangee, (headers) => (corps ? envoyerJson(url, corps, { method: methode, headers }) : envoyer(url, { method: methode, headers })));
  }

  private focusables(rangee: HTMLElement): HTMLElement[] {
    const detail = rangee.nextElementSibling;
    return detail?.matches(".qg-detail") ? tous("a[href], button, input:not([type=hidden])", detail) : [];
  }

  /** Asks on the version shown; somebody saved first: their changes join these ones, then it is asked again. */
  private async demander(demande: (headers: Record<string, string>) => Promise<Response>): Promise<Response> {
    const essai = (): Promise<Response> => demande({ Accept: "application/json", "If-Match": this.racine.dataset["version"] ?? "" });
    const reponse = await essai();
    const probleme = reponse.status === 409 ? await lireProbleme(reponse.clone()) : null;
    if (probleme?.code !== "version_perimee" || !(await this.enregistreur.conflit(phrase(probleme, 409)))) return reponse;
    await this.enregistreur.vider();
    return essai();
  }

  /** Sends a change of hidden products, takes its answer, unfolds the line again; the field being typed keeps the focus. */
  private async appliquer(rangee: HTMLElement, demande: (headers: Record<string, string>) => Promise<Response>): Promise<void> {
    this.envoi = this.executer(rangee, demande);
    await this.envoi;
  }

  private async executer(rangee: HTMLElement, demande: (headers: Record<string, string>) => Promise<Response>): Promise<void> {
    try {
      const reponse = await this.demander(demande);
      if (!reponse.ok) return await signaler(reponse);
      const contenu = (await reponse.json()) as Contenu;
      this.applique = true;
      this.enregistreur.accepter(contenu);
      this.applique = false;
      this.surChange(rangee);
      const rang = this.focusables(rangee).indexOf(document.activeElement as HTMLElement);
      await this.montrer(rangee);
      un("[data-caches]", rangee)?.setAttribute("aria-expanded", "true");
      if (rang >= 0) this.focusables(rangee)[rang]?.focus();
    } catch {
      signalerCoupure();
    }
  }
}
