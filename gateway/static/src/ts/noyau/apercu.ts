// A PDF that follows a form as it is typed: the form is sent to `data-apercu-vif`, what comes back is shown in the frame beside.
import { monter, un } from "./dom";
import { envoyer, lireProbleme, phrase } from "./requete";

const DELAI = 600;

function suivre(formulaire: HTMLFormElement): void {
  let minuterie = 0;
  let demande = 0;
  let montre = "";
  const dire = (texte: string): void => {
    const zone = un("[data-apercu-phrase]");
    if (zone) zone.textContent = texte;
  };
  const actualiser = async (): Promise<void> => {
    const celle = ++demande;
    const reponse = await envoyer(formulaire.dataset["apercuVif"] ?? "", { method: "POST", body: new FormData(formulaire) }).catch(() => null);
    const contenu = reponse?.ok ? await reponse.blob() : null;
    if (celle !== demande) return; // something else was typed meanwhile
    if (!contenu) return dire(reponse ? phrase(await lireProbleme(reponse), reponse.status) : "L’exemple ne peut pas être affiché : la connexion est coupée.");
    const cadre = un<HTMLIFrameElement>("[data-apercu-cadre]");
    if (!cadre) return;
    URL.revokeObjectURL(montre);
    montre = URL.createObjectURL(contenu);
    cadre.src = `${montre}#toolbar=0&navpanes=0&view=FitH`;
    dire("Exemple à jour de votre saisie.");
  };
  const prevoir = (): void => {
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void actualiser(), DELAI);
  };
  formulaire.addEventListener("input", prevoir);
  formulaire.addEventListener("change", prevoir);
  void actualiser();
}

export function ecouterApercus(): void {
  monter("[data-apercu-vif]", (element) => suivre(element as HTMLFormElement));
}
