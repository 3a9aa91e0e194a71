// Island of the scan field (macro scan). What data-url takes is told in noyau/attente.ts; what it must answer to each code:
//   {"resultat": "attendu|en_trop|inconnu", "libelle": "…", "detail"?: "…", "annuler"?: URL, "lien"?: URL opened at once, "complement"?: URL of the window that adds it all the same,
//     "destination"?: {"texte": "Palette A3 : Mairie de Lyon (2/5)", "feuille_id": "…" or null for the stock, "zone": "Palette A3" or ""}}
//   POST annuler -> any 2xx; the line is struck out.
// With a choice of paper ([data-scan-papier]), the label of the zone is printed from the answer: its button, or F9.
// With data-differe, codes are kept on this device until the server has answered each (noyau/attente.ts).
// The page is told by the event `amanela:scan` (bubbling, detail = the answer); with data-suit it is refreshed live.
import { creer, enSaisie, icone, monter, tous, un } from "../noyau/dom";
import { ajouterLecture, type Lecture, lecturesGardees, lireSeul, oublierLecture, reessayerLecture, type Suite } from "../noyau/attente";
import { lireCodes } from "../noyau/camera";
import { nettoyer } from "../noyau/code";
import { imprimerPdf } from "../noyau/impression";
import { retenir } from "../noyau/memoire";
import { envoyer, signaler } from "../noyau/requete";

type Resultat = "attendu" | "en_trop" | "inconnu";
interface Reponse {
  resultat: Resultat;
  libelle: string;
  detail?: string;
  annuler?: string;
  lien?: string;
  complement?: string;
  destination?: Destination | null;
}
interface Destination {
  texte: string;
  feuille_id: string | null;
  zone: string;
}
const MOTS: Record<Resultat, string> = { attendu: "Attendu", en_trop: "En trop", inconnu: "Inconnu" };
const ICONES: Record<Resultat, string> = { attendu: "circle-check", en_trop: "triangle-alert", inconnu: "circle-alert" };
const SONS: Record<Resultat, number[]> = { attendu: [1320], en_trop: [620, 620], inconnu: [240, 190] };
const SON_PROJET = [1320, 1760]; // a project waits for it: two notes going up
const SON_GARDE = [880];
const RETARD_SON = 0.4;
const LIGNES_MONTREES = 50; // as many as the page shows when it opens
const TEINTES = ["turquoise", "violet", "bleu", "orange", "rose", "cyan", "ambre", "vert"];
const TOUCHE_ZONE = "F9"; // a letter would be typed in the field, which always has the focus

/** Each project keeps its colour during the whole reception: the eye sorts before reading. */
function teinte(feuille: string): string {
  let somme = 0;
  for (const lettre of feuille) somme = (somme * 31 + lettre.charCodeAt(0)) % 65521;
  return `t-${TEINTES[somme % TEINTES.length]}`;
}

let audio: AudioContext | null = null;
let libre = 0;
/** One after another: what was expected is not heard once later than the eye, what was not always is. */
function sonner(resultat: Resultat, frequences: number[]): void {
  audio ??= new AudioContext();
  const sortie = audio;
  const depart = Math.max(sortie.currentTime, libre);
  if (resultat === "attendu" && depart - sortie.currentTime > RETARD_SON) return;
  libre = depart + frequences.length * 0.16;
  frequences.forEach((frequence, rang) => {
    const [son, volume] = [sortie.createOscillator(), sortie.createGain()];
    const debut = depart + rang * 0.16;
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
  private readonly papier: HTMLSelectElement | null;
  private feuille: string | null = null;
  private aVoir = false;

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
    if ("differe" in racine.dataset) {
      document.addEventListener("amanela:lecture", (evenement) => this.suivre((evenement as CustomEvent<Suite>).detail));
      void lecturesGardees().then((gardees) => gardees.forEach((lecture) => this.garder(lecture)));
    }
    this.papier = un<HTMLSelectElement>("[data-scan-papier]", racine);
    if (this.papier) this.choisirPapier(this.papier);
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
    if (!code) return;
    const suite = "differe" in this.racine.dataset ? () => this.retenir(code, brut.trim()) : () => this.envoyer(code, brut.trim());
    this.file = this.file.then(suite);
  }

  private async retenir(code: string, brut: string): Promise<void> {
    this.echo(null, "Lecture…", code);
    await ajouterLecture(this.racine.dataset["url"] ?? "", code, brut);
  }

  /** What became of a code of this field: answered, kept until the network is back, refused. */
  private suivre({ lecture, ...suite }: Suite): void {
    if (lecture.url !== this.racine.dataset["url"]) return;
    const connue = un(`[data-lecture="${lecture.cle}"]`, this.racine);
    connue?.remove();
    if (suite.etat === "faite") {
      if (suite.premiere) this.aVoir = false;
      this.noter(lecture.code, lecture.brut, suite.reponse as Reponse, connue !== null);
    } else if (suite.etat !== "retiree") this.garder(lecture, true);
  }

  /** A line that waits, or was refused when the network came back: the reason stays until somebody decides. */
  private garder(lecture: Lecture, montree = false): void {
    if (lecture.url !== this.racine.dataset["url"] || un(`[data-lecture="${lecture.cle}"]`, this.racine)) return;
    const { refus, code } = lecture;
    const [mot, ton, image] = refus ? ["Refusée", "danger", "circle-alert"] : ["En attente", "alerte", "clock"];
    const heure = new Date(lecture.le).toLocaleTimeString("fr-FR", { hour: "2-digit", minute: "2-digit" });
    const ligne = creer("li", refus ? "is-inconnu" : "is-attente");
    ligne.dataset["lecture"] = lecture.cle;
    const texte = creer("span");
    texte.append(creer("b", "", code), creer("small", "", [`lu à ${heure}`, refus ?? "gardé ici, part au retour du réseau"].join(" · ")));
    const etiquette = creer("span", `etq etq-${ton}`, mot);
    etiquette.prepend(icone(image, 12));
    ligne.append(texte, etiquette);
    if (refus) ligne.append(this.bouton("Réessayer", () => void reessayerLecture(lecture)), this.bouton("Retirer", () => void oublierLecture(lecture)));
    un("[data-scan-liste]", this.racine)?.prepend(ligne);
    if (!montree) return;
    sonner(refus ? "inconnu" : "attendu", refus ? SONS.inconnu : SON_GARDE);
    this.echo(refus ? "inconnu" : "en_trop", refus ? "Refusé" : "Gardé, sans réseau", [code, refus].filter(Boolean).join(" · "));
  }

  private bouton(texte: string, surClic: () => void): HTMLElement {
    const bouton = creer("button", "btn btn-discret btn-compact", texte) as HTMLButtonElement;
    bouton.type = "button";
    bouton.addEventListener("click", surClic);
    return bouton;
  }

  private async envoyer(code: string, brut: string): Promise<void> {
    this.echo(null, "Lecture…", code);
    this.aVoir = false;
    const issue = await lireSeul(this.racine.dataset["url"] ?? "", code);
    this.noter(code, brut, "refus" in issue ? { resultat: "inconnu", libelle: issue.refus } : (issue.reponse as Reponse));
  }

  private echo(resultat: Resultat | null, mot: string, texte: string): void {
    const zone = un("[data-scan-echo]", this.racine);
    if (!zone) return;
    this.feuille = null;
    zone.dataset["resultat"] = resultat ?? "";
    zone.replaceChildren(creer("span", "scan-mot", mot), creer("span", "scan-code", texte));
  }

  /** Where the unit goes, in large: the zone, the project, how many of how many. */
  private diriger({ texte, feuille_id, zone }: Destination): void {
    const echo = un("[data-scan-echo]", this.racine);
    echo?.prepend(creer("span", `scan-destination ${feuille_id ? teinte(feuille_id) : "t-ardoise"}`, texte));
    if (!this.papier || !feuille_id || !zone) return;
    this.feuille = feuille_id;
    const bouton = creer("button", "btn btn-secondaire btn-compact scan-imprimer", "Imprimer l’étiquette de la zone") as HTMLButtonElement;
    bouton.type = "button";
    bouton.prepend(icone("printer", 14));
    bouton.append(creer("kbd", "", TOUCHE_ZONE));
    bouton.addEventListener("click", () => this.imprimerZone());
    echo?.append(bouton);
  }

  /** The paper is that of the printer beside this screen: it is remembered here. */
  private choisirPapier(papier: HTMLSelectElement): void {
    papier.value = "rouleau-62";
    retenir(papier, "papier-zone");
    document.addEventListener("keydown", (touche) => {
      if (touche.key !== TOUCHE_ZONE || !this.feuille || !this.racine.isConnected) return;
      touche.preventDefault();
      this.imprimerZone();
    });
  }

  private imprimerZone(): void {
    imprimerPdf(`/atelier/feuilles/${this.feuille}/etiquette-zone?format=${this.papier?.value}`);
    this.champ.focus();
  }

  private noter(code: string, brut: string, reponse: Reponse, attendait = false): void {
    const { resultat, libelle, detail, destination } = reponse;
    if (!attendait || resultat !== "attendu") sonner(resultat, destination?.feuille_id ? SON_PROJET : SONS[resultat]);
    navigator.vibrate?.(resultat === "attendu" ? 40 : [80, 60, 80]);
    // Of several answers that came together, the echo stays on the one somebody must look at.
    if (!this.aVoir || resultat !== "attendu") {
      this.echo(resultat, MOTS[resultat], [code, libelle, detail].filter(Boolean).join(" · "));
      if (destination) this.diriger(destination);
    }
    this.aVoir ||= resultat !== "attendu";
    const ligne = creer("li", `is-${resultat}`);
    const texte = creer("span");
    texte.append(creer("b", "", libelle || code), creer("small", "", [code, brut === code ? "" : `lu « ${brut} »`, detail].filter(Boolean).join(" · ")));
    const mot = creer("span", `etq etq-${{ attendu: "succes", en_trop: "alerte", inconnu: "danger" }[resultat]}`, MOTS[resultat]);
    mot.prepend(icone(ICONES[resultat], 12));
    ligne.append(texte, mot);
    if (reponse.annuler) ligne.append(this.boutonAnnuler(reponse.annuler, ligne));
    if (reponse.complement) ligne.append(this.lienComplement(reponse.complement));
    this.montrer(ligne);
    this.racine.dispatchEvent(new CustomEvent("amanela:scan", { bubbles: true, detail: reponse }));
    if (reponse.lien) location.assign(reponse.lien);
  }

  private montrer(ligne: HTMLElement): void {
    const liste = un("[data-scan-liste]", this.racine);
    liste?.prepend(ligne);
    tous(":scope > li:not([data-lecture])", liste ?? undefined).slice(LIGNES_MONTREES).forEach((ancienne) => ancienne.remove());
  }

  private lienComplement(url: string): HTMLElement {
    const lien = creer("a", "btn btn-secondaire btn-compact", "Ajouter en complément") as HTMLAnchorElement;
    lien.href = url;
    lien.dataset["dialogue"] = "";
    return lien;
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
