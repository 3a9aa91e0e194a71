// Ctrl+K: applications and actions at once, then what the server finds.
import { creer, icone, tous, un } from "./dom";
import { envoyer } from "./requete";

interface Resultat {
  titre: string;
  detail?: string;
  etat?: string;
  url: string;
  icone?: string;
  groupe: string;
}

const dialogue = (): HTMLDialogElement | null => un<HTMLDialogElement>("#palette");
const plier = (texte: string): string => texte.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
/** Letters closer than that (a scanner, a paste) are one question; people type slower and wait for each. */
const PAUSE = 40;
let choisi = 0;
let demande: AbortController | null = null;

function locaux(q: string): Resultat[] {
  const apps = tous<HTMLAnchorElement>(".applications a, .tiroir-apps a, .onglets-defile a").map((a) => ({
    titre: a.textContent?.trim() ?? "",
    url: a.getAttribute("href") ?? "/",
    icone: "arrow-right",
    groupe: "Aller à",
  }));
  const uniques = [...new Map(apps.map((a) => [a.url, a])).values()];
  return q ? uniques.filter((a) => plier(a.titre).includes(plier(q))).slice(0, 4) : uniques;
}

function ligne(resultat: Resultat, rang: number): HTMLElement {
  const option = creer("div", "palette-option");
  option.id = `palette-${rang}`;
  option.setAttribute("role", "option");
  option.dataset["url"] = resultat.url;
  option.append(icone(resultat.icone ?? "search", 18), creer("span", "", resultat.titre));
  option.append(creer("span", "coupe", resultat.detail ?? ""));
  if (resultat.etat) option.append(creer("span", "palette-etat", resultat.etat));
  return option;
}

/** `muets`: the services that did not answer, whose results are missing. */
function montrer(resultats: Resultat[], q: string, muets: string[] = []): void {
  const liste = un("#palette-liste");
  if (!liste) return;
  liste.replaceChildren();
  for (const groupe of new Set(resultats.map((r) => r.groupe))) {
    const titre = creer("div", "palette-groupe", groupe);
    titre.setAttribute("role", "presentation");
    liste.append(titre, ...resultats.filter((r) => r.groupe === groupe).map((r) => ligne(r, resultats.indexOf(r))));
  }
  if (resultats.length === 0) liste.append(creer("p", "palette-vide", `Aucun résultat pour « ${q} »`));
  if (muets.length > 0) liste.append(creer("p", "palette-muets", `Sans réponse : ${muets.join(", ")}. Il peut manquer des résultats ; recommencez dans un instant.`));
  choisir(0);
}

function choisir(rang: number): void {
  const options = tous(".palette-option", dialogue() ?? document);
  choisi = options.length ? (rang + options.length) % options.length : 0;
  options.forEach((option, i) => option.setAttribute("aria-selected", String(i === choisi)));
  const champ = un("input", dialogue() ?? document);
  champ?.setAttribute("aria-activedescendant", options[choisi]?.id ?? "");
  options[choisi]?.scrollIntoView({ block: "nearest" });
}

async function chercher(q: string): Promise<void> {
  demande?.abort();
  if (q.trim().length < 2) return montrer(locaux(q), q);
  demande = new AbortController();
  try {
    const reponse = await envoyer(`/recherche?q=${encodeURIComponent(q)}`, { headers: { Accept: "application/json" }, signal: demande.signal });
    const { elements, muets } = (await reponse.json()) as { elements: Resultat[]; muets: string[] };
    montrer([...elements, ...locaux(q)], q, muets);
  } catch (erreur) {
    if ((erreur as Error).name !== "AbortError") montrer(locaux(q), q);
  }
}

function aller(option: Element | undefined, nouvelOnglet: boolean): void {
  const url = (option as HTMLElement | undefined)?.dataset["url"];
  if (!url) return;
  if (nouvelOnglet) window.open(url, "_blank", "noopener");
  else location.assign(url);
  dialogue()?.close();
}

export function ouvrirPalette(): void {
  const boite = dialogue();
  if (!boite || boite.open) return;
  const champ = un<HTMLInputElement>("input", boite);
  boite.showModal();
  champ?.select();
  void chercher(champ?.value ?? "");
}

export function ecouterPalette(): void {
  const boite = dialogue();
  if (!boite) return;
  let minuterie = 0;
  const champ = un<HTMLInputElement>("input", boite);
  champ?.addEventListener("input", () => {
    clearTimeout(minuterie);
    minuterie = window.setTimeout(() => void chercher(champ.value), PAUSE);
  });
  boite.addEventListener("keydown", (evenement) => {
    const pas: Record<string, number> = { ArrowDown: 1, ArrowUp: -1 };
    const saut = pas[evenement.key];
    if (saut !== undefined) {
      evenement.preventDefault();
      choisir(choisi + saut);
    } else if (evenement.key === "Enter") {
      evenement.preventDefault();
      aller(tous(".palette-option", boite)[choisi], evenement.ctrlKey || evenement.metaKey);
    }
  });
  un("#palette-liste", boite)?.addEventListener("click", (evenement) => {
    aller((evenement.target as Element).closest(".palette-option") ?? undefined, evenement.ctrlKey || evenement.metaKey);
  });
  document.addEventListener("click", (evenement) => {
    if ((evenement.target as Element).closest("[data-palette]")) ouvrirPalette();
  });
}
