// A field that takes the code of an object: typed, read by a hand scanner, or by the camera beside it (macro champ_code).
import { un } from "./dom";
import { toast } from "./toasts";

const AZERTY = "à&é\"'(-è_ç";

/** Labels hold an HTTPS address: keep its last part. Digits typed by a scanner set for QWERTY come as AZERTY symbols. */
export function nettoyer(brut: string): string {
  const code = brut.trim();
  if (/^https?:\/\//i.test(code)) return decodeURIComponent(new URL(code).pathname.split("/").filter(Boolean).at(-1) ?? code);
  const symboles = [...code];
  if (symboles.length > 3 && symboles.every((c) => AZERTY.includes(c))) return symboles.map((c) => AZERTY.indexOf(c)).join("");
  return code;
}

let arreter: (() => void) | null = null;

function fermer(): void {
  arreter?.();
  arreter = null;
}

/** The camera shows what it sees under the field until a code is read, the button pressed again or the window closed. */
async function filmer(bouton: HTMLElement): Promise<void> {
  const cadre = bouton.closest(".champ");
  const [champ, video] = [un<HTMLInputElement>("input", cadre ?? document), un<HTMLVideoElement>("video", cadre ?? document)];
  if (arreter || !champ || !video) return fermer();
  const { lireCodes } = await import("./camera");
  video.hidden = false;
  bouton.setAttribute("aria-pressed", "true");
  const cacher = (): void => {
    video.hidden = true;
    bouton.setAttribute("aria-pressed", "false");
  };
  arreter = cacher;
  try {
    const couper = await lireCodes(video, (code) => {
      champ.value = nettoyer(code);
      champ.dispatchEvent(new Event("input", { bubbles: true }));
      navigator.vibrate?.(40);
      fermer();
      champ.focus();
    });
    arreter = () => {
      couper();
      cacher();
    };
    if (!video.isConnected || video.hidden) fermer(); // closed while the camera was starting
  } catch {
    fermer();
    toast({ texte: "L’appareil photo est refusé : autorisez-le, ou saisissez le code.", ton: "danger" });
  }
}

export function ecouterCodes(): void {
  document.addEventListener("click", (evenement) => {
    const bouton = (evenement.target as Element).closest<HTMLElement>("[data-code-camera]");
    if (bouton) void filmer(bouton);
  });
  document.addEventListener("close", fermer, true);
  document.addEventListener("submit", fermer, true);
}
