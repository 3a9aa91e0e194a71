// Files dropped anywhere, pasted or chosen on a record: each is sent by itself, refused before leaving when it is too big.
import { annoncer, creer, identifiant, tous } from "./dom";
import { ouvrir } from "./fenetres";
import { alleger } from "./photo";
import { enSuivant, envoyer, signaler, signalerCoupure } from "./requete";
import { toast } from "./toasts";

const MO = 1024 * 1024;
const ENSEMBLE = 3;
const SANS_NOM = /^image\.(png|jpe?g|webp)$/i;

/** Where files land now: the zone under them, that of the window on top when it has a single one, else that of the page. */
function zoneVoulue(cible: EventTarget | null): HTMLElement | null {
  const dessous = cible instanceof Element ? cible.closest<HTMLElement>("[data-depot-url]") : null;
  if (dessous) return dessous;
  const dessus = [...document.querySelectorAll<HTMLDialogElement>("dialog:modal")].at(-1);
  const siennes = dessus ? tous("[data-depot-url]", dessus) : [];
  if (dessus) return siennes.length === 1 ? (siennes[0] ?? null) : null;
  return tous("[data-depot-url]").find((zone) => !zone.closest("dialog")) ?? null;
}

/** Browsers call every screenshot "image.png", phones every photo "image.jpg": its moment is a better name, and two stay two. */
function nommer(fichier: File, mot: string, rang: number): File {
  const extension = SANS_NOM.exec(fichier.name)?.[1];
  if (!extension) return fichier;
  const quand = new Date();
  const deux = (n: number): string => String(n).padStart(2, "0");
  const jour = `${quand.getFullYear()}-${deux(quand.getMonth() + 1)}-${deux(quand.getDate())}`;
  const heure = `${deux(quand.getHours())}.${deux(quand.getMinutes())}.${deux(quand.getSeconds())}`;
  const suite = rang > 0 ? ` (${rang + 1})` : "";
  return new File([fichier], `${mot} ${jour} ${heure}${suite}.${extension.toLowerCase()}`, { type: fichier.type });
}

/** A row that shows a file leaving, beside the zone. */
function montrer(zone: HTMLElement, nom: string): { avancer: (part: number) => void; finir: () => void } {
  const suivante = zone.nextElementSibling;
  const liste = suivante?.matches(".fj-envois") ? suivante : creer("ul", "fj-envois");
  if (liste !== suivante) zone.after(liste);
  const [ligne, barre] = [creer("li"), creer("progress") as HTMLProgressElement];
  barre.max = 1;
  barre.value = 0;
  barre.setAttribute("aria-label", `Envoi de ${nom}`);
  ligne.append(creer("span", "coupe", nom), barre);
  liste.append(ligne);
  return {
    avancer: (part) => (barre.value = part),
    finir: () => {
      ligne.remove();
      if (!liste.hasChildNodes()) liste.remove();
    },
  };
}

async function deposer(zone: HTMLElement, choisi: File): Promise<boolean> {
  const fichier = "depotPhoto" in zone.dataset ? await alleger(choisi) : choisi;
  const adresse = `${zone.dataset["depotUrl"] ?? ""}/${identifiant()}?nom=${encodeURIComponent(fichier.name)}`;
  const headers = { "Content-Type": fichier.type || "application/octet-stream", Accept: "application/json" };
  const ligne = montrer(zone, fichier.name);
  try {
    const reponse = await envoyer(adresse, { method: "PUT", headers, body: fichier }, enSuivant(ligne.avancer));
    if (!reponse.ok) await signaler(reponse);
    return reponse.ok;
  } catch {
    signalerCoupure();
    return false;
  } finally {
    ligne.finir();
  }
}

function refuserTropGros(zone: HTMLElement, fichier: File): boolean {
  const maximum = Number(zone.dataset["depotMaximum"] ?? "25");
  if (fichier.size <= maximum * MO) return false;
  toast({ texte: `« ${fichier.name} » dépasse ${maximum} Mo : envoyez un fichier plus petit, ou un lien dans les notes.`, ton: "danger" });
  return true;
}

async function envoyerTous(zone: HTMLElement, fichiers: File[]): Promise<void> {
  const attente = fichiers.filter((fichier) => !refuserTropGros(zone, fichier));
  let joints = 0;
  const file = async (): Promise<void> => {
    for (let fichier = attente.shift(); fichier; fichier = attente.shift()) if (await deposer(zone, fichier)) joints += 1;
  };
  annoncer(attente.length > 1 ? `Envoi de ${attente.length} fichiers` : "Envoi du fichier");
  await Promise.all(Array.from({ length: ENSEMBLE }, file));
  if (joints === 0) return;
  const [un_, plusieurs] = "depotPhoto" in zone.dataset ? ["Photo jointe", "photos jointes"] : ["Fichier joint", "fichiers joints"];
  toast({ texte: joints > 1 ? `${joints} ${plusieurs}` : un_, ton: "succes" });
  const voir = zone.dataset["depotVoir"];
  const bloc = zone.closest("[data-depot-bloc]");
  if (bloc) bloc.dispatchEvent(new CustomEvent("amanela:depose"));
  else if (voir) await ouvrir("tiroir", voir);
  else document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
}

function surSurvol(evenement: DragEvent): void {
  const zone = evenement.dataTransfer?.types.includes("Files") ? zoneVoulue(evenement.target) : null;
  if (!zone || ailleurs(evenement)) return;
  evenement.preventDefault();
  zone.classList.add("is-survol");
}

/** A field of a form takes its own files. */
function ailleurs(evenement: Event): boolean {
  const champ = (evenement.target as Element).closest("input[type=file]");
  return champ !== null && !champ.closest("[data-depot-url]");
}

function quitter(): void {
  for (const zone of tous("[data-depot-url].is-survol")) zone.classList.remove("is-survol");
}

function surDepot(evenement: DragEvent): void {
  const fichiers = [...(evenement.dataTransfer?.files ?? [])];
  const zone = zoneVoulue(evenement.target);
  quitter();
  if (!zone || fichiers.length === 0 || ailleurs(evenement)) return;
  evenement.preventDefault();
  void envoyerTous(zone, fichiers);
}

/** Cells of a spreadsheet are pasted as a picture too: what has a text is a text. */
function surCollage(evenement: ClipboardEvent): void {
  const donnees = evenement.clipboardData;
  const fichiers = [...(donnees?.files ?? [])];
  const zone = zoneVoulue(evenement.target);
  if (!zone || fichiers.length === 0 || donnees?.types.includes("text/plain")) return;
  evenement.preventDefault();
  void envoyerTous(zone, fichiers.map((fichier, rang) => nommer(fichier, "Capture", rang)));
}

function surChoix(evenement: Event): void {
  const champ = evenement.target as HTMLInputElement;
  const zone = champ.matches("input[type=file]") ? champ.closest<HTMLElement>("[data-depot-url]") : null;
  if (!zone) return;
  void envoyerTous(zone, [...(champ.files ?? [])].map((fichier, rang) => nommer(fichier, "Photo", rang)));
  champ.value = "";
}

export function ecouterDepots(): void {
  document.addEventListener("dragover", surSurvol);
  document.addEventListener("dragleave", (evenement) => {
    if (evenement.relatedTarget === null) quitter();
  });
  document.addEventListener("drop", surDepot);
  document.addEventListener("paste", surCollage);
  document.addEventListener("change", surChoix);
}
