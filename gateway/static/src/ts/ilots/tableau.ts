// Island of the board (macros bd_*). What the server must answer:
//   POST data-url-deplacer ({id} replaced) JSON {"etats": [<data-etats of the column>], "version": n, "couloir"?: "<lane>"}
//        -> 200 JSON {"version"?: n, "etat"?: "<state it took>"} ; problem+json refuses: the card goes back and the message is shown ;
//        {"demander": "<url>"}: the card goes back and the dialog of that page asks what is missing.
//   GET  data-url-carte ({id} replaced) -> the <li> of bd_carte (data-dans names its column, data-couloir its
//        swimlane, data-rang its place among the others), or 204/404 when the card left the board.
// With swimlanes (data-couloirs) each one holds its own [data-colonne] cells, and only those "by person" let a card out:
// dropped in the lane of somebody, it is his.
// Facts of demandes received live (amanela:fait) patch one card; those received during a drag wait for the drop.
import Sortable from "sortablejs";
import { annoncer, creer, fragment, icone, monter, tous, un } from "../noyau/dom";
import type { Fait } from "../noyau/direct";
import { ouvrir } from "../noyau/fenetres";
import { placer } from "../noyau/menus";
import { envoyer, envoyerJson, lireProbleme, phrase } from "../noyau/requete";
import { toast } from "../noyau/toasts";
import { ecrire } from "../noyau/nombre";

const COMPACT = "amanela-tableau-compact";
const PLIEES = "amanela-tableau-pliees";

interface Place {
  liste: HTMLElement;
  suivant: Element | null;
}

function keuros(montant: number): string {
  return montant < 10_000 ? `${ecrire(String(Math.round(montant)))}\u00a0€` : `${ecrire(String(Math.round(montant / 1000)))}\u00a0k€`;
}

class Tableau {
  private glisse = false;
  private attente: string[] = [];
  private menu: HTMLElement | null = null;

  constructor(private readonly racine: HTMLElement) {
    this.preparerColonnes();
    racine.addEventListener("click", (e) => this.surClic(e), true);
    racine.addEventListener("keydown", (e) => this.surTouche(e));
    new MutationObserver((vus) => {
      if (vus.some((v) => [...v.removedNodes].some((n) => n instanceof Element && n.matches(".bd-suite, .bd-encore")))) this.dedoubler();
    }).observe(racine, { childList: true, subtree: true });
    document.addEventListener("amanela:fait", (e) => this.surFait((e as CustomEvent<Fait>).detail));
    this.preparerAffichage();
  }

  /** The columns; with swimlanes, the cells of the one that holds `carte`. */
  private colonnes(carte: Element | null = null): HTMLElement[] {
    return tous("[data-colonne]", carte?.closest<HTMLElement>("[data-couloir]:not([data-carte])") ?? this.racine);
  }

  private couloirDe(element: Element | null | undefined): string {
    return element?.closest<HTMLElement>("[data-couloir]:not([data-carte])")?.dataset["couloir"] ?? "";
  }

  /** Where a card is, in words. */
  private lieu(colonne: HTMLElement): string {
    const couloir = colonne.closest("[data-couloir]")?.getAttribute("aria-label");
    return `${colonne.getAttribute("aria-label") ?? ""}${couloir ? ` / ${couloir}` : ""}`;
  }

  private preparerColonnes(): void {
    const parAgence = this.racine.dataset["couloirs"] === "agence";
    for (const liste of tous("[data-cartes]", this.racine)) {
      let avant: Place | null = null;
      Sortable.create(liste, {
        group: parAgence ? `cartes-${this.couloirDe(liste)}` : "cartes", draggable: ".bd-carte", animation: 150, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4,
        delay: 180, delayOnTouchOnly: true, touchStartThreshold: 6, scrollSensitivity: 90, scrollSpeed: 14, bubbleScroll: true,
        ghostClass: "is-fantome", filter: ".bd-plus, .bd-encore", preventOnFilter: false,
        onStart: ({ item }) => {
          this.glisse = true;
          avant = { liste, suivant: item.nextElementSibling };
        },
        onMove: ({ to }) => {
          for (const c of this.colonnes()) c.classList.toggle("is-cible", c.contains(to));
        },
        onEnd: ({ item, from, to }) => {
          for (const c of this.colonnes()) c.classList.remove("is-cible");
          if (from === to && avant) from.insertBefore(item, avant.suivant);
          else if (avant) void this.deplacer(item, to, avant);
          setTimeout(() => this.finirGlisse(), 60);
          setTimeout(() => this.effacerStyles(), 500);
        },
      });
    }
  }

  /** The empty style attributes a drag leaves would be refused by the CSP when htmx copies the board. */
  private effacerStyles(): void {
    for (const element of tous('[style=""]', this.racine)) element.removeAttribute("style");
  }

  private finirGlisse(): void {
    this.glisse = false;
    for (const id of this.attente.splice(0)) void this.rafraichir(id);
  }

  /** Optimistic: the card is already there; a refusal brings it back. */
  private async deplacer(carte: HTMLElement, vers: HTMLElement, avant: Place, annulable = true): Promise<void> {
    const colonne = vers.closest<HTMLElement>("[data-colonne]");
    const origine = avant.liste.closest<HTMLElement>("[data-colonne]");
    if (!colonne || !origine) return;
    const [id, etatAvant] = [carte.dataset["carte"] ?? "", carte.dataset["etat"] || (this.etatsDe(origine)[0] ?? "")];
    const couloir = this.couloirDe(colonne);
    const change = couloir !== this.couloirDe(origine);
    const choisie = colonne.dataset["neMontre"];
    if (choisie && colonne.dataset["colonne"] !== origine.dataset["colonne"] && this.etatsDe(colonne).includes(etatAvant)) {
      avant.liste.insertBefore(carte, avant.suivant?.parentElement === avant.liste ? avant.suivant : null);
      toast({ texte: `«\u00a0${colonne.getAttribute("aria-label") ?? ""}\u00a0» ne montre que\u00a0: ${choisie}. Changez la demande pour qu’elle y vienne.`, ton: "danger" });
      return;
    }
    const etats = colonne.dataset["colonne"] === origine.dataset["colonne"] ? [etatAvant] : this.etatsDe(colonne);
    carte.classList.add("is-envoi");
    this.compter(origine, carte, -1);
    this.compter(colonne, carte, 1);
    const refus = await this.poster(carte, id, change ? { etats, couloir } : { etats });
    carte.classList.remove("is-envoi");
    if (refus !== null) {
      avant.liste.insertBefore(carte, avant.suivant?.parentElement === avant.liste ? avant.suivant : null);
      this.compter(colonne, carte, -1);
      this.compter(origine, carte, 1);
      if (refus) toast({ texte: refus, ton: "danger" });
      return;
    }
    this.annoncer(`${this.reference(carte)} : ${this.lieu(colonne)}`);
    if (!annulable) return;
    const annuler = (): void => {
      const presente = un(`[data-carte="${id}"]`, this.racine) ?? carte; // a live update may have replaced the card since
      const retour: Place = { liste: presente.parentElement ?? vers, suivant: presente.nextElementSibling };
      avant.liste.insertBefore(presente, avant.suivant?.parentElement === avant.liste ? avant.suivant : null);
      void this.deplacerVersEtat(presente, etatAvant, avant.liste, retour);
    };
    toast({ texte: `${this.reference(carte)} déplacée dans « ${this.lieu(colonne)} »`, annuler });
  }

  /** Undoing gives back the state the card had, even in a column of several states. */
  private async deplacerVersEtat(carte: HTMLElement, etat: string, vers: HTMLElement, retour: Place): Promise<void> {
    const colonne = vers.closest<HTMLElement>("[data-colonne]");
    const gardes = colonne?.dataset["etats"] ?? "";
    if (colonne) colonne.dataset["etats"] = etat;
    await this.deplacer(carte, vers, retour, false);
    if (colonne) colonne.dataset["etats"] = gardes;
  }

  private etatsDe(colonne: HTMLElement): string[] {
    return (colonne.dataset["etats"] ?? "").split(" ");
  }

  /** The sentence of the refusal, null when the server agreed, "" when it asks something first. */
  private async poster(carte: HTMLElement, id: string, depot: { etats: string[]; couloir?: string }): Promise<string | null> {
    try {
      const url = (this.racine.dataset["urlDeplacer"] ?? "").replace("{id}", id);
      const reponse = await envoyerJson(url, { ...depot, version: Number(carte.dataset["version"] ?? 0) });
      if (!reponse.ok) return phrase(await lireProbleme(reponse), reponse.status);
      const corps = (reponse.status === 204 ? {} : await reponse.json().catch(() => ({}))) as { version?: number; etat?: string; demander?: string };
      if (corps.demander) {
        void ouvrir("dialogue", corps.demander);
        return "";
      }
      carte.dataset["etat"] = corps.etat ?? depot.etats[0] ?? "";
      if (corps.version !== undefined) carte.dataset["version"] = String(corps.version);
      return null;
    } catch {
      return "Le serveur ne répond pas. La carte est revenue à sa place.";
    }
  }

  private compter(colonne: HTMLElement, carte: HTMLElement, sens: 1 | -1): void {
    for (const cle of [colonne.dataset["colonne"] ?? "", this.couloirDe(colonne)]) {
      const nombre = un(`[data-nombre-de="${cle}"]`, this.racine);
      if (nombre) nombre.textContent = String(Math.max(0, Number(nombre.textContent) + sens));
      const saut = un(`[data-saut="${cle}"] b`);
      if (saut && nombre) saut.textContent = nombre.textContent;
      const somme = un(`[data-somme-de="${cle}"]`, this.racine);
      if (!somme) continue;
      const total = Number(somme.dataset["somme"]) + sens * Number(carte.dataset["montant"] ?? 0);
      somme.dataset["somme"] = String(total);
      somme.textContent = keuros(total);
    }
  }

  private surClic(evenement: MouseEvent): void {
    const cible = evenement.target as Element;
    if (this.glisse) {
      evenement.preventDefault();
      evenement.stopPropagation();
      return;
    }
    const carte = cible.closest<HTMLElement>("[data-carte]");
    const bouton = cible.closest<HTMLElement>("[data-carte-menu]");
    if (bouton && carte) {
      evenement.preventDefault();
      evenement.stopPropagation();
      this.ouvrirMenu(bouton, carte);
    }
    const plier = cible.closest<HTMLElement>("[data-plier]");
    if (plier) this.plier(plier);
  }

  private ouvrirMenu(bouton: HTMLElement, carte: HTMLElement): void {
    this.menu?.remove();
    const menu = (this.menu = creer("div", "menu"));
    menu.popover = "auto";
    menu.setAttribute("role", "menu");
    menu.setAttribute("aria-label", `Déplacer ${this.reference(carte)}`);
    const ici = carte.closest("[data-colonne]");
    for (const colonne of this.colonnes(carte)) {
      const element = creer("button", "menu-element", "") as HTMLButtonElement;
      element.type = "button";
      element.setAttribute("role", "menuitem");
      element.append(un(".pastille", colonne)?.cloneNode() ?? "", creer("span", "", colonne.getAttribute("aria-label") ?? ""));
      if (colonne === ici) {
        element.append(icone("check", 14));
        element.disabled = true;
      }
      element.addEventListener("click", () => this.deplacerVers(carte, colonne));
      menu.append(element);
    }
    document.body.append(menu);
    menu.showPopover();
    placer(menu, bouton);
    un("button:enabled", menu)?.focus();
  }

  private deplacerVers(carte: HTMLElement, colonne: HTMLElement | undefined): void {
    const liste = colonne && un("[data-cartes]", colonne);
    const depuis = carte.parentElement;
    if (!liste || !depuis || liste === depuis) return;
    const avant: Place = { liste: depuis, suivant: carte.nextElementSibling };
    this.ranger(carte, liste);
    un(".bd-lien", carte)?.focus();
    carte.scrollIntoView({ block: "nearest", inline: "nearest" });
    void this.deplacer(carte, liste, avant);
  }

  private surTouche(evenement: KeyboardEvent): void {
    const carte = (evenement.target as Element).closest<HTMLElement>("[data-carte]");
    if (!carte) return;
    const colonnes = this.colonnes(carte);
    const ici = colonnes.findIndex((c) => c.contains(carte));
    const pas = { ArrowLeft: -1, ArrowRight: 1 }[evenement.key] ?? 0;
    const saut = { ArrowUp: -1, ArrowDown: 1 }[evenement.key] ?? 0;
    if (!pas && !saut) return;
    evenement.preventDefault();
    if (evenement.altKey) this.deplacerVers(carte, pas ? colonnes[ici + pas] : undefined);
    else if (saut) this.viser(tous(".bd-lien", colonnes[ici]), tous(".bd-carte", colonnes[ici]).indexOf(carte) + saut);
    else this.viser(tous(".bd-lien", colonnes[ici + pas] ?? document.createElement("i")), tous(".bd-carte", colonnes[ici]).indexOf(carte));
  }

  private viser(liens: HTMLElement[], rang: number): void {
    liens[Math.max(0, Math.min(rang, liens.length - 1))]?.focus();
  }

  private surFait(fait: Fait): void {
    if (!this.racine.isConnected || !fait.type.startsWith("demandes.")) return;
    const id = fait.demande_id ?? fait.cle;
    if (this.glisse) {
      if (!this.attente.includes(id)) this.attente.push(id);
    } else void this.rafraichir(id, fait.acteur);
  }

  /** Patches one card: replaced, moved, added or removed, never a whole column. */
  private async rafraichir(id: string, auteur = ""): Promise<void> {
    const url = (this.racine.dataset["urlCarte"] ?? "").replace("{id}", id);
    const reponse = await envoyer(url, { headers: { "HX-Request": "true", Accept: "text/html" } }).catch(() => null);
    if (!reponse || reponse.status >= 500) return;
    const html = reponse.ok && reponse.status !== 204 ? await reponse.text() : "";
    // looked up after the last wait: another refresh may have replaced the card meanwhile
    const ancienne = un(`[data-carte="${id}"]`, this.racine);
    const neuve = html ? un("[data-carte]", fragment(html)) : null;
    if (ancienne?.classList.contains("is-envoi")) return;
    if (ancienne && neuve && Number(neuve.dataset["version"]) < Number(ancienne.dataset["version"])) return;
    const avant = ancienne?.closest<HTMLElement>("[data-colonne]");
    const apres = neuve && this.colonneDe(neuve);
    if (ancienne && avant && avant !== apres) this.compter(avant, ancienne, -1);
    if (neuve && neuve.dataset["couloir"] && !apres) return void document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
    if (!neuve || !apres) return ancienne?.remove();
    this.poser(neuve, ancienne, avant, apres);
    if (avant !== apres && auteur) neuve.dataset["auteur"] = auteur;
    if (avant !== apres && auteur) this.annoncer(`${auteur} : ${this.reference(neuve)} dans ${this.lieu(apres)}`);
  }

  private poser(neuve: HTMLElement, ancienne: HTMLElement | null, avant: HTMLElement | null | undefined, apres: HTMLElement): void {
    const focus = ancienne?.contains(document.activeElement) ?? false;
    if (avant === apres && ancienne && ancienne.dataset["rang"] === neuve.dataset["rang"]) ancienne.replaceWith(neuve);
    else if (avant === apres && ancienne) {
      ancienne.remove();
      this.ranger(neuve, un("[data-cartes]", apres));
    }
    else {
      ancienne?.remove();
      this.ranger(neuve, un("[data-cartes]", apres));
      this.compter(apres, neuve, 1);
      neuve.classList.add("is-recue");
    }
    if (focus) un(".bd-lien", neuve)?.focus();
  }

  /** Where the order of the board puts it: before the first card that comes after it, else before what is not loaded yet. */
  private ranger(carte: HTMLElement, liste: HTMLElement | null): void {
    if (!liste) return;
    const rang = carte.dataset["rang"] ?? "";
    const suivante = tous(":scope > .bd-carte", liste).find((c) => c !== carte && (c.dataset["rang"] ?? "") > rang);
    liste.insertBefore(carte, suivante ?? un(":scope > .bd-suite, :scope > .bd-encore", liste));
  }

  /** The next cards came: the one that had arrived before them is there twice, the later one is in its place. */
  private dedoubler(): void {
    const vues = new Map<string, HTMLElement>();
    for (const carte of tous(".bd-carte[data-carte]", this.racine)) {
      const cle = carte.dataset["carte"] ?? "";
      if (this.glisse) return;
      vues.get(cle)?.remove();
      vues.set(cle, carte);
    }
  }

  /** The column the server said, in its swimlane. */
  private colonneDe(carte: HTMLElement): HTMLElement | null {
    const { dans, couloir = "" } = carte.dataset;
    return this.colonnes().find((c) => this.couloirDe(c) === couloir && c.dataset["colonne"] === dans) ?? null;
  }

  private plier(bouton: HTMLElement): void {
    const bloc = bouton.closest<HTMLElement>("[data-colonne], [data-couloir]");
    const plie = bloc?.classList.toggle("is-pliee") ?? false;
    bouton.setAttribute("aria-expanded", String(!plie));
    localStorage.setItem(PLIEES, tous(".is-pliee", this.racine).map((b) => this.cleDe(b)).join(" "));
  }

  private cleDe(bloc: HTMLElement): string {
    return bloc.dataset["couloir"] ?? bloc.dataset["colonne"] ?? "";
  }

  /** Folded columns and swimlanes, and compact mode, are remembered on this machine. */
  private preparerAffichage(): void {
    const plies = (localStorage.getItem(PLIEES) ?? "").split(" ");
    for (const bouton of tous("[data-plier]", this.racine)) {
      const bloc = bouton.closest<HTMLElement>("[data-colonne], [data-couloir]");
      if (!bloc || !plies.includes(this.cleDe(bloc))) continue;
      bloc.classList.add("is-pliee");
      bouton.setAttribute("aria-expanded", "false");
    }
    this.racine.classList.toggle("bd-compact", localStorage.getItem(COMPACT) === "1");
    document.addEventListener("click", (evenement) => {
      if (!this.racine.isConnected || !(evenement.target as Element).closest("[data-compact]")) return;
      localStorage.setItem(COMPACT, this.racine.classList.toggle("bd-compact") ? "1" : "0");
    });
    for (const lien of tous("[data-saut]")) {
      lien.addEventListener("click", (evenement) => {
        evenement.preventDefault();
        un(`#col-${lien.dataset["saut"] ?? ""}`)?.scrollIntoView({ behavior: "smooth", inline: "start", block: "nearest" });
      });
    }
    this.suivreColonne();
  }

  /** On a phone the tab of the visible column is lit. */
  private suivreColonne(): void {
    const observateur = new IntersectionObserver((entrees) => {
      for (const { isIntersecting, target } of entrees) {
        if (!isIntersecting) continue;
        const visee = (target as HTMLElement).dataset["colonne"];
        for (const lien of tous("[data-saut]")) lien.toggleAttribute("aria-current", lien.dataset["saut"] === visee);
      }
    }, { root: this.racine, threshold: 0.6 });
    for (const colonne of this.colonnes()) observateur.observe(colonne);
  }

  private reference(carte: HTMLElement): string {
    return un(".bd-ref", carte)?.textContent ?? "La carte";
  }

  private annoncer(texte: string): void {
    const zone = un("[data-tableau-annonce]");
    if (zone) zone.textContent = texte;
    else annoncer(texte);
  }
}

monter("[data-tableau]", (element) => void new Tableau(element));
