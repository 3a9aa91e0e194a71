// A section of a proposition and its lines, moved, copied and folded as one block.

/** The rows that go together: a section with what follows it until the next one, else the row alone. */
export function bloc(rangee: HTMLElement, rangees: HTMLElement[]): HTMLElement[] {
  if (rangee.dataset["genre"] !== "section") return [rangee];
  const debut = rangees.indexOf(rangee);
  const fin = rangees.findIndex((autre, rang) => rang > debut && autre.dataset["genre"] === "section");
  return rangees.slice(debut, fin < 0 ? undefined : fin);
}

/** Moves a block one place: a section jumps over a whole section. False when it is already at the end. */
export function deplacer(rangee: HTMLElement, pas: number, rangees: HTMLElement[]): boolean {
  const part = bloc(rangee, rangees);
  const debut = rangees.indexOf(rangee);
  if (pas > 0) {
    const suivante = rangees[debut + part.length];
    if (!suivante) return false;
    bloc(suivante, rangees).at(-1)?.after(...part);
    return true;
  }
  if (debut === 0) return false;
  let avant = debut - 1;
  if (rangee.dataset["genre"] === "section") while (avant > 0 && rangees[avant]?.dataset["genre"] !== "section") avant--;
  rangees[avant]?.before(...part);
  return true;
}

/** Folds or unfolds the lines of a section: a way to read, nothing is saved. */
export function replier(section: HTMLElement, rangees: HTMLElement[]): void {
  const repliee = section.classList.toggle("is-repliee");
  for (const rangee of bloc(section, rangees).slice(1)) rangee.hidden = repliee;
  section.querySelector("[data-replier]")?.setAttribute("aria-expanded", String(!repliee));
}
