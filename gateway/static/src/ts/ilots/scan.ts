// Island of the scan field (macro scan). What the server must answer:
//   POST data-url JSON {"code": "…"} -> {"resultat": "attendu|en_trop|inconnu", "libelle": "…", "detail"?: "…", "annuler"?: URL, "lien"?: URL opened at once,
//     "destination"?: {"texte": "Palette A3 : Mairie de Lyon (2/5)", "feuille_id": "…" or null for the stock}}
//   POST annuler -> any 2xx; the line is struck out.
// The page is told by the event `amanela:scan` (bubbling, detail = the answer); with data-suit it is refreshed live.
import { creer, enSaisie, icone, monter, tous, un } from "../noyau/dom";
import { lireCodes } from "../noyau/camera";
import { envoyer, envoyerJson, lireProbleme, phrase, signaler } from "../noyau/requete";

type Resultat = "attendu" | "en_trop" | "inconnu";
interface Reponse {
  resultat: Resultat;
  libelle: string;
  detail?: string;
  annuler?: string;
  lien?: string;
  destination?: { texte: string; feuille_id: string | null } | null;
}
const MOTS: Record<Resultat, string> = { attendu: "Attendu", en_trop: "En trop", inconnu: "Inconnu" };
const ICONES: Record<Resultat, string> = { attendu: "circle-check", en_trop: "triangle-alert", inconnu: "circle-alert" };
const SONS: Record<Resultat, number[]> = { attendu: [1320], en_trop: [620, 620], inconnu: [240, 190] };
const SON_PROJET = [1320, 1760]; // a project waits for it: two notes going up
const TEINTES = ["turquoise", "violet", "bleu", "orange", "rose", "cyan", "ambre", "vert"];
const AZERTY = "à&é\"'(-è_ç";

/** Labels hold an HTTPS address: keep its last part. Digits typed by a scanner set for QWERTY come as AZERTY symbols. */
export function nettoyer(brut: string): string {
  const code = brut.trim();
  if (/^https?:\/\//i.test(code)) return decodeURIComponent(new URL(code).pathname.split("/").filter(Boolean).at(-1) ?? code);
  const symboles = [...code];
  if (symboles.length > 3 && symboles.every((c) => AZERTY.includes(c))) return symboles.map((c) => AZERTY.indexOf(c)).join("");
  return code;
}

/** Each project keeps its colour during the whole reception: the eye sorts before reading. */
function teinte(feuille: string): string {
  let somme = 0;
  for (const lettre of feuille) somme = (somme * 31 + lettre.charCodeAt(0)) % 65521;
  return `t-${TEINTES[somme % TEINTES.length]}`;
}

let audio: AudioContext | null = null;
function sonner(resultat: Resultat, frequences: number[]): void {
  audio ??= new AudioContext();
  const sortie = audio;
  frequences.forEach((frequence, rang) => {
    const [son, volume] = [sortie.createOscillator(), sortie.createGain()];
    const debut = sortie.currentTime + rang * 0.16;
    son.type = resultat === "attendu" ? "sine" : "square";
    son.frequency.value = frequence;
    volume.gain.setValueAtTime(0.12, debut);
    volume.gain.exponentialRampToValueAtTime(0.001, debut + 0.13);
    son.connect(volume).connect(sortie.destination);
    son.start(debut);
    son.stop(debut + 0.14);
  });
}

class Scan {
  private readonly champ: HTMLInputElement;
  private file: Promise<void> = Promise.resolve();
  private arreter: (() => void) | null = null;

  constructor(private readonly racine: HTMLElement) {
    this.champ = un<HTMLInputElement>("[data-scan-champ]", racine) as HTMLInputElement;
    un("form", racine)?.addEventListener("submit", (evenement) => {
      evenement.preventDefault();
      this.lire(this.champ.value);
      this.champ.value = "";
    });
    un("[data-scan-camera]", racine)?.addEventListener("click", () => void this.basculerCamera());
    for (const bouton of tous<HTMLButtonElement>("[data-scan-annuler]", racine)) {
      bouton.addEventListener("click", () => this.annuler(bouton, bouton.dataset["scanAnnuler"] ?? "", bouton.closest("li")));
    }
    this.champ.focus();
    document.addEventListener("focusout", () => setTimeout(() => this.reprendre(), 120));
    document.addEventListener("close", () => this.reprendre(), true);
  }

  /** The field takes the focus back unless someone types or reads elsewhere. */
  private reprendre(): void {
    const ailleurs = document.activeElement && document.activeElement !== document.body;
    if (!this.racine.isConnected || un("dialog:modal") || enSaisie() || (ailleurs && matchMedia("(pointer: coarse)").matches)) return;
    if (!ailleurs) this.champ.focus({ preventScroll: true });
  }

  /** Codes are handled one after another: a fast scanner loses none. */
  private lire(brut: string): void {
    const code = nettoyer(brut);
    if (code) this.file = this.file.then(() => this.envoyer(code, brut.trim()));
  }

  private async envoyer(code: string, brut: string): Promise<void> {
    this.echo(null, "Lecture…", code);
    try {
      const reponse = await envoyerJson(this.racine.dataset["url"] ?? "", { code });
      if (reponse.ok) this.noter(code, brut, (await reponse.json()) as Reponse);
      else this.noter(code, brut, { resultat: "inconnu", libelle: phrase(await lireProbleme(reponse), reponse.status) });
    } catch {
      this.noter(code, brut, { resultat: "inconnu", libelle: "Le serveur ne répond pas : rien n’est enregistré." });
    }
  }

  private echo(resultat: Resultat | null, mot: string, texte: string): void {
    const zone = un("[data-scan-echo]", this.racine);
    if (!zone) return;
    zone.dataset["resultat"] = resultat ?? "";
    zone.replaceChildren(creer("span", "scan-mot", mot), creer("span", "scan-code", texte));
  }

  /** Where the unit goes, in large: the zone, the project, how many of how many. */
  private diriger(texte: string, feuille: string | null): void {
    un("[data-scan-echo]", this.racine)?.prepend(creer("span", `scan-destination ${feuille ? teinte(feuille) : "t-ardoise"}`, texte));
  }

  private noter(code: string, brut: string, reponse: Reponse): void {
    const { resultat, libelle, detail, destination } = reponse;
    sonner(resultat, destination?.feuille_id ? SON_PROJET : SONS[resultat]);
    navigator.vibrate?.(resultat === "attendu" ? 40 : [80, 60, 80]);
    this.echo(resultat, MOTS[resultat], [code, libelle, detail].filter(Boolean).join(" · "));
    if (destination) this.diriger(destination.texte, destination.feuille_id);
    const ligne = creer("li", `is-${resultat}`);
    const texte = creer("span");
    texte.append(creer("b", "", libelle || code), creer("small", "", [code, brut === code ? "" : `lu « ${brut} »`, detail].filter(Boolean).join(" · ")));
    const mot = creer("span", `etq etq-${{ attendu: "succes", en_trop: "alerte", inconnu: "danger" }[resultat]}`, MOTS[resultat]);
    mot.prepend(icone(ICONES[resultat], 12));
    ligne.append(texte, mot);
    if (reponse.annuler) ligne.append(this.boutonAnnuler(reponse.annuler, ligne));
    un("[data-scan-liste]", this.racine)?.prepend(ligne);
    this.racine.dispatchEvent(new CustomEvent("amanela:scan", { bubbles: true, detail: reponse }));
    if (reponse.lien) location.assign(reponse.lien);
  }

  private boutonAnnuler(url: string, ligne: HTMLElement): HTMLElement {
    const bouton = creer("button", "btn btn-discret btn-compact", "Annuler") as HTMLButtonElement;
    bouton.type = "button";
    bouton.addEventListener("click", () => this.annuler(bouton, url, ligne));
    return bouton;
  }

  private annuler(bouton: HTMLButtonElement, url: string, ligne: HTMLElement | null): void {
    bouton.disabled = true;
    void envoyer(url, { method: "POST", headers: { Accept: "application/json" } }).then(async (reponse) => {
      if (reponse.ok) {
        ligne?.remove();
        this.racine.dispatchEvent(new CustomEvent("amanela:scan", { bubbles: true, detail: null }));
      } else {
        bouton.disabled = false;
        await signaler(reponse);
      }
      this.champ.focus();
    });
  }

  private async basculerCamera(): Promise<void> {
    const video = un<HTMLVideoElement>("[data-scan-video]", this.racine);
    if (!video) return;
    if (this.arreter) {
      this.arreter();
      this.arreter = null;
      video.hidden = true;
      return;
    }
    try {
      video.hidden = false;
      this.arreter = await lireCodes(video, (code) => this.lire(code));
    } catch {
      video.hidden = true;
      this.echo("inconnu", "Appareil photo refusé", "Autorisez l’appareil photo, ou saisissez le code.");
    }
  }
}

monter("[data-scan]", (element) => void new Scan(element));
