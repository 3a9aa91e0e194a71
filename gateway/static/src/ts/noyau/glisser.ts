// Rows dragged with the mouse or a finger: a section takes all its lines along, and lands between two sections.
import Sortable from "sortablejs";
import { bloc, replier } from "./sections";

const estSection = (rangee: HTMLElement | undefined): boolean => rangee?.dataset["genre"] === "section";

export function glisser(corps: HTMLElement, rangees: () => HTMLElement[], avant: () => void, apres: () => void): void {
  let suite: HTMLElement[] = [];
  let ordre: HTMLElement[] = [];
  Sortable.create(corps, {
    handle: "[data-poignee]", draggable: "[data-ligne]", animation: 140, forceFallback: true, ghostClass: "is-fantome", scrollSensitivity: 80,
    onStart: ({ item }) => {
      avant();
      ordre = rangees();
      suite = bloc(item, ordre).slice(1);
      for (const rangee of suite) rangee.hidden = true;
    },
    onEnd: ({ item }) => {
      poser(item, suite, rangees().filter((rangee) => !suite.includes(rangee)));
      for (const rangee of suite) rangee.hidden = item.classList.contains("is-repliee");
      if (rangees().some((rangee, rang) => rangee !== ordre[rang])) apres();
    },
  });
}

/** `autres`: the rows as they were dropped, the lines of the dragged section left out. */
function poser(item: HTMLElement, suite: HTMLElement[], autres: HTMLElement[]): void {
  const place = autres.indexOf(item);
  const debut = autres.slice(0, place).findLastIndex(estSection);
  const titre = autres[debut];
  if (estSection(item)) {
    const suivante = autres.findIndex((rangee, rang) => rang > place && estSection(rangee));
    const fin = suivante < 0 ? autres.length : suivante;
    if (place + 1 < fin) {
      const enHaut = titre && !titre.classList.contains("is-repliee") && place - debut < fin - place;
      if (enHaut) titre.before(item);
      else autres[fin - 1]?.after(item);
    }
    item.after(...suite);
  } else if (titre?.classList.contains("is-repliee")) replier(titre, autres);
}
