// Autosave of an editor: visible state, one request at a time, versions; typing is never thrown away.
import { ecrireTexte, lienIcone, un } from "./dom";
import { confirmer } from "./fenetres";
import { envoyerJson, lireProbleme, phrase } from "./requete";
import { toast } from "./toasts";

export interface Contenu {
  version: number;
  lignes: { id: string; numero: string; prix_ht: string | null; alerte: boolean; est_retenue: boolean; produits: Record<string, unknown>[] }[];
}
const DELAI = 700;
const REESSAIS = [5, 10, 30, 60]; // seconds
const ICONES = { fait: "cloud-check", encours: "cloud", attente: "cloud", erreur: "cloud-alert" } as const;
type Etat = keyof typeof ICONES;
export interface Editeur {
  saisie(): Record<string, unknown>[];
  recevoir(contenu: Contenu, enSaisie: boolean): void;
  /** Joins what somebody else saved; false when it cannot. */
  reprendre(): Promise<boolean>;
  /** Takes what `auteur` saved while nothing waits here; what to say of it, null when it cannot. */
  suivre(auteur: string): Promise<string | null>;
  /** What cannot be saved as it is written; "" when everything can. */
  reserve(): string;
}

export class Enregistreur {
  private minuterie = 0;
  private enCours: Promise<void> | null = null;
  private aFaire = false;
  private devance = false;
  private annonce = false; // what was saved is still to be told
  private essais = 0;
  private dernierRefus = "";
  private zone: HTMLElement | null = null;

  constructor(private readonly racine: HTMLElement, private readonly editeur: Editeur) {
    addEventListener("beforeunload", (evenement) => {
      if (this.aFaire || this.enCours || this.editeur.reserve()) evenement.preventDefault();
    });
    addEventListener("online", () => this.aFaire && void this.vider());
    document.addEventListener("click", (evenement) => this.devancer(evenement), true);
  }

  /** What is clicked around the editor acts on what is saved: the last words typed are saved first, then the click is done again. */
  private devancer(evenement: MouseEvent): void {
    const geste = (evenement.target as Element).closest<HTMLElement>("a[href], [hx-post], [type=submit]");
    if (!geste || this.racine.contains(geste) || !(this.aFaire || this.enCours) || this.devance) return;
    if (evenement.button !== 0 || evenement.ctrlKey || evenement.metaKey || evenement.shiftKey) return;
    evenement.preventDefault();
    evenement.stopImmediatePropagation();
    void this.vider().then(() => {
      if (this.aFaire && !geste.matches("a:not([data-dialogue])")) return; // refused, and said; whoever leaves is asked by the browser
      this.devance = true;
      geste.click();
      this.devance = false;
    });
  }

  /** Something was typed. */
  noter(): void {
    this.aFaire = true;
    this.dire("attente", "Modifié");
    clearTimeout(this.minuterie);
    this.minuterie = window.setTimeout(() => void this.vider(), DELAI);
  }

  accepter(contenu: Contenu): void {
    this.racine.dataset["version"] = String(contenu.version);
    this.editeur.recevoir(contenu, this.aFaire);
  }

  /** Saves now what waits, and waits for the end. */
  async vider(): Promise<void> {
    clearTimeout(this.minuterie);
    while (this.enCours) await this.enCours;
    if (!this.aFaire) return;
    this.aFaire = false;
    this.enCours = this.envoyer().finally(() => (this.enCours = null));
    await this.enCours;
  }

  /** Something typed here is not on the server yet. */
  get attend(): boolean {
    return this.aFaire;
  }

  /** Somebody else saved `version`: what waits here leaves at once and joins it; when nothing waits, theirs is shown. */
  async rejoindre(version: number, auteur: string): Promise<boolean> {
    while (this.enCours) await this.enCours;
    if (version <= Number(this.racine.dataset["version"])) return true;
    if (this.aFaire) return this.vider().then(() => true);
    let dit: string | null = null;
    this.enCours = this.editeur.suivre(auteur).then((phrase) => void (dit = phrase)).finally(() => (this.enCours = null));
    await this.enCours;
    if (dit === null) return false;
    if (!this.aFaire) this.dire("fait", dit);
    if (!this.annonce) this.annoncer();
    return true;
  }

  private async envoyer(): Promise<void> {
    this.dire("encours", "Enregistrement…");
    const headers = { "If-Match": this.racine.dataset["version"] ?? "" };
    try {
      const reponse = await envoyerJson(this.racine.dataset["url"] ?? "", { lignes: this.editeur.saisie() }, { method: "PUT", headers });
      if (reponse.ok) return this.reussir((await reponse.json()) as Contenu);
      const probleme = await lireProbleme(reponse);
      this.aFaire = true; // nothing refused is forgotten
      if (probleme?.code === "version_perimee") return void (await this.conflit(phrase(probleme, reponse.status)));
      if (reponse.status >= 500 || reponse.status === 429) return this.reessayer("Non enregistré");
      this.refuser(phrase(probleme, reponse.status));
    } catch {
      this.reessayer("Hors connexion");
    }
  }

  private reussir(contenu: Contenu): void {
    [this.essais, this.dernierRefus] = [0, ""];
    this.accepter(contenu);
    if (this.aFaire) return;
    const heure = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" }).format(new Date());
    const reserve = this.editeur.reserve();
    this.dire(reserve ? "erreur" : "fait", reserve || `Enregistré à ${heure}`);
    if (!this.annonce) this.annoncer();
  }

  /** What stands around the editor is read again once nobody types in it: nothing moves under the hands. */
  private annoncer(): void {
    this.annonce = this.racine.contains(document.activeElement);
    if (this.annonce) this.racine.addEventListener("focusout", () => setTimeout(() => this.annoncer()), { once: true });
    else document.body.dispatchEvent(new CustomEvent("amanela:enregistre"));
  }

  /** Asking again would be refused again: the person corrects what is typed, and leaving without it is warned of. */
  private refuser(message: string): void {
    this.dire("erreur", "Non enregistré");
    if (message !== this.dernierRefus) toast({ texte: `Non enregistré. ${message}`, ton: "danger" });
    this.dernierRefus = message;
  }

  /** The server, or the way to it, may come back: asked again, less and less often. */
  private reessayer(raison: string): void {
    this.aFaire = true;
    const secondes = REESSAIS[Math.min(this.essais++, REESSAIS.length - 1)] ?? 60;
    this.dire("erreur", `${raison} : nouvel essai dans ${secondes} s`);
    clearTimeout(this.minuterie);
    this.minuterie = window.setTimeout(() => void this.vider(), secondes * 1000);
  }

  /** Someone else saved: both are joined, or the person chooses; nothing is discarded silently. */
  async conflit(message: string): Promise<boolean> {
    this.dire("erreur", "Modifié par quelqu’un d’autre");
    if (await this.editeur.reprendre()) {
      toast({ texte: "Les changements enregistrés entre-temps ont rejoint les vôtres." });
      this.noter();
      return true;
    }
    const relire = await confirmer({ titre: "Cette proposition a changé entre-temps", effet: `${message} Votre saisie reste à l’écran tant que vous n’actualisez pas.`, action: "Actualiser la page" });
    if (relire) {
      this.aFaire = false;
      location.reload();
    }
    return false;
  }

  private dire(etat: Etat, texte: string): void {
    const zone = this.zone?.isConnected ? this.zone : (this.zone = un("[data-enregistrement]"));
    if (!zone || (zone.classList.contains(`is-${etat}`) && zone.textContent === texte)) return;
    // in place: a node added anywhere makes the browser look again at every rule that depends on what an element contains
    zone.className = `enregistrement is-${etat}`;
    un("use", zone)?.setAttribute("href", lienIcone(ICONES[etat]));
    const phrase = un("span", zone);
    if (phrase) ecrireTexte(phrase, texte);
  }
}
