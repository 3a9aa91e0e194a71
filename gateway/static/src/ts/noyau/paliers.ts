// The price of an article of the catalogue follows its quantity only when the person says so: the new one is proposed beside the old.
// GET data-url-paliers -> [{ligne_id, prix_ht, libelle, quantite_min}] for the lines whose price nobody typed.
import { creer, tous, un } from "./dom";
import { ecrire, lireNombre } from "./nombre";
import { envoyer } from "./requete";

interface Palier {
  ligne_id: string;
  prix_ht: string;
  libelle: string;
  quantite_min: string | null;
}

export class Paliers {
  private attendus = false;

  constructor(private readonly racine: HTMLElement, private readonly corps: HTMLElement) {
    this.attendus = un("[data-produit]:not([data-produit=''])", corps) !== null && !("lecture" in racine.dataset);
  }

  /** A quantity, or a price, was typed in this row: what was proposed there no longer holds. */
  noter(rangee: HTMLElement): void {
    un("[data-palier]", rangee)?.remove();
    if (rangee.dataset["produit"]) this.attendus = true;
  }

  /** After a save: asks what the quantities saved are worth. A refusal or a cut only leaves nothing proposed. */
  async demander(): Promise<void> {
    const url = this.racine.dataset["urlPaliers"];
    if (!this.attendus || !url) return;
    this.attendus = false;
    const reponse = await envoyer(url, { headers: { Accept: "application/json" } }).catch(() => null);
    if (!reponse?.ok) return;
    for (const ancien of tous("[data-palier]", this.corps)) ancien.remove();
    for (const palier of (await reponse.json()) as Palier[]) this.proposer(palier);
  }

  /** The price proposed by a button, now the one agreed; null when it is none. */
  prendre(bouton: HTMLElement, rangee: HTMLElement): HTMLInputElement | null {
    const champ = un<HTMLInputElement>('[data-champ="prix_ht"]', rangee);
    if (!champ) return null;
    rangee.dataset["convenu"] = bouton.dataset["palier"] ?? "";
    champ.value = ecrire(rangee.dataset["convenu"], 2);
    bouton.remove();
    return champ;
  }

  private proposer({ ligne_id, prix_ht, libelle, quantite_min }: Palier): void {
    const prix = lireNombre(prix_ht);
    const cellule = un(`[data-ligne="${ligne_id}"] .qg-pv`, this.corps);
    if (!cellule || prix === null) return;
    const bouton = creer("button", "qg-palier", `${ecrire(prix, 2)}\u00a0€ ?`) as HTMLButtonElement;
    const des = quantite_min && quantite_min !== "1.000" ? ` dès ${ecrire(lireNombre(quantite_min) ?? "1")}` : "";
    bouton.type = "button";
    bouton.dataset["palier"] = prix;
    bouton.title = `Prendre le prix de cette quantité${libelle ? ` : ${libelle}${des}` : ""}`;
    bouton.setAttribute("aria-label", `Prendre le prix de cette quantité, ${ecrire(prix, 2)} €`);
    cellule.append(bouton);
  }
}
