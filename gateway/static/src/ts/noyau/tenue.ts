// The row being left keeps its height while the button of the mouse is down: what is pressed does not move under the pointer,
// or the click would fall beside it.
const TENUE = "is-tenue";

export function tenir(corps: HTMLElement): void {
  document.addEventListener("pointerdown", (evenement) => {
    const actif = document.activeElement;
    const rangee = actif?.closest<HTMLElement>("[data-ligne]");
    if (!actif || !rangee || !corps.contains(rangee) || evenement.target === actif) return;
    const tenus = [rangee, actif];
    for (const element of tenus) element.classList.add(TENUE);
    const lacher = (): void => {
      removeEventListener("pointerup", lacher);
      removeEventListener("pointercancel", lacher);
      setTimeout(() => tenus.forEach((element) => element.classList.remove(TENUE))); // after the click
    };
    addEventListener("pointerup", lacher);
    addEventListener("pointercancel", lacher);
  }, true);
}
