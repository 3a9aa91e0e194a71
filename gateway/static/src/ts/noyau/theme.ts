// System, light or dark: kept in a cookie so that the server writes the page right at once.
import { tous } from "./dom";

export function ecouterTheme(): void {
  document.addEventListener("click", (evenement) => {
    const bouton = (evenement.target as Element).closest<HTMLElement>("[data-theme-choix]");
    const choix = bouton?.dataset["themeChoix"];
    if (!choix) return;
    document.documentElement.dataset["theme"] = choix;
    document.cookie = `theme=${choix}; Max-Age=31536000; Path=/; SameSite=Lax`;
    for (const autre of tous("[data-theme-choix]")) autre.setAttribute("aria-checked", String(autre.dataset["themeChoix"] === choix));
  });
}
