// Island of the quote line editor (macros qg_*, totaux, rayon). What the server must answer:
//   PUT  data-url, header If-Match: <data-version>, JSON {"lignes": [{id|null, genre, designation, description, quantite, unite,
//        cout_ht, marge, prix_fixe_ht|null, remise, taux_tva, nature, maintenance_souhaitee, produits?}]} in order
//        -> 200 JSON commercial's VueContenu {version, lignes: [{id, numero, …}] in the same order, totaux}
//        -> 409/412 problem+json: someone else saved; typing is kept and the person chooses.
//   GET  data-url-produits ({id} of the line) -> the <tr> of qg_produits_caches (HTML)
//   POST data-url-produits ({id}) JSON {"produit_id", "quantite"} -> 200 JSON VueContenu
//   PATCH {"quantite"|"note"} and DELETE data-url-produits/<id of the hidden product> -> 200 JSON VueContenu
// Totals are computed on each keystroke in exact integers (noyau/chiffrage.ts) and confirmed by each answer.
import htmx from "htmx.org";
import Sortable from "sortablejs";
import { fragment, monter, tous, un } from "../noyau/dom";
import { Enregistreur, type Contenu } from "../noyau/enregistreur";
import { afficher, recalculer } from "../noyau/chiffrage";
import { lireNombre } from "../noyau/nombre";
import { envoyer, envoyerJson, signaler, signalerCoupure } from "../noyau/requete";
import { toast } from "../noyau/toasts";

const NUMERIQUES = ["quantite", "cout_ht", "marge", "prix_ht", "remise", "taux_tva"];
type Champ = HTMLInputElement | HTMLTextAreaElement;

class Lignes {
  private readonly corps: HTMLElement;
  private readonly enregistreur: Enregistreur;
  private courante: HTMLElement | null = null;
  private annonce = 0;

  constructor(private readonly racine: HTMLElement) {
    this.corps = un("[data-corps]", racine) as HTMLElement;
    this.enregistreur = new Enregistreur(racine, () => this.saisie(), (contenu) => this.recevoir(contenu));
    this.calculer();
    document.addEventListener("click", (e) => this.surClic(e));
    if ("lecture" in racine.dataset) return;
    document.addEventListener("change", (e) => this.surChangement(e));
    racine.addEventListener("input", (e) => this.surSaisie(e));
    racine.addEventListener("focusin", (e) => this.surFocus(e));
    racine.addEventListener("keydown", (e) => this.surTouche(e));
    racine.addEventListener("paste", (e) => this.surCollage(e));
    Sortable.create(this.corps, {
      handle: "[data-poignee]", draggable: "[data-ligne]", animation: 140, forceFallback: true, ghostClass: "is-fantome", scrollSensitivity: 80,
      onStart: () => this.fermerDetails(),
      onEnd: () => this.change(),
    });
  }

  private rangees(): HTMLElement[] {
    return tous("[data-ligne]", this.corps);
  }

  private valeur(rangee: HTMLElement, nom: string): string {
    return un<Champ>(`[data-champ="${nom}"]`, rangee)?.value ?? "";
  }

  private saisie(): Record<string, unknown>[] {
    const nombre = (rangee: HTMLElement, nom: string): string => lireNombre(this.valeur(rangee, nom)) ?? "0";
    return this.rangees().map((rangee) => {
      const { ligne, genre, fixe, nature, maintenance, unite } = rangee.dataset;
      const base = { id: ligne || null, genre, designation: this.valeur(rangee, "designation") };
      if (genre !== "ligne") return base;
      const couts = this.racine.dataset["couts"] === "1" ? { cout_ht: nombre(rangee, "cout_ht"), marge: nombre(rangee, "marge") } : {};
      return {
        ...base, ...couts, description: this.valeur(rangee, "description"), quantite: nombre(rangee, "quantite"), unite,
        prix_fixe_ht: fixe === "1" ? nombre(rangee, "prix_ht") : null, remise: nombre(rangee, "remise"), taux_tva: nombre(rangee, "taux_tva"),
        nature, maintenance_souhaitee: maintenance === "1", ...(ligne ? {} : { produits: this.produits(rangee) }),
      };
    });
  }

  /** Hidden products of a copied line: without their ids, they are created again. */
  private produits(rangee: HTMLElement): Record<string, unknown>[] {
    const copies = JSON.parse(rangee.dataset["produits"] ?? "[]") as Record<string, unknown>[];
    return copies.map(({ produit_id, quantite, note, cout_ht }) => ({ produit_id, quantite, note: note ?? "", cout_ht: cout_ht ?? null }));
  }

  private change(): void {
    this.calculer();
    this.enregistreur.noter();
  }

  private calculer(): void {
    const chiffres = recalculer(this.rangees(), this.racine.dataset["convention"] === "marque" ? "marque" : "marge");
    afficher(chiffres, this.racine.dataset["couts"] === "1");
    clearTimeout(this.annonce);
    const zone = un("[data-totaux-annonce]");
    if (zone) this.annonce = window.setTimeout(() => (zone.textContent = chiffres.phrase), 900);
  }

  /** The server confirms: new ids, numbers, version; what is being typed is left alone. */
  private recevoir(contenu: Contenu): void {
    const rangees = this.rangees();
    contenu.lignes.forEach((ligne, rang) => {
      const rangee = rangees[rang];
      if (!rangee) return;
      rangee.dataset["ligne"] = ligne.id;
      const numero = un("[data-numero]", rangee);
      if (numero) numero.textContent = ligne.numero;
      this.compterCaches(rangee, ligne.produits.length, ligne.alerte);
      rangee.dataset["produits"] = JSON.stringify(ligne.produits);
    });
  }

  private compterCaches(rangee: HTMLElement, n: number, alerte: boolean): void {
    const puce = un("[data-caches]", rangee);
    const texte = puce && un("span", puce);
    if (!puce || !texte) return;
    puce.classList.toggle("is-vide", n === 0);
    puce.classList.toggle("is-alerte", alerte);
    puce.setAttribute("aria-label", `Produits cachés : ${n}${alerte ? ", plus chers que la ligne" : ""}`);
    texte.textContent = n ? String(n) : "+";
  }

  private surSaisie(evenement: Event): void {
    const champ = evenement.target as HTMLInputElement;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    const nom = champ.dataset["champ"] ?? "";
    if (!rangee || !nom) return;
    if (NUMERIQUES.includes(nom)) champ.setAttribute("aria-invalid", String(champ.value.trim() !== "" && lireNombre(champ.value) === null));
    if (nom === "prix_ht") this.fixer(rangee, champ.value.trim() !== "");
    else if (nom === "marge" && rangee.dataset["fixe"] === "1") this.fixer(rangee, false);
    this.change();
  }

  private surFocus(evenement: FocusEvent): void {
    const champ = evenement.target;
    if (!(champ instanceof HTMLElement)) return;
    this.courante = this.rangeeDe(champ) ?? this.courante;
    if (champ instanceof HTMLInputElement && NUMERIQUES.includes(champ.dataset["champ"] ?? "")) champ.select();
  }

  /** The line an element belongs to, from its own row or from the hidden products unfolded under it. */
  private rangeeDe(element: Element): HTMLElement | null {
    const detail = element.closest(".qg-detail");
    return detail ? (detail.previousElementSibling as HTMLElement | null) : element.closest<HTMLElement>("[data-ligne]");
  }

  /** A product chosen in a search, or a field of a hidden product left changed. */
  private surChangement(evenement: Event): void {
    const champ = evenement.target as HTMLInputElement;
    if (champ.matches("[data-combo-valeur]") && champ.value && un("[data-combo-produit]", champ.closest("[data-combo]") ?? champ)) {
      const rangee = this.corps.contains(champ) ? this.rangeeDe(champ) : this.courante;
      void this.ajouterProduit(champ.value, "1", rangee).then(() => this.viderCombo(champ));
    }
    if (champ.dataset["attribut"] && this.corps.contains(champ)) return this.noterAttribut(champ);
    const nom = champ.dataset["cacheChamp"];
    const cache = champ.closest<HTMLElement>("[data-cache]");
    if (!nom || !cache || !this.corps.contains(champ)) return;
    const valeur = nom === "quantite" ? lireNombre(champ.value) : champ.value;
    champ.setAttribute("aria-invalid", String(valeur === null));
    if (valeur !== null) void this.retoucherProduit(cache, "PATCH", { [nom]: valeur });
  }

  /** Unit and maintenance belong to the line, though they are typed in the frame under it. */
  private noterAttribut(champ: HTMLInputElement): void {
    const rangee = this.rangeeDe(champ);
    if (!rangee) return;
    rangee.dataset[champ.dataset["attribut"] ?? ""] = champ.type === "checkbox" ? (champ.checked ? "1" : "0") : champ.value.trim() || "u";
    const unite = un(".qg-unite", rangee);
    if (unite) unite.textContent = rangee.dataset["unite"] ?? "u";
    this.change();
  }

  private viderCombo(valeur: HTMLInputElement): void {
    const champ = un<HTMLInputElement>("[data-combo-produit]", valeur.closest("[data-combo]") ?? document);
    valeur.value = "";
    if (champ) champ.value = "";
  }

  private fixer(rangee: HTMLElement, oui: boolean): void {
    rangee.dataset["fixe"] = oui ? "1" : "0";
    un("[data-cadenas]", rangee)?.setAttribute("aria-pressed", String(oui));
  }

  private surClic(evenement: MouseEvent): void {
    const cible = evenement.target as Element;
    const { rayonProduit: produit, quantite } = cible.closest<HTMLElement>("[data-rayon-produit]")?.dataset ?? {};
    const genre = cible.closest<HTMLElement>("[data-ajouter]")?.dataset["ajouter"];
    const rangee = cible.closest<HTMLElement>("[data-ligne]");
    if (produit) return void this.ajouterProduit(produit, quantite ?? "1", this.courante);
    const cache = cible.closest("[data-cache-retirer]")?.closest<HTMLElement>("[data-cache]");
    if (cache) return void this.retoucherProduit(cache, "DELETE");
    if (genre) return this.ajouter(genre, null);
    if (!rangee || !this.corps.contains(rangee)) return;
    if (cible.closest("[data-caches]")) return void this.basculerCaches(rangee);
    if ("lecture" in this.racine.dataset) return;
    if (cible.closest("[data-supprimer]")) this.supprimer(rangee);
    else if (cible.closest("[data-cadenas]")) {
      this.fixer(rangee, rangee.dataset["fixe"] !== "1");
      this.change();
    }
  }

  private surTouche(evenement: KeyboardEvent): void {
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee) return;
    const ctrl = evenement.ctrlKey || evenement.metaKey;
    const actions: Record<string, () => void> = {
      "ctrl+Enter": () => this.ajouter("ligne", rangee),
      "ctrl+d": () => this.dupliquer(rangee),
      "ctrl+Delete": () => this.supprimer(rangee),
      "alt+ArrowUp": () => this.monter(rangee, -1, champ),
      "alt+ArrowDown": () => this.monter(rangee, 1, champ),
      ArrowUp: () => this.viser(rangee, -1, champ),
      ArrowDown: () => this.viser(rangee, 1, champ),
      Enter: () => this.viser(rangee, 1, champ),
    };
    const action = actions[`${ctrl ? "ctrl+" : ""}${evenement.altKey ? "alt+" : ""}${evenement.key}`];
    if (!action || (champ instanceof HTMLTextAreaElement && !ctrl && !evenement.altKey)) return;
    evenement.preventDefault();
    action();
  }

  private viser(rangee: HTMLElement, pas: number, champ: Champ): void {
    const rangees = this.rangees().filter((r) => un(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, r));
    const cible = rangees[rangees.indexOf(rangee) + pas];
    if (cible) un<Champ>(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, cible)?.focus();
    else if (pas > 0) this.ajouter("ligne", rangee);
  }

  private monter(rangee: HTMLElement, pas: number, champ: Champ): void {
    const rangees = this.rangees();
    const voisine = rangees[rangees.indexOf(rangee) + pas];
    if (!voisine) return;
    this.fermerDetails();
    if (pas < 0) voisine.before(rangee);
    else voisine.after(rangee);
    champ.focus();
    this.change();
  }

  private modele(genre: string): HTMLElement | null {
    const gabarit = un<HTMLTemplateElement>(`[data-modele="${genre}"]`, this.racine);
    return gabarit ? (gabarit.content.firstElementChild?.cloneNode(true) as HTMLElement) : null;
  }

  private ajouter(genre: string, apres: HTMLElement | null): void {
    const rangee = this.modele(genre);
    if (!rangee) return;
    const dernier = apres?.nextElementSibling?.matches(".qg-detail") ? apres.nextElementSibling : apres;
    if (dernier) dernier.after(rangee);
    else this.corps.append(rangee);
    un<Champ>("[data-champ]", rangee)?.focus();
    rangee.scrollIntoView({ block: "nearest" });
    this.change();
  }

  private dupliquer(rangee: HTMLElement): void {
    const copie = rangee.cloneNode(true) as HTMLElement;
    tous<Champ>("[data-champ]", copie).forEach((champ, i) => (champ.value = tous<Champ>("[data-champ]", rangee)[i]?.value ?? ""));
    copie.dataset["ligne"] = "";
    un("[data-caches]", copie)?.setAttribute("aria-expanded", "false");
    (rangee.nextElementSibling?.matches(".qg-detail") ? rangee.nextElementSibling : rangee).after(copie);
    un<Champ>("[data-champ]", copie)?.focus();
    this.change();
  }

  /** Undo first: the row comes back where it was, with its hidden products. */
  private supprimer(rangee: HTMLElement): void {
    this.fermerDetails();
    const rangees = this.rangees();
    const rang = rangees.indexOf(rangee);
    const suivante = rangee.nextElementSibling;
    rangee.remove();
    un<Champ>("[data-champ]", rangees[rang + 1] ?? rangees[rang - 1] ?? document.createElement("i"))?.focus();
    this.change();
    const annuler = (): void => {
      if (this.enregistreur.aEnregistreDepuis()) rangee.dataset["ligne"] = "";
      this.corps.insertBefore(rangee, suivante?.isConnected ? suivante : null);
      un<Champ>("[data-champ]", rangee)?.focus();
      this.change();
    };
    this.enregistreur.marquer();
    toast({ texte: `« ${this.valeur(rangee, "designation") || "Ligne"} » supprimée`, annuler });
  }

  /** Cells pasted from a spreadsheet fill rows downwards from the current field. */
  private surCollage(evenement: ClipboardEvent): void {
    const texte = evenement.clipboardData?.getData("text/plain") ?? "";
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee || champ instanceof HTMLTextAreaElement || !/[\t\n]/.test(texte.trim())) return;
    evenement.preventDefault();
    const depart = tous<Champ>("input[data-champ]", rangee).indexOf(champ);
    let cible: HTMLElement | null = rangee;
    for (const colle of texte.replace(/\r/g, "").replace(/\n$/, "").split("\n")) {
      if (!cible) {
        this.ajouter("ligne", this.rangees().at(-1) ?? null);
        cible = this.rangees().at(-1) ?? null;
      }
      const champs = cible ? tous<HTMLInputElement>("input[data-champ]", cible) : [];
      colle.split("\t").forEach((valeur, i) => {
        const recoit = champs[depart + i];
        if (recoit) recoit.value = valeur.trim();
        if (recoit?.dataset["champ"] === "prix_ht" && cible && valeur.trim()) this.fixer(cible, true);
      });
      cible = this.rangees()[this.rangees().indexOf(cible as HTMLElement) + 1] ?? null;
    }
    this.change();
  }

  private fermerDetails(): void {
    for (const detail of tous(".qg-detail", this.corps)) detail.remove();
    for (const puce of tous("[data-caches]", this.corps)) puce.setAttribute("aria-expanded", "false");
  }

  private async basculerCaches(rangee: HTMLElement): Promise<void> {
    const puce = un("[data-caches]", rangee);
    const ouvert = rangee.nextElementSibling?.matches(".qg-detail") ?? false;
    if (ouvert) rangee.nextElementSibling?.remove();
    else await this.montrerCaches(rangee);
    puce?.setAttribute("aria-expanded", String(!ouvert));
  }

  private url(rangee: HTMLElement): string {
    return (this.racine.dataset["urlProduits"] ?? "").replace("{id}", rangee.dataset["ligne"] ?? "");
  }

  private async montrerCaches(rangee: HTMLElement): Promise<void> {
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

  private async ajouterProduit(produitId: string, quantite: string, voulue: HTMLElement | null): Promise<void> {
    const rangee = voulue?.isConnected && voulue.dataset["genre"] === "ligne" ? voulue : null;
    if (!rangee) return toast({ texte: "Cliquez d’abord sur la ligne qui a besoin de ce produit.", ton: "info" });
    const dansDetail = Boolean(document.activeElement?.closest(".qg-detail"));
    await this.enregistreur.vider();
    await this.appliquer(rangee, () => envoyerJson(this.url(rangee), { produit_id: produitId, quantite }));
    if (dansDetail) un<HTMLElement>("[data-combo-produit]", rangee.nextElementSibling ?? rangee)?.focus();
  }

  private async retoucherProduit(cache: HTMLElement, methode: "PATCH" | "DELETE", corps?: Record<string, unknown>): Promise<void> {
    const rangee = this.rangeeDe(cache);
    if (!rangee) return;
    await this.enregistreur.vider();
    const url = `${this.url(rangee)}/${cache.dataset["cache"] ?? ""}`;
    await this.appliquer(rangee, () => (corps ? envoyerJson(url, corps, { method: methode }) : envoyer(url, { method: methode })));
  }

  private focusables(rangee: HTMLElement): HTMLElement[] {
    const detail = rangee.nextElementSibling;
    return detail?.matches(".qg-detail") ? tous("a[href], button, input:not([type=hidden])", detail) : [];
  }

  /** Sends a change of hidden products, takes its answer, unfolds the line again; the field being typed keeps the focus. */
  private async appliquer(rangee: HTMLElement, demander: () => Promise<Response>): Promise<void> {
    try {
      const reponse = await demander();
      if (!reponse.ok) return await signaler(reponse);
      this.enregistreur.accepter((await reponse.json()) as Contenu);
      const rang = this.focusables(rangee).indexOf(document.activeElement as HTMLElement);
      await this.montrerCaches(rangee);
      un("[data-caches]", rangee)?.setAttribute("aria-expanded", "true");
      if (rang >= 0) this.focusables(rangee)[rang]?.focus();
    } catch {
      signalerCoupure();
    }
  }
}

monter("[data-lignes]", (element) => void new Lignes(element));
