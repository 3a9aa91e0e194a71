// Who else has this record open, and who types: a sign every few seconds while the page is in sight.
// data-presence="kind:identifier" on the element that says it.
import { ecrireTexte, identifiant, meta, monter } from "./dom";

interface Present {
  nom: string;
  ecrit: boolean;
}
const BATTEMENT = 5000;

function phrase(presents: Present[]): string {
  const [premier, ...autres] = [...presents].sort((a, b) => Number(b.ecrit) - Number(a.ecrit));
  if (!premier) return "";
  if (autres.length === 0) return premier.ecrit ? `${premier.nom} écrit ici` : `${premier.nom} est aussi ici`;
  return `${premier.nom}${premier.ecrit ? " écrit ici" : ""} et ${autres.length} ${autres.length > 1 ? "autres personnes" : "autre personne"}`;
}

function suivre(zone: HTMLElement): void {
  const [objet, page] = [zone.dataset["presence"] ?? "", identifiant()];
  let ecrit = false;
  const dire = async (est_parti = false): Promise<void> => {
    const corps = JSON.stringify({ objet, page, ecrit, est_parti });
    ecrit = false;
    try {
      const reponse = await fetch("/presence", { method: "POST", keepalive: true, body: corps, headers: { "Content-Type": "application/json", "X-CSRF-Token": meta("csrf") } });
      if (!reponse.ok || est_parti) return;
      const { presents } = (await reponse.json()) as { presents: Present[] };
      ecrireTexte(zone, phrase(presents));
      zone.hidden = presents.length === 0;
    } catch {
      zone.hidden = true; // no server: nobody is known to be there
    }
  };
  document.addEventListener("input", (evenement) => {
    if ((evenement.target as Element).closest("[data-lignes]")) ecrit = true;
  });
  const minuterie = window.setInterval(() => {
    if (!zone.isConnected) return clearInterval(minuterie);
    if (document.visibilityState === "visible") void dire();
  }, BATTEMENT);
  addEventListener("pagehide", () => void dire(true));
  void dire();
}

export function suivrePresences(): void {
  monter("[data-presence]", suivre);
}
