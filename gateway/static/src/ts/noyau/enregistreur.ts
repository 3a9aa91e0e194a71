// Autosave of an editor: visible state, one request at a time, versions; typing is never thrown away.
import { creer, icone, un } from "./dom";
import { confirmer } from "./fenetres";
import { envoyerJson, lireProbleme, phrase } from "./requete";
import { toast } from "./toasts";

export interface Contenu {
  version: number;
  lignes: { id: string; numero: string; alerte: boolean; produits: Record<string, unknown>[] }[];
}
const DELAI = 700;
const ICONES = { fait: "cloud-check", encours: "cloud", attente: "cloud", erreur: "cloud-alert" } as const;
type Etat = keyof typeof ICONES;

export class Enregistreur {
  private minuterie = 0;
  private enCours: Promise<void> | null = null;
  private aFaire = false;
  private marque = 0;
  private reussites = 0;

  constructor(private readonly racine: HTMLElement, private readonly saisie: () => Record<string, unknown>[], private readonly recevoir: (contenu: Contenu) => void) {
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

  marquer(): void {
    this.marque = this.reussites;
  }

  aEnregistreDepuis(): boolean {
    return this.reussites > this.marque || this.enCours !== null;
  }

  accepter(contenu: Contenu): void {
    this.racine.dataset["version"] = String(contenu.version);
    this.recevoir(contenu);
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
      if (reponse.status === 409 || reponse.status === 412) return await this.conflit(phrase(probleme, reponse.status));
      this.echouer(phrase(probleme, reponse.status));
    } catch {
      this.aFaire = true;
      this.dire("erreur", "Hors connexion : nouvel essai bientôt");
      this.minuterie = window.setTimeout(() => void this.vider(), 5000);
    }
  }

  private reussir(contenu: Contenu): void {
    this.reussites += 1;
    if (!this.aFaire) this.accepter(contenu);
    else this.racine.dataset["version"] = String(contenu.version);
    const heure = new Intl.DateTimeFormat("fr-FR", { hour: "2-digit", minute: "2-digit" }).format(new Date());
    if (!this.aFaire) this.dire("fait", `Enregistré à ${heure}`);
  }

  private echouer(message: string): void {
    this.dire("erreur", "Non enregistré");
    toast({ texte: message, ton: "danger" });
  }

  /** Someone else saved: the person chooses, nothing is discarded silently. */
  private async conflit(message: string): Promise<void> {
    this.dire("erreur", "Modifié par quelqu’un d’autre");
    const relire = await confirmer({ titre: "Cette proposition a changé entre-temps", effet: `${message} Votre saisie reste à l’écran tant que vous n’actualisez pas.`, action: "Actualiser la page" });
    if (relire) location.reload();
  }

  private dire(etat: Etat, texte: string): void {
    const zone = un("[data-enregistrement]");
    if (!zone) return;
    zone.className = `enregistrement is-${etat}`;
    zone.replaceChildren(icone(ICONES[etat]), creer("span", "", texte));
  }
}
