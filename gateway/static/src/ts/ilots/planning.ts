// Island of the planning (macros pl_*). What the server must answer:
//   POST data-url JSON {"intervention": id, "de": case|null, ...case}, a case being {"personne": id|null, "equipe": id|null,
//        "jour": "AAAA-MM-JJ"|null, "demi": "matin|apres_midi"|null} (nulls: back to the list « À planifier »)
//        -> 200 {"annuler": what to POST to data-remettre to undo, or null, "conflits": [what is wrong there, in words]}, or problem+json which brings the block back.
// After each success the page is refreshed (amanela:rafraichir) so that conflicts show; facts of demandes do the same.
import Sortable from "sortablejs";
import { creer, monter, tous, un } from "../noyau/dom";
import type { Fait } from "../noyau/direct";
import { envoyerJson, lireProbleme, phrase, signaler, signalerCoupure } from "../noyau/requete";
import { toast } from "../noyau/toasts";

interface Case {
  personne: string | null;
  equipe: string | null;
  jour: string | null;
  demi: string | null;
}
const NULLE_PART: Case = { personne: null, equipe: null, jour: null, demi: null };
const RANGEE = "[data-personne], [data-equipe]";
const NOM = ".personne > span:last-child";

class Planning {
  private glisse = false;
  private aRelire = false;

  constructor(private readonly racine: HTMLElement) {
    const listes = [...tous("[data-cases]", racine), ...tous("[data-attentes]")];
    for (const liste of listes) this.rendreGlissable(liste);
    document.addEventListener("click", (e) => this.surClic(e));
    document.addEventListener("keydown", (e) => this.surTouche(e));
    document.addEventListener("amanela:fait", (e) => this.surFait((e as CustomEvent<Fait>).detail));
  }

  private rendreGlissable(liste: HTMLElement): void {
    let suivant: Element | null = null;
    let de = NULLE_PART;
    Sortable.create(liste, {
      group: "interventions", draggable: "[data-intervention]", animation: 130, forceFallback: true, fallbackOnBody: true, fallbackTolerance: 4,
      delay: 180, delayOnTouchOnly: true, scrollSensitivity: 90, ghostClass: "is-fantome", filter: "[data-planifier]", preventOnFilter: false,
      onStart: (evenement) => {
        const { item, from } = evenement;
        this.glisse = true;
        this.racine.classList.add("is-deplacee");
        suivant = item.nextElementSibling;
        de = this.caseDe(this.celluleTenue(item, (evenement as unknown as { originalEvent: PointerEvent }).originalEvent) ?? from);
      },
      onMove: ({ to }) => {
        for (const c of tous(".pl-case.is-cible")) c.classList.remove("is-cible");
        to.closest(".pl-case")?.classList.add("is-cible");
      },
      onEnd: ({ item, from, to }) => {
        for (const c of tous(".pl-case.is-cible")) c.classList.remove("is-cible");
        this.racine.classList.remove("is-deplacee");
        if (from !== to) void this.planifier(item, this.caseDe(to), () => from.insertBefore(item, suivant), de);
        setTimeout(() => this.finir(), 60);
      },
    });
  }

  /** The half-day by which a bar of several is held. */
  private celluleTenue(bloc: HTMLElement, { clientX }: PointerEvent): Element | null {
    const premiere = bloc.closest<HTMLTableCellElement>(".pl-case");
    if (!premiere) return null;
    const cellules = [...(premiere.parentElement as HTMLTableRowElement).cells].slice(premiere.cellIndex, premiere.cellIndex + Number(bloc.dataset["demis"] ?? 1));
    return cellules.findLast((c) => clientX >= c.getBoundingClientRect().left) ?? premiere;
  }

  private finir(): void {
    this.glisse = false;
    if (this.aRelire) this.relire();
  }

  private caseDe(liste: Element): Case {
    const cellule = liste.closest<HTMLElement>("[data-jour]");
    const ligne = liste.closest<HTMLElement>(RANGEE);
    if (!cellule || !ligne) return NULLE_PART;
    return { personne: ligne.dataset["personne"] ?? null, equipe: ligne.dataset["equipe"] ?? null, jour: cellule.dataset["jour"] ?? null, demi: cellule.dataset["demi"] ?? null };
  }

  private async planifier(bloc: HTMLElement, vers: Case, remettre: () => void, de: Case): Promise<void> {
    const intervention = bloc.dataset["intervention"] ?? "";
    const titre = (un("strong", bloc) ?? un("a", bloc))?.textContent?.trim() ?? "";
    let [annuler, conflits]: [unknown, string[]] = [null, []];
    try {
      const reponse = await envoyerJson(this.racine.dataset["url"] ?? "", { intervention, de: de.jour ? de : null, ...vers });
      if (!reponse.ok) {
        remettre();
        toast({ texte: phrase(await lireProbleme(reponse), reponse.status), ton: "danger" });
        return reponse.status === 409 ? this.relire() : undefined;
      }
      if (reponse.status === 200) ({ annuler, conflits } = (await reponse.json()) as { annuler: unknown; conflits: string[] });
    } catch {
      remettre();
      return toast({ texte: "Le serveur ne répond pas. L’intervention est revenue à sa place.", ton: "danger" });
    }
    const texte = [`${titre} : ${this.nommer(vers)}`, ...conflits].join(" · ");
    const annonce = un("[data-planning-annonce]");
    if (annonce) annonce.textContent = texte;
    toast({ texte, ton: conflits.length ? "info" : undefined, annuler: annuler ? () => void this.defaire(annuler) : undefined });
    this.relire();
  }

  private async defaire(annuler: unknown): Promise<void> {
    try {
      const reponse = await envoyerJson(this.racine.dataset["remettre"] ?? "", annuler);
      if (!reponse.ok) return await signaler(reponse);
      toast({ texte: "Annulé" });
      this.relire();
    } catch {
      signalerCoupure();
    }
  }

  private nommer(c: Case): string {
    if (!c.jour) return "à planifier";
    const rangee = c.personne ? `[data-personne="${c.personne}"]` : `[data-equipe="${c.equipe ?? ""}"]`;
    const nom = un(`${rangee} ${NOM}`, this.racine)?.firstChild?.textContent?.trim() ?? "";
    const jour = new Intl.DateTimeFormat("fr-FR", { weekday: "short", day: "numeric", month: "short" }).format(new Date(`${c.jour ?? ""}T12:00`));
    return `${nom}, ${jour} ${c.demi === "matin" ? "matin" : "après-midi"}`;
  }

  private relire(): void {
    this.aRelire = this.glisse;
    if (!this.glisse) document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
  }

  private surFait(fait: Fait): void {
    if (this.racine.isConnected && /^demandes\.(intervention|temps)/.test(fait.type)) this.relire();
  }

  private surClic(evenement: MouseEvent): void {
    if (!this.racine.isConnected) return;
    const bloc = (evenement.target as Element).closest<HTMLElement>("[data-intervention]");
    if (bloc && this.glisse) {
      evenement.preventDefault();
      evenement.stopImmediatePropagation();
    } else if (bloc && (evenement.target as Element).closest("[data-planifier]")) {
      evenement.preventDefault();
      this.demander(bloc);
    }
  }

  /** Alt+arrows: the half-day before or after (the day, for a job of several), the person above or below. */
  private surTouche(evenement: KeyboardEvent): void {
    const bloc = (evenement.target as Element).closest?.<HTMLElement>("[data-cases] [data-intervention]");
    const cellule = bloc?.closest<HTMLTableCellElement>(".pl-case");
    if (!bloc || !cellule || !evenement.altKey || !evenement.key.startsWith("Arrow")) return;
    evenement.preventDefault();
    const ligne = cellule.parentElement as HTMLTableRowElement;
    const rangee = evenement.key === "ArrowUp" ? ligne.previousElementSibling : evenement.key === "ArrowDown" ? ligne.nextElementSibling : ligne;
    const pas = bloc.dataset["demis"] ? 2 : 1;
    const decalage = { ArrowLeft: -pas, ArrowRight: pas }[evenement.key] ?? 0;
    const liste = un("[data-cases]", (rangee as HTMLTableRowElement | null)?.cells[cellule.cellIndex + decalage] ?? document.createElement("i"));
    const depuis = bloc.parentElement as HTMLElement;
    if (!liste) return;
    const avant = this.caseDe(depuis);
    liste.append(bloc);
    un("a", bloc)?.focus();
    void this.planifier(bloc, this.caseDe(liste), () => depuis.append(bloc), avant);
  }

  /** « Planifier… »: person, day and half-day chosen without a mouse. */
  private demander(bloc: HTMLElement): void {
    const dialogue = document.createElement("dialog");
    dialogue.className = "dialogue dialogue-etroit";
    dialogue.setAttribute("aria-label", "Planifier");
    const ici = this.caseDe(bloc);
    const rangees = tous(RANGEE, this.racine).map((l) => [l.dataset["personne"] ?? `equipe ${l.dataset["equipe"] ?? ""}`, un(NOM, l)?.firstChild?.textContent?.trim() ?? ""] as const);
    const jours = [...new Set(tous("[data-jour]", this.racine).map((c) => c.dataset["jour"] ?? ""))];
    const formulaire = creer("form", "formulaire dialogue-corps") as HTMLFormElement;
    formulaire.append(
      creer("h2", "", (un("strong", bloc) ?? un("a", bloc))?.textContent?.trim() ?? "Planifier"),
      this.liste("rangee", "Personne ou équipe", rangees, ici.equipe ? `equipe ${ici.equipe}` : ici.personne),
      this.liste("jour", "Jour", jours.map((j) => [j, new Intl.DateTimeFormat("fr-FR", { weekday: "long", day: "numeric", month: "long" }).format(new Date(`${j}T12:00`))]), ici.jour),
      this.liste("demi", "Moment", [["matin", "Matin"], ["apres_midi", "Après-midi"]], ici.demi),
      this.actions(dialogue, bloc, ici),
    );
    formulaire.addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      const choix = new FormData(formulaire);
      const [qui, equipe] = [String(choix.get("rangee")), /^equipe (.*)$/.exec(String(choix.get("rangee")))?.[1] ?? null];
      const vers = { personne: equipe ? null : qui, equipe, jour: String(choix.get("jour")), demi: String(choix.get("demi")) };
      dialogue.close();
      void this.planifier(bloc, vers, () => undefined, ici);
    });
    dialogue.append(formulaire);
    dialogue.addEventListener("close", () => dialogue.remove());
    document.body.append(dialogue);
    dialogue.showModal();
  }

  private liste(nom: string, libelle: string, options: readonly (readonly [string, string])[], valeur: string | null): HTMLElement {
    const champ = creer("div", "champ");
    const etiquette = creer("label", "", libelle) as HTMLLabelElement;
    const choix = document.createElement("select");
    choix.id = etiquette.htmlFor = `pl-${nom}`;
    choix.name = nom;
    for (const [cle, texte] of options) choix.append(new Option(texte, cle, false, cle === valeur));
    champ.append(etiquette, choix);
    return champ;
  }

  private actions(dialogue: HTMLDialogElement, bloc: HTMLElement, ici: Case): HTMLElement {
    const zone = creer("div", "formulaire-actions");
    if (ici.jour) {
      const retirer = creer("button", "btn btn-secondaire", "Retirer du planning") as HTMLButtonElement;
      retirer.type = "button";
      retirer.addEventListener("click", () => {
        dialogue.close();
        void this.planifier(bloc, NULLE_PART, () => undefined, ici);
      });
      zone.append(retirer);
    }
    zone.append(creer("button", "btn btn-primaire", "Planifier"));
    return zone;
  }
}

monter("[data-planning]", (element) => void new Planning(element));
