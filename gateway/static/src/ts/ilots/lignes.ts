// Island of the quote line editor (macros qg_*, totaux, rayon). What the server must answer:
//   PUT  data-url, header If-Match: <data-version>, JSON {"lignes": [{id|null, genre, designation, description, quantite, unite,
//        cout_ht, marge, prix_fixe_ht|null, remise, taux_tva, nature, maintenance_souhaitee, produits?}]} in order
//        -> 200 JSON commercial's VueContenu {version, lignes: [{id, numero, …}] in the same order, totaux}
//        -> 409/412 problem+json: someone else saved; typing is kept and the person chooses.
//   GET  data-url-produits ({id} of the line) -> the <tr> of qg_produits_caches (HTML)
//   POST data-url-produits ({id}) JSON {"produit_id", "quantite"}, If-Match like the two below -> 200 JSON VueContenu
//   PATCH {"quantite"|"note"} and DELETE data-url-produits/<id of the hidden product> -> 200 JSON VueContenu
// Totals are computed on each keystroke in exact integers (noyau/chiffrage.ts) and confirmed by each answer.
import { Caches, compterCaches, identites, lireCaches, rangeeDe, suivreCaches } from "../noyau/caches";
import { cle, montrerAutrui } from "../noyau/autrui";
import { reprendre, type Reprise } from "../noyau/conflit";
import type { Fait } from "../noyau/direct";
import { ecrireTexte, enSaisie, monter, un } from "../noyau/dom";
import { Enregistreur, type Contenu } from "../noyau/enregistreur";
import { canonique, type Ligne } from "../noyau/fusion";
import { Historique, montrerRetours, type Retour } from "../noyau/historique";
import { appliquerChoix, retenir } from "../noyau/choix";
import { Cumul } from "../noyau/cumul";
import { glisser } from "../noyau/glisser";
import { ecrireUnite, lireAttribut, marquer, NUMERIQUES, reserve } from "../noyau/lecture";
import { lireNombre } from "../noyau/nombre";
import { Paliers } from "../noyau/paliers";
import { Rangees, type Champ } from "../noyau/rangees";
import { estDescription, gesteRiche } from "../noyau/riche";
import { lireRangee } from "../noyau/saisie";
import { replier } from "../noyau/sections";
import { proposer } from "../noyau/suivi";
import { tenir } from "../noyau/tenue";

class Lignes {
  private readonly corps: HTMLElement;
  private readonly enregistreur: Enregistreur;
  private readonly cumul: Cumul;
  private readonly caches: Caches;
  private readonly historique: Historique;
  private readonly paliers: Paliers;
  private readonly rangees: Rangees;
  /** The lines the server holds: one that was removed there and comes back is a new one. */
  private connues = new Set<string>();
  private cachesConnus = new Set<unknown>();
  /** The content this page and the server last agreed on: what a conflict is measured from. */
  private base: Ligne[] = [];
  /** What was typed in this page, by line and field. */
  private miens = new Set<string>();
  private courante: HTMLElement | null = null;
  private annonce = 0;

  constructor(private readonly racine: HTMLElement) {
    this.corps = un("[data-corps]", racine) as HTMLElement;
    this.rangees = new Rangees(racine, this.corps, {
      avant: () => this.caches.fermer(),
      change: (relues) => this.change(...relues),
      fixer: (rangee) => this.fixer(rangee, true),
    });
    this.enregistreur = new Enregistreur(racine, {
      saisie: () => this.saisie(),
      recevoir: (contenu, enSaisie) => this.recevoir(contenu, enSaisie),
      reprendre: () => this.reprendre().then(Boolean),
      suivre: (auteur) => this.suivre(auteur),
      reserve: () => reserve(this.corps),
    });
    this.caches = new Caches(racine, this.corps, this.enregistreur, (rangee) => this.historique.noterCaches(rangee));
    this.cumul = new Cumul(racine.dataset["convention"] === "marque" ? "marque" : "marge", racine.dataset["couts"] === "1");
    this.cumul.reprendre(this.rangees.toutes());
    this.connues = new Set(this.rangees.toutes().map((rangee) => rangee.dataset["ligne"] ?? ""));
    this.cachesConnus = identites(this.rangees.toutes().map((rangee) => ({ produits: lireCaches(rangee) })));
    this.base = this.saisie(true).map(canonique);
    this.historique = new Historique(this.corps, () => this.rangees.toutes(), (annuler, retablir) => montrerRetours(annuler, retablir));
    this.paliers = new Paliers(racine, this.corps);
    void this.paliers.demander();
    this.viser();
    document.addEventListener("click", (e) => this.surClic(e));
    if ("lecture" in racine.dataset) return;
    document.addEventListener("amanela:fait", (e) => void this.surFait((e as CustomEvent<Fait>).detail));
    document.addEventListener("change", (e) => this.surChangement(e));
    racine.addEventListener("input", (e) => this.surSaisie(e));
    racine.addEventListener("focusin", (e) => this.surFocus(e));
    racine.addEventListener("focusout", (e) => this.surDepart(e));
    racine.addEventListener("keydown", (e) => this.surTouche(e));
    document.addEventListener("keydown", (e) => this.surRaccourci(e));
    racine.addEventListener("paste", (e) => this.rangees.coller(e));
    tenir(this.corps);
    glisser(this.corps, () => this.rangees.toutes(), () => this.caches.fermer(), () => this.change());
  }

  /** The line the address speaks of (#ligne-…), its hidden products unfolded. */
  private viser(): void {
    const rangee = location.hash.startsWith("#ligne-") ? this.rangees.toutes().find((r) => `#ligne-${r.dataset["ligne"] ?? ""}` === location.hash) : undefined;
    if (!rangee) return;
    this.courante = rangee;
    rangee.classList.add("is-visee");
    void this.caches.basculer(rangee).finally(() => rangee.scrollIntoView({ block: "center" }));
  }

  private saisie(tousLesCaches = false): Record<string, unknown>[] {
    const servis = new Map(this.base.map((ligne) => [ligne.id, ligne["caches"]]));
    const contexte = { connues: this.connues, cachesConnus: this.cachesConnus, servis, couts: this.racine.dataset["couts"] === "1", tousLesCaches };
    return this.rangees.toutes().map((rangee) => lireRangee(rangee, contexte));
  }

  /** Rows came, went, moved or count differently; `relues` are those whose figures may have changed. */
  private change(...relues: HTMLElement[]): void {
    this.historique.noterEnsemble();
    this.compter(relues);
  }

  private compter(relues: HTMLElement[]): void {
    this.cumul.reprendre(this.rangees.toutes(), (rangee) => relues.includes(rangee));
    this.annoncer();
    this.enregistreur.noter();
  }

  /** One row was typed in: the others are not looked at. */
  private changeLigne(rangee: HTMLElement, nom: string): void {
    const chiffree = NUMERIQUES.includes(nom);
    if (nom === "quantite" || nom === "prix_ht") this.paliers.noter(rangee);
    if (chiffree && !this.cumul.changer(rangee)) return this.change(rangee);
    this.historique.noterSaisie(rangee, nom);
    if (chiffree) this.annoncer();
    this.enregistreur.noter();
  }

  private annoncer(): void {
    clearTimeout(this.annonce);
    this.annonce = window.setTimeout(() => {
      const zone = un("[data-totaux-annonce]");
      if (zone) ecrireTexte(zone, this.cumul.phrase);
    }, 900);
  }

  /** The server confirms: new ids, numbers, version; what is being typed is left alone, what did not change is not written. */
  private recevoir(contenu: Contenu, enSaisie: boolean): void {
    const rangees = this.rangees.toutes();
    const suivies = suivreCaches(rangees, this.base, contenu);
    this.connues = new Set(contenu.lignes.map((ligne) => ligne.id));
    this.cachesConnus = identites(contenu.lignes);
    this.base = contenu.lignes.map((ligne) => canonique({ ...ligne }));
    for (const rangee of this.caches.applique ? [] : suivies) {
      this.historique.suivreRangee(rangee);
      this.caches.relire(rangee);
    }
    if (enSaisie) return;
    void this.paliers.demander();
    let [choisies, recomptees] = [false, false];
    contenu.lignes.forEach((ligne, rang) => {
      const rangee = rangees[rang];
      if (!rangee) return;
      poser(rangee, "ligne", ligne.id);
      if (rangee.dataset["genre"] !== "ligne") return;
      if (ligne.est_retenue === (rangee.dataset["retenue"] === "0")) {
        retenir(rangee, ligne.est_retenue);
        choisies = true;
      }
      if (rangee.dataset["servi"] !== undefined && poser(rangee, "servi", ligne.prix_ht ?? "")) recomptees = true;
      const numero = un("[data-numero]", rangee);
      if (numero) ecrireTexte(numero, ligne.numero);
      if (ligne.produits.length || rangee.dataset["produits"]) poser(rangee, "produits", JSON.stringify(ligne.produits));
      compterCaches(rangee, ligne.produits.length, ligne.alerte);
    });
    if (choisies || recomptees) this.cumul.reprendre(rangees, () => recomptees);
    if (choisies) this.historique.suivre();
  }

  /** Somebody else wrote here: at once, and nothing typed here is lost. */
  private async surFait(fait: Fait): Promise<void> {
    if (fait.type !== "commercial.proposition_modifiee.v1" || fait.cle !== this.racine.dataset["suit"] || !this.racine.isConnected) return;
    await this.caches.envoi;
    await quitter(un(".qg-detail:focus-within", this.corps)); // a hidden product being typed is left first
    if (!(await this.enregistreur.rejoindre(Number(fait.detail["version"]), fait.acteur))) proposer(fait.acteur);
  }

  /** Nothing waits here: theirs is shown, where it is. */
  private async suivre(auteur: string): Promise<string | null> {
    const [base, depliees] = [this.base, this.caches.depliees()];
    const reprise = await this.reprendre();
    if (!reprise) return null;
    const n = montrerAutrui(base, reprise, auteur, this.miens, (champ, valeur) => this.rangees.ecrire(champ as Champ, valeur));
    this.recevoir(reprise.contenu, this.enregistreur.attend);
    for (const rangee of depliees) this.caches.relire(rangee, true);
    if (n === 0 && auteur !== un("[data-moi]")?.dataset["moi"]) proposer(auteur);
    return n === 0 ? `Modifié par ${auteur}` : `${auteur} : ${n > 1 ? `${n} lignes modifiées` : "1 ligne modifiée"}`;
  }

  /** Somebody saved first: their rows join these ones. */
  private async reprendre(): Promise<Reprise | null> {
    this.caches.fermer();
    const url = (this.racine.dataset["url"] ?? "").replace(/\/lignes$/, "");
    const lire = (): { miennes: Ligne[]; rangees: HTMLElement[] } => ({ miennes: this.saisie().map(canonique), rangees: this.rangees.toutes() });
    const reprise = await reprendre(url, this.base, lire, (genre) => this.rangees.modele(genre));
    if (!reprise) return null;
    this.racine.dataset["version"] = String(reprise.version);
    this.base = reprise.leurs;
    this.connues = new Set(reprise.leurs.map((ligne) => ligne.id ?? ""));
    this.cachesConnus = identites(reprise.rangees.map((rangee) => ({ produits: lireCaches(rangee) })));
    this.rangees.disposer(reprise.rangees);
    this.historique.accueillir();
    this.cumul.reprendre(this.rangees.toutes(), (rangee) => reprise.rangees.includes(rangee));
    this.annoncer();
    return reprise;
  }

  private surSaisie(evenement: Event): void {
    const champ = evenement.target as HTMLInputElement;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    const nom = champ.dataset["champ"] ?? "";
    if (!rangee || !nom) return;
    marquer(champ);
    this.miens.add(cle(rangee.dataset["ligne"], nom));
    if (nom === "prix_ht") this.fixer(rangee, champ.value.trim() !== "");
    else if (nom === "marge" && rangee.dataset["fixe"] === "1") this.fixer(rangee, false);
    this.changeLigne(rangee, nom);
  }

  private surFocus(evenement: FocusEvent): void {
    const champ = evenement.target;
    if (!(champ instanceof HTMLElement)) return;
    this.courante = rangeeDe(champ) ?? this.courante;
    this.historique.couper();
    if (champ instanceof HTMLInputElement && NUMERIQUES.includes(champ.dataset["champ"] ?? "")) champ.select();
  }

  /** A price left empty: the one its margin gives is written there. */
  private surDepart(evenement: FocusEvent): void {
    const champ = evenement.target;
    const rangee = champ instanceof HTMLInputElement && champ.dataset["champ"] === "prix_ht" && champ.value.trim() === "" ? rangeeDe(champ) : null;
    if (rangee) setTimeout(() => this.cumul.changer(rangee));
  }

  /** A product chosen in a search, or a field of a hidden product left changed. */
  private surChangement(evenement: Event): void {
    const champ = evenement.target as HTMLInputElement;
    if (champ.matches("[data-combo-valeur]") && champ.value && un("[data-combo-produit]", champ.closest("[data-combo]") ?? champ)) {
      const rangee = this.corps.contains(champ) ? rangeeDe(champ) : this.courante;
      void this.caches.ajouter(champ.value, "1", rangee).then(() => this.viderCombo(champ));
    }
    if (champ.dataset["attribut"] && this.corps.contains(champ)) return this.noterAttribut(champ);
    const nom = champ.dataset["cacheChamp"];
    const cache = champ.closest<HTMLElement>("[data-cache]");
    if (!nom || !cache || !this.corps.contains(champ)) return;
    const valeur = nom === "quantite" ? lireNombre(champ.value) : champ.value;
    champ.setAttribute("aria-invalid", String(valeur === null));
    if (valeur !== null) void this.caches.retoucher(cache, "PATCH", { [nom]: valeur });
  }

  /** Unit, maintenance, option and variant belong to the line, though they are typed in the frame under it. */
  private noterAttribut(champ: HTMLInputElement): void {
    const rangee = rangeeDe(champ);
    if (!rangee) return;
    const nom = champ.dataset["attribut"] ?? "";
    const valeur = lireAttribut(champ);
    if (valeur === null) return;
    rangee.dataset[nom] = valeur;
    appliquerChoix(rangee, nom, champ.checked, this.rangees.toutes());
    if (nom === "unite") ecrireUnite(rangee, valeur);
    this.change(rangee);
  }

  private viderCombo(valeur: HTMLInputElement): void {
    const champ = un<HTMLInputElement>("[data-combo-produit]", valeur.closest("[data-combo]") ?? document);
    valeur.value = "";
    if (champ) champ.value = "";
  }

  private fixer(rangee: HTMLElement, oui: boolean): void {
    if (poser(rangee, "fixe", oui ? "1" : "0")) un("[data-cadenas]", rangee)?.setAttribute("aria-pressed", String(oui));
  }

  private surClic(evenement: MouseEvent): void {
    const cible = evenement.target as Element;
    const { rayonProduit: produit, quantite } = cible.closest<HTMLElement>("[data-rayon-produit]")?.dataset ?? {};
    const genre = cible.closest<HTMLElement>("[data-ajouter]")?.dataset["ajouter"];
    const rangee = this.corps.contains(cible) ? rangeeDe(cible) : null;
    if (produit) return void this.caches.ajouter(produit, quantite ?? "1", this.courante);
    const cache = cible.closest("[data-cache-retirer]")?.closest<HTMLElement>("[data-cache]");
    if (cache) return void this.caches.retoucher(cache, "DELETE");
    if (genre) return this.rangees.ajouter(genre, genre === "saut" ? this.courante : null);
    if (cible.closest("[data-annuler]")) return this.revenir(this.historique.annuler());
    if (cible.closest("[data-retablir]")) return this.revenir(this.historique.retablir());
    if (!rangee) return;
    if (cible.closest("[data-caches]")) return void this.caches.basculer(rangee);
    if (cible.closest("[data-replier]")) return replier(rangee, this.rangees.toutes());
    if ("lecture" in this.racine.dataset) return;
    const masquer = cible.closest("[data-masquer]");
    if (masquer) {
      poser(rangee, "masques", rangee.dataset["masques"] === "1" ? "0" : "1");
      masquer.setAttribute("aria-pressed", String(rangee.dataset["masques"] === "1"));
      this.change();
    } else if (cible.closest("[data-supprimer]")) this.rangees.supprimer(rangee);
    else if (cible.closest("[data-dupliquer]")) this.rangees.dupliquer(rangee);
    else if (cible.closest("[data-palier]")) {
      this.paliers.prendre(cible.closest("[data-palier]") as HTMLElement, rangee);
      this.fixer(rangee, true);
      this.changeLigne(rangee, "prix_ht");
    } else if (cible.closest("[data-cadenas]")) {
      this.verrouiller(rangee);
      this.historique.couper();
    }
  }

  /** The padlock: the price shown becomes the one wanted, or is computed again. Without any, it is to be typed, or is the cost for who reads it. */
  private verrouiller(rangee: HTMLElement): void {
    const [prix, cout] = [un<HTMLInputElement>("[data-champ=prix_ht]", rangee), un<HTMLInputElement>("[data-champ=cout_ht]", rangee)];
    if (prix && prix.value.trim() === "") {
      if (!cout) return prix.focus();
      prix.value = cout.value;
    }
    this.fixer(rangee, rangee.dataset["fixe"] !== "1");
    this.changeLigne(rangee, "prix_ht");
  }

  private surTouche(evenement: KeyboardEvent): void {
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee || gesteRiche(evenement, champ)) return;
    const ctrl = evenement.ctrlKey || evenement.metaKey;
    const actions: Record<string, () => unknown> = {
      "ctrl+Enter": () => this.rangees.ajouter("ligne", rangee),
      "ctrl+d": () => this.rangees.dupliquer(rangee),
      "ctrl+Delete": () => this.rangees.supprimer(rangee),
      "ctrl+.": () => rangee.dataset["genre"] === "section" && replier(rangee, this.rangees.toutes()),
      "alt+ArrowUp": () => this.rangees.monter(rangee, -1, champ),
      "alt+ArrowDown": () => this.rangees.monter(rangee, 1, champ),
      ArrowUp: () => this.rangees.viser(rangee, -1, champ),
      ArrowDown: () => this.rangees.viser(rangee, 1, champ),
      Enter: () => this.rangees.viser(rangee, 1, champ),
    };
    const action = actions[`${ctrl ? "ctrl+" : ""}${evenement.altKey ? "alt+" : ""}${evenement.key}`];
    if (!action || (estDescription(champ) && !ctrl && !evenement.altKey)) return;
    evenement.preventDefault();
    action();
  }

  /** Ctrl+Enter, Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), in the editor or nowhere in particular: a field elsewhere keeps its own. */
  private surRaccourci(evenement: KeyboardEvent): void {
    const touche = evenement.key.toLowerCase();
    if (!(evenement.ctrlKey || evenement.metaKey) || evenement.altKey || evenement.defaultPrevented || !["enter", "z", "y"].includes(touche)) return;
    const cible = evenement.target as HTMLElement;
    if ((enSaisie(cible) && !cible.dataset["champ"]) || un("dialog:modal")) return;
    evenement.preventDefault();
    if (touche === "enter") return this.rangees.ajouter("ligne", null);
    this.revenir(touche === "y" || evenement.shiftKey ? this.historique.retablir() : this.historique.annuler());
  }

  private revenir(retour: Retour | null): void {
    if (!retour) return;
    this.caches.fermer();
    retour.champ?.focus();
    this.compter(retour.rangees);
  }
}

/** Once the focus has left an element. */
function quitter(element: HTMLElement | null): Promise<void> {
  if (!element) return Promise.resolve();
  return new Promise((fini) => {
    const partir = (): void => void setTimeout(() => (element.isConnected && element.contains(document.activeElement) ? undefined : (element.removeEventListener("focusout", partir), fini())));
    element.addEventListener("focusout", partir);
  });
}

/** Writes an attribute of a row only when it changes: an attribute written again is a style computed again. */
function poser(rangee: HTMLElement, nom: string, valeur: string): boolean {
  if (rangee.dataset[nom] === valeur) return false;
  rangee.dataset[nom] = valeur;
  return true;
}

monter("[data-lignes]", (element) => void new Lignes(element));
