// Small helpers over the DOM, typed.

export function un<T extends Element = HTMLElement>(selecteur: string, dans: ParentNode = document): T | null {
  return dans.querySelector<T>(selecteur);
}

export function tous<T extends Element = HTMLElement>(selecteur: string, dans: ParentNode = document): T[] {
  return [...dans.querySelectorAll<T>(selecteur)];
}

export function meta(nom: string): string {
  return un<HTMLMetaElement>(`meta[name="${nom}"]`)?.content ?? "";
}

export function creer(balise: string, classe = "", texte = ""): HTMLElement {
  const element = document.createElement(balise);
  if (classe) element.className = classe;
  if (texte) element.textContent = texte;
  return element;
}

/** Writes a text where it stands: nothing when it did not change, and no node added or removed. */
export function ecrireTexte(element: Element, texte: string): void {
  const seul = element.firstChild;
  if (element.childNodes.length !== 1 || !(seul instanceof Text)) element.textContent = texte;
  else if (seul.data !== texte) seul.data = texte;
}

/** Where an icon of the sprite is. */
export const lienIcone = (nom: string): string => `${meta("icones")}#${nom}`;

/** An icon of the sprite. */
export function icone(nom: string, taille = 16): SVGSVGElement {
  const svg = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  svg.setAttribute("class", "ic");
  svg.setAttribute("width", String(taille));
  svg.setAttribute("height", String(taille));
  svg.setAttribute("aria-hidden", "true");
  const use = document.createElementNS("http://www.w3.org/2000/svg", "use");
  use.setAttribute("href", lienIcone(nom));
  svg.append(use);
  return svg;
}

export function fragment(html: string): DocumentFragment {
  const gabarit = document.createElement("template");
  gabarit.innerHTML = html;
  return gabarit.content;
}

/** Whether keys typed now are text. */
export function enSaisie(cible: EventTarget | null = document.activeElement): boolean {
  return cible instanceof HTMLElement && (cible.isContentEditable || cible.matches("input:not([type=checkbox]):not([type=radio]), textarea, select"));
}

/** Says something to screen readers only. */
export function annoncer(texte: string): void {
  const zone = un("#annonce");
  if (zone) zone.textContent = texte;
}

/** Runs `montage` on every present and future element that matches. */
export function monter(selecteur: string, montage: (element: HTMLElement) => void): void {
  const montes = new WeakSet<Element>();
  const passer = (racine: ParentNode): void => {
    for (const element of tous(selecteur, racine)) {
      if (montes.has(element)) continue;
      montes.add(element);
      montage(element);
    }
  };
  passer(document);
  new MutationObserver((changements) => {
    if (changements.some((c) => c.addedNodes.length > 0)) passer(document);
  }).observe(document.documentElement, { childList: true, subtree: true });
}

export function attendre(ms: number): Promise<void> {
  return new Promise((fini) => setTimeout(fini, ms));
}

/** crypto.randomUUID exists only on HTTPS; offices also run on plain LAN addresses. */
export function identifiant(): string {
  const octets = crypto.getRandomValues(new Uint8Array(16));
  return [...octets].map((o) => o.toString(16).padStart(2, "0")).join("");
}
