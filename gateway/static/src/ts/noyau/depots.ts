// Files dropped, pasted or chosen on a record: each is sent by itself, refused before leaving when it is too big.
import { identifiant, monter, un } from "./dom";
import { envoyer, signaler, signalerCoupure } from "./requete";
import { toast } from "./toasts";

const MO = 1024 * 1024;

async function deposer(url: string, fichier: File): Promise<boolean> {
  const adresse = `${url}/${identifiant()}?nom=${encodeURIComponent(fichier.name)}`;
  const type = fichier.type || "application/octet-stream";
  try {
    const reponse = await envoyer(adresse, { method: "PUT", headers: { "Content-Type": type, Accept: "application/json" }, body: fichier });
    if (!reponse.ok) await signaler(reponse);
    return reponse.ok;
  } catch {
    signalerCoupure();
    return false;
  }
}

function recevoir(zone: HTMLElement): void {
  const url = zone.dataset["depotUrl"] ?? "";
  const maximum = Number(zone.dataset["depotMaximum"] ?? "25") * MO;
  let occupe = false;

  async function envoyerTous(fichiers: File[]): Promise<void> {
    if (occupe || fichiers.length === 0) return;
    occupe = true;
    zone.classList.add("is-envoi");
    let joints = 0;
    for (const fichier of fichiers) {
      if (fichier.size > maximum) {
        toast({ texte: `« ${fichier.name} » dépasse ${maximum / MO} Mo : envoyez un fichier plus petit, ou un lien dans les notes.`, ton: "danger" });
      } else if (await deposer(url, fichier)) joints += 1;
    }
    occupe = false;
    zone.classList.remove("is-envoi");
    if (joints === 0) return;
    toast({ texte: joints > 1 ? `${joints} fichiers joints` : "Fichier joint", ton: "succes" });
    document.body.dispatchEvent(new CustomEvent("amanela:rafraichir", { bubbles: true }));
  }

  const champ = un<HTMLInputElement>("input[type=file]", zone);
  champ?.addEventListener("change", () => {
    void envoyerTous([...(champ.files ?? [])]);
    champ.value = "";
  });
  const page = zone.closest("main") ?? zone;
  page.addEventListener("dragover", (evenement) => {
    if (!zone.isConnected || !(evenement as DragEvent).dataTransfer?.types.includes("Files")) return;
    evenement.preventDefault();
    zone.classList.add("is-survol");
  });
  page.addEventListener("dragleave", () => zone.classList.remove("is-survol"));
  page.addEventListener("drop", (evenement) => {
    const fichiers = [...((evenement as DragEvent).dataTransfer?.files ?? [])];
    zone.classList.remove("is-survol");
    if (!zone.isConnected || fichiers.length === 0) return;
    evenement.preventDefault();
    void envoyerTous(fichiers);
  });
  document.addEventListener("paste", (evenement) => {
    if (zone.isConnected) void envoyerTous([...(evenement.clipboardData?.files ?? [])]);
  });
}

export function ecouterDepots(): void {
  monter("[data-depot-url]", recevoir);
}
