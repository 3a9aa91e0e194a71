// Island of the quote line editor (macros qg_*, totaux, rayon). What the server must answer:
//   PUT  data-url, header If-Match: <data-version>, JSON {"lignes": [{id|null, genre, designation, description, quantite, unite,
//        cout_ht, marge, prix_fixe_ht|null, remise, taux_tva, nature, maintenance_souhaitee, produits?}]} in order
//        -> 200 JSON commercial's VueContenu {version, lignes: [{id, numero, …}] in the same order, totaux}
//        -> 409/412 problem+json: someone else saved; typing is kept and the person chooses.
//   GET  data-url-produits ({id} of the line) -> the <tr> of qg_produits_caches (HTML)
//   POST data-url-produits ({id}) JSON {"produit_id", "quantite"}, If-Match like the two below -> 200 JSON VueContenu
//   PATCH {"quantite"|"note"} and DELETE data-url-produits/<id of the hidden product> -> 200 JSON VueContenu
// Totals are computed on each keystroke in exact integers (noyau/chiffrage.ts) and confirmed by each answer.
import { aEnvoyer, Caches, compterCaches, identites, lireCaches, rangeeDe, suivreCaches } from "../noyau/caches";
import { reprendre } from "../noyau/conflit";
import { ecrireTexte, enSaisie, monter, tous, un } from "../noyau/dom";
import { Enregistreur, type Contenu } from "../noyau/enregistreur";
import { cachesEcrits, canonique, type Ligne } from "../noyau/fusion";
import { Historique, montrerRetours, type Retour } from "../noyau/historique";
import { appliquerChoix, retenir } from "../noyau/choix";
import { Cumul } from "../noyau/cumul";
import { cellules, coller, direCollage } from "../noyau/collage";
import { glisser } from "../noyau/glisser";
import { heriter, lireChamp, marquer, NUMERIQUES, reserve } from "../noyau/lecture";
import { lireNombre } from "../noyau/nombre";
import { bloc, deplacer, replier } from "../noyau/sections";
import { toast } from "../noyau/toasts";

type Champ = HTMLInputElement | HTMLTextAreaElement;

class Lignes {
  private readonly corps: HTMLElement;
  private readonly enregistreur: Enregistreur;
  private readonly cumul: Cumul;
  private readonly caches: Caches;
  private readonly historique: Historique;
  /** The lines the server holds: one that was removed there and comes back is a new one. */
  private connues = new Set<string>();
  private cachesConnus = new Set<unknown>();
  /** The content this page and the server last agreed on: what a conflict is measured from. */
  private base: Ligne[] = [];
  private courante: HTMLElement | null = null;
  private annonce = 0;

  constructor(private readonly racine: HTMLElement) {
    this.corps = un("[data-corps]", racine) as HTMLElement;
    this.enregistreur = new Enregistreur(racine, {
      saisie: () => this.saisie(),
      recevoir: (contenu, enSaisie) => this.recevoir(contenu, enSaisie),
      reprendre: () => this.reprendre(),
      reserve: () => reserve(this.corps),
    });
    this.caches = new Caches(racine, this.corps, this.enregistreur, (rangee) => this.historique.noterCaches(rangee));
    this.cumul = new Cumul(racine.dataset["convention"] === "marque" ? "marque" : "marge", racine.dataset["couts"] === "1");
    this.cumul.reprendre(this.rangees());
    this.connues = new Set(this.rangees().map((rangee) => rangee.dataset["ligne"] ?? ""));
    this.cachesConnus = identites(this.rangees().map((rangee) => ({ produits: lireCaches(rangee) })));
    this.base = this.saisie(true).map(canonique);
    this.historique = new Historique(this.corps, () => this.rangees(), (annuler, retablir) => montrerRetours(annuler, retablir));
    document.addEventListener("click", (e) => this.surClic(e));
    if ("lecture" in racine.dataset) return;
    document.addEventListener("change", (e) => this.surChangement(e));
    racine.addEventListener("input", (e) => this.surSaisie(e));
    racine.addEventListener("focusin", (e) => this.surFocus(e));
    racine.addEventListener("keydown", (e) => this.surTouche(e));
    document.addEventListener("keydown", (e) => this.surRetour(e));
    racine.addEventListener("paste", (e) => this.surCollage(e));
    glisser(this.corps, () => this.rangees(), () => this.caches.fermer(), () => this.change());
  }

  private rangees(): HTMLElement[] {
    return tous("[data-ligne]", this.corps);
  }

  private valeur(rangee: HTMLElement, nom: string): string {
    return un<Champ>(`[data-champ="${nom}"]`, rangee)?.value ?? "";
  }

  private saisie(tousLesCaches = false): Record<string, unknown>[] {
    const nombre = (rangee: HTMLElement, nom: string): string => {
      const champ = un<HTMLInputElement>(`[data-champ="${nom}"]`, rangee);
      return champ ? lireChamp(champ) : "0";
    };
    const servis = new Map(this.base.map((ligne) => [ligne.id, ligne["caches"]]));
    return this.rangees().map((rangee) => {
      const { ligne, genre, fixe, nature, maintenance, unite, option, variante, retenue } = rangee.dataset;
      const id = ligne && this.connues.has(ligne) ? ligne : null;
      const description = un("[data-champ=description]", rangee) ? this.valeur(rangee, "description") : (rangee.dataset["description"] ?? "");
      const base = { id, genre, designation: this.valeur(rangee, "designation"), description };
      if (genre === "section") return { ...base, a_prix_masques: rangee.dataset["masques"] === "1" };
      if (genre !== "ligne") return base;
      const couts = this.racine.dataset["couts"] === "1" ? { cout_ht: nombre(rangee, "cout_ht"), marge: nombre(rangee, "marge") } : {};
      const caches = lireCaches(rangee);
      const inchanges = id && !tousLesCaches && cachesEcrits(caches) === (servis.get(id) ?? "[]");
      return {
        ...base, ...couts, quantite: nombre(rangee, "quantite"), unite,
        prix_fixe_ht: fixe === "1" ? nombre(rangee, "prix_ht") : null, remise: nombre(rangee, "remise"), taux_tva: nombre(rangee, "taux_tva"),
        nature, maintenance_souhaitee: maintenance === "1", est_option: option === "1", variante: variante ?? "", est_retenue: retenue !== "0",
        ...(inchanges ? {} : { produits: aEnvoyer(caches, id ? this.cachesConnus : new Set()) }),
      };
    });
  }

  /** Rows came, went, moved or count differently; `relues` are those whose figures may have changed. */
  private change(...relues: HTMLElement[]): void {
    this.historique.noterEnsemble();
    this.compter(relues);
  }

  private compter(relues: HTMLElement[]): void {
    this.cumul.reprendre(this.rangees(), (rangee) => relues.includes(rangee));
    this.annoncer();
    this.enregistreur.noter();
  }

  /** One row was typed in: the others are not looked at. */
  private changeLigne(rangee: HTMLElement, nom: string): void {
    const chiffree = NUMERIQUES.includes(nom);
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
    const rangees = this.rangees();
    suivreCaches(rangees, this.base, contenu);
    this.connues = new Set(contenu.lignes.map((ligne) => ligne.id));
    this.cachesConnus = identites(contenu.lignes);
    this.base = contenu.lignes.map((ligne) => canonique({ ...ligne }));
    if (enSaisie) return;
    let choisies = false;
    contenu.lignes.forEach((ligne, rang) => {
      const rangee = rangees[rang];
      if (!rangee) return;
      poser(rangee, "ligne", ligne.id);
      if (rangee.dataset["genre"] !== "ligne") return;
      if (ligne.est_retenue === (rangee.dataset["retenue"] === "0")) {
        retenir(rangee, ligne.est_retenue);
        choisies = true;
      }
      const numero = un("[data-numero]", rangee);
      if (numero) ecrireTexte(numero, ligne.numero);
      if (ligne.produits.length || rangee.dataset["produits"]) poser(rangee, "produits", JSON.stringify(ligne.produits));
      compterCaches(rangee, ligne.produits.length, ligne.alerte);
    });
    if (!choisies) return;
    this.cumul.reprendre(rangees);
    this.historique.suivre();
  }

  /** Somebody saved first: their rows join these ones. */
  private async reprendre(): Promise<boolean> {
    this.caches.fermer();
    const url = (this.racine.dataset["url"] ?? "").replace(/\/lignes$/, "");
    const lire = (): { miennes: Ligne[]; rangees: HTMLElement[] } => ({ miennes: this.saisie().map(canonique), rangees: this.rangees() });
    const reprise = await reprendre(url, this.base, lire, (genre) => this.modele(genre));
    if (!reprise) return false;
    this.racine.dataset["version"] = String(reprise.version);
    this.base = reprise.leurs;
    this.connues = new Set(reprise.leurs.map((ligne) => ligne.id ?? ""));
    this.cachesConnus = identites(reprise.rangees.map((rangee) => ({ produits: lireCaches(rangee) })));
    for (const rangee of this.rangees()) if (!reprise.rangees.includes(rangee)) rangee.remove();
    reprise.rangees.forEach((rangee, rang) => {
      if (this.corps.children[rang] !== rangee) this.corps.insertBefore(rangee, this.corps.children[rang] ?? null);
    });
    this.historique.noterEnsemble();
    this.compter(reprise.rangees);
    return true;
  }

  private surSaisie(evenement: Event): void {
    const champ = evenement.target as HTMLInputElement;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    const nom = champ.dataset["champ"] ?? "";
    if (!rangee || !nom) return;
    marquer(champ);
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
    rangee.dataset[nom] = champ.type === "checkbox" ? (champ.checked ? "1" : "0") : champ.value.trim() || (nom === "unite" ? "u" : "");
    appliquerChoix(rangee, nom, champ.checked, this.rangees());
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
    if (genre) return this.ajouter(genre, genre === "saut" ? this.courante : null);
    if (cible.closest("[data-annuler]")) return this.revenir(this.historique.annuler());
    if (cible.closest("[data-retablir]")) return this.revenir(this.historique.retablir());
    if (!rangee) return;
    if (cible.closest("[data-caches]")) return void this.caches.basculer(rangee);
    if (cible.closest("[data-replier]")) return replier(rangee, this.rangees());
    if ("lecture" in this.racine.dataset) return;
    const masquer = cible.closest("[data-masquer]");
    if (masquer) {
      poser(rangee, "masques", rangee.dataset["masques"] === "1" ? "0" : "1");
      masquer.setAttribute("aria-pressed", String(rangee.dataset["masques"] === "1"));
      this.change();
    } else if (cible.closest("[data-supprimer]")) this.supprimer(rangee);
    else if (cible.closest("[data-dupliquer]")) this.dupliquer(rangee);
    else if (cible.closest("[data-cadenas]")) {
      this.fixer(rangee, rangee.dataset["fixe"] !== "1");
      this.changeLigne(rangee, "prix_ht");
      this.historique.couper();
    }
  }

  private surTouche(evenement: KeyboardEvent): void {
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee) return;
    const ctrl = evenement.ctrlKey || evenement.metaKey;
    const actions: Record<string, () => unknown> = {
      "ctrl+Enter": () => this.ajouter("ligne", rangee),
      "ctrl+d": () => this.dupliquer(rangee),
      "ctrl+Delete": () => this.supprimer(rangee),
      "ctrl+.": () => rangee.dataset["genre"] === "section" && replier(rangee, this.rangees()),
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

  /** Ctrl+Z and Ctrl+Shift+Z (or Ctrl+Y), in the editor or nowhere in particular: a field elsewhere keeps its own. */
  private surRetour(evenement: KeyboardEvent): void {
    const touche = evenement.key.toLowerCase();
    if (!(evenement.ctrlKey || evenement.metaKey) || evenement.altKey || (touche !== "z" && touche !== "y")) return;
    const cible = evenement.target as HTMLElement;
    if ((enSaisie(cible) && !cible.dataset["champ"]) || un("dialog:modal")) return;
    evenement.preventDefault();
    this.revenir(touche === "y" || evenement.shiftKey ? this.historique.retablir() : this.historique.annuler());
  }

  private revenir(retour: Retour | null): void {
    if (!retour) return;
    this.caches.fermer();
    retour.champ?.focus();
    this.compter(retour.rangees);
  }

  private viser(rangee: HTMLElement, pas: number, champ: Champ): void {
    const rangees = this.rangees().filter((r) => un(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, r));
    const cible = rangees[rangees.indexOf(rangee) + pas];
    if (cible) un<Champ>(`[data-champ="${champ.dataset["champ"] ?? ""}"]`, cible)?.focus();
    else if (pas > 0) this.ajouter("ligne", rangee);
  }

  private monter(rangee: HTMLElement, pas: number, champ: Champ): void {
    this.caches.fermer();
    if (!deplacer(rangee, pas, this.rangees())) return;
    champ.focus();
    this.change();
  }

  private modele(genre: string): HTMLElement | null {
    const gabarit = un<HTMLTemplateElement>(`[data-modele="${genre}"]`, this.racine);
    return gabarit ? (gabarit.content.firstElementChild?.cloneNode(true) as HTMLElement) : null;
  }

  private poserRangee(genre: string, apres: HTMLElement | null): HTMLElement | null {
    const rangee = this.modele(genre);
    if (!rangee) return null;
    const dernier = apres?.nextElementSibling?.matches(".qg-detail") ? apres.nextElementSibling : apres;
    if (dernier) dernier.after(rangee);
    else this.corps.append(rangee);
    return rangee;
  }

  private ajouter(genre: string, apres: HTMLElement | null): void {
    const rangee = this.poserRangee(genre, apres);
    if (!rangee) return;
    (un<Champ>("[data-champ]", rangee) ?? un("[data-poignee]", rangee))?.focus();
    rangee.scrollIntoView({ block: "nearest" });
    this.change();
  }

  /** A line under itself; a section, with all its lines, after its last one. */
  private dupliquer(rangee: HTMLElement): void {
    this.caches.fermer();
    const part = bloc(rangee, this.rangees());
    const copies = part.map((originale) => {
      const copie = originale.cloneNode(true) as HTMLElement;
      tous<Champ>("[data-champ]", copie).forEach((champ, i) => {
        const original = tous<Champ>("[data-champ]", originale)[i];
        champ.value = original?.value ?? "";
        if (original) heriter(champ, original);
      });
      copie.dataset["ligne"] = "";
      return copie;
    });
    part.at(-1)?.after(...copies);
    un<Champ>("[data-champ]", copies[0] ?? rangee)?.focus();
    this.change();
  }

  /** Undo first: the row comes back where it was, with its hidden products. */
  private supprimer(rangee: HTMLElement): void {
    this.caches.fermer();
    const rangees = this.rangees();
    const rang = rangees.indexOf(rangee);
    const suivante = rangee.nextElementSibling;
    rangee.remove();
    un<Champ>("[data-champ]", rangees[rang + 1] ?? rangees[rang - 1] ?? document.createElement("i"))?.focus();
    this.change();
    const annuler = (): void => {
      this.caches.fermer();
      this.corps.insertBefore(rangee, suivante?.isConnected ? suivante : null);
      un<Champ>("[data-champ]", rangee)?.focus();
      this.change();
    };
    toast({ texte: rangee.dataset["genre"] === "saut" ? "Saut de page supprimé" : `« ${this.valeur(rangee, "designation") || "Ligne"} » supprimée`, annuler });
  }

  private surCollage(evenement: ClipboardEvent): void {
    const texte = evenement.clipboardData?.getData("text/plain") ?? "";
    const champ = evenement.target as Champ;
    const rangee = champ.closest<HTMLElement>("[data-ligne]");
    if (!rangee || champ instanceof HTMLTextAreaElement || !/[\t\n]/.test(texte.trim())) return;
    evenement.preventDefault();
    this.caches.fermer();
    const bilan = coller(cellules(texte), champ, rangee, this.rangees(), (apres) => this.poserRangee("ligne", apres), (cible) => this.fixer(cible, true));
    this.change(...bilan.remplies);
    const phrase = direCollage(bilan);
    if (phrase) toast({ texte: phrase, ton: bilan.illisibles ? "danger" : "info" });
  }
}

/** Writes an attribute of a row only when it changes: an attribute written again is a style computed again. */
function poser(rangee: HTMLElement, nom: string, valeur: string): boolean {
  if (rangee.dataset[nom] === valeur) return false;
  rangee.dataset[nom] = valeur;
  return true;
}

monter("[data-lignes]", (element) => void new Lignes(element));
