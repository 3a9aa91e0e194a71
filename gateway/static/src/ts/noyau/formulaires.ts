// Plain forms: French numbers, one submission at a time, files dropped.
import { identifiant, meta, monter, tous, un } from "./dom";
import { ecrire, lireNombre } from "./nombre";

/** "1 234,5" on screen, "1234.5" to the server. */
function surDonnees(evenement: FormDataEvent): void {
  const donnees = evenement.formData;
  const champs = tous<HTMLInputElement>("[data-nombre][name]", evenement.target as HTMLFormElement);
  for (const nom of new Set(champs.map((champ) => champ.name))) {
    if (!donnees.has(nom)) continue;
    // A name may stand on every line of a table: each value keeps its place.
    const lus = donnees.getAll(nom).map((texte) => lireNombre(String(texte)) ?? String(texte));
    donnees.delete(nom);
    for (const valeur of lus) donnees.append(nom, valeur);
  }
}

function surSortie(evenement: Event): void {
  const champ = evenement.target;
  if (!(champ instanceof HTMLInputElement) || !("nombre" in champ.dataset)) return;
  const valeur = champ.value.trim() ? lireNombre(champ.value) : "";
  champ.setCustomValidity(valeur === null ? "Saisissez un nombre, par exemple 1 234,50." : "");
  if (valeur) champ.value = ecrire(valeur, Number(champ.dataset["nombre"])); // "2" for euros
}

function cache(formulaire: HTMLFormElement, nom: string, valeur: string): void {
  let champ = un<HTMLInputElement>(`input[name="${nom}"]`, formulaire);
  if (!champ) {
    champ = document.createElement("input");
    champ.type = "hidden";
    champ.name = nom;
    formulaire.append(champ);
  }
  champ.value = valeur;
}

/** A form that leaves the page: anti-forgery value, and a second click does nothing. */
function surEnvoi(evenement: SubmitEvent): void {
  const formulaire = evenement.target as HTMLFormElement;
  if (evenement.defaultPrevented || formulaire.method !== "post") return;
  if (formulaire.dataset["envoye"]) return evenement.preventDefault();
  formulaire.dataset["envoye"] = "1";
  if (meta("csrf")) cache(formulaire, "csrf", meta("csrf"));
  cache(formulaire, "idempotence", identifiant());
  evenement.submitter?.classList.add("is-envoi");
}

function deposer(zone: HTMLElement): void {
  const champ = un<HTMLInputElement>("input[type=file]", zone);
  const texte = un("[data-depot-texte]", zone);
  const survol = (oui: boolean) => () => zone.classList.toggle("is-survol", oui);
  zone.addEventListener("dragenter", survol(true));
  zone.addEventListener("dragleave", survol(false));
  zone.addEventListener("drop", survol(false));
  champ?.addEventListener("change", () => {
    const noms = [...(champ.files ?? [])].map((fichier) => fichier.name);
    if (texte && noms.length) texte.textContent = noms.join(", ");
  });
}

/** Shortcuts of a date: A today, + and - a day, S and Shift+S a week. */
function surToucheDate(evenement: KeyboardEvent): void {
  const champ = evenement.target;
  if (!(champ instanceof HTMLInputElement) || champ.type !== "date" || champ.readOnly || evenement.ctrlKey || evenement.altKey) return;
  const jours = { a: 0, "+": 1, "-": -1, s: 7, S: -7 }[evenement.key];
  if (jours === undefined) return;
  evenement.preventDefault();
  const depart = jours === 0 || !champ.valueAsDate ? new Date() : champ.valueAsDate;
  depart.setDate(depart.getDate() + jours);
  champ.value = `${depart.getFullYear()}-${String(depart.getMonth() + 1).padStart(2, "0")}-${String(depart.getDate()).padStart(2, "0")}`;
  champ.dispatchEvent(new Event("input", { bubbles: true }));
  champ.dispatchEvent(new Event("change", { bubbles: true }));
}

export function ecouterFormulaires(): void {
  document.addEventListener("keydown", surToucheDate);
  document.addEventListener("formdata", surDonnees);
  document.addEventListener("focusout", surSortie);
  document.addEventListener("submit", surEnvoi);
  addEventListener("pageshow", () => {
    for (const formulaire of tous<HTMLFormElement>("form[data-envoye]")) delete formulaire.dataset["envoye"];
    for (const bouton of tous(".btn.is-envoi")) bouton.classList.remove("is-envoi");
  });
  monter("[data-depot]", deposer);
}
