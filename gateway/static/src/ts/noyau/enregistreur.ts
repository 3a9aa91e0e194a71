// Autosave of an editor: visible state, one request at a time, versions; typing is never thrown away.
import { ecrireTexte, lienIcone, un } from "./dom";
import { confirmer } from "./fenetres";
import { envoyerJson, lireProbleme, phrase } from "./requete";
import { toast } from "./toasts";

export interface Contenu {
  version: number;
  lignes: { id: string; numero: string; alerte: boolean; est_retenue: boolean; produits: Record<string, unknown>[] }[];
}
const DELAI = 700;
const ICONES = { fait: "cloud-check", encours: "cloud", attente: "cloud", erreur: "cloud-alert" } as const;
type Etat = keyof typeof ICONES;

export class Enregistreur {
  private minuterie = 0;
  private enCours: Promise<void> | null = null;
  private aFaire = false;
  private zone: HTMLElement | null = null;

  constructor(private readonly racine: HTMLElement, private readonly saisie: () => Record<string, unknown>[], private readonly recevoir: (contenu: Contenu, enSaisie: boolean) => void, private readonly reprendre: () => Promise<boolean>) {
    addEventListener("beforeunload", (evenement) => {
      if (this.aFaire || this.enCours) evenement.preventDefault();
    });
    addEventListener("online", () => this.aFaire && void this.vider());
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
    this.recevoir(contenu, this.aFaire);
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

  private async envoyer(): Promise<void> {
    this.dire("encours", "Enregistrement…");
    const headers = { "If-Match": this.racine.dataset["version"] ?? "" };
    try {
      const reponse = await envoyerJson(this.racine.dataset["url"] ?? "", { lignes: this.saisie() }, { method: "PUT", headers });
      if (reponse.ok) return this.reussir((await reponse.json()) as Contenu);
      const probleme = await lireProbleme(reponse);
      if (probleme?.code === "version_perimee") return void (await this.conflit(phrase(probleme, reponse.status)));
      this.echouer(phrase(probleme, reponse.status));
    } catch {
      this.aFaire = true;
      this.dire("erreur", "Hors connexion : nouvel essai bientôt");
      this.minuterie = window.setTimeout(() => void this.vider(), 5000);
    }
  }

  private reussir(contenu: Contenu): void {
    this.accepter(contenu);
    const heure = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" }).format(new Date());
    if (!this.aFaire) this.dire("fait", `Enregistré à ${heure}`);
  }

  private echouer(message: string): void {
    this.dire("erreur", "Non enregistré");
    toast({ texte: message, ton: "danger" });
  }

  /** Someone else saved: both are joined, or the person chooses; nothing is discarded silently. */
  async conflit(message: string): Promise<boolean> {
    this.dire("erreur", "Modifié par quelqu’un d’autre");
    if (await this.reprendre()) {
      toast({ texte: "Les changements enregistrés entre-temps ont rejoint les vôtres." });
      this.noter();
      return true;
    }
    const relire = await confirmer({ titre: "Cette proposition a changé entre-temps", effet: `${message} Votre saisie reste à l’écran tant que vous n’actualisez pas.`, action: "Actualiser la page" });
    if (relire) location.reload();
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
