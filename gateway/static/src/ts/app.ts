// What every page runs: htmx, theme, menus, windows, search, keyboard, forms, live facts.
import "htmx.org";
import { monter, tous, un } from "./noyau/dom";
import { ecouterApercus } from "./noyau/apercu";
import { ecouterClavier } from "./noyau/clavier";
import { ecouterCodes } from "./noyau/code";
import { ecouterCombos } from "./noyau/combo";
import { ecouterCopies } from "./noyau/copie";
import { ecouterDepots } from "./noyau/depots";
import { suivreEnDirect } from "./noyau/direct";
import { suivreLectures } from "./noyau/attente";
import { montrerEtape } from "./noyau/etapes";
import { ecouterFenetres } from "./noyau/fenetres";
import { ecouterFormulaires } from "./noyau/formulaires";
import { suivreHorsLigne } from "./noyau/horsligne";
import { preparerHtmx } from "./noyau/hypertexte";
import { ecouterListes } from "./noyau/listes";
import { retenirChoix } from "./noyau/memoire";
import { ecouterMentions } from "./noyau/mentions";
import { ecouterMenus } from "./noyau/menus";
import { ecouterPalette } from "./noyau/palette";
import { suivrePresences } from "./noyau/presence";
import { suivreFiches } from "./noyau/suivi";
import { ecouterTheme } from "./noyau/theme";
import { ecouterToasts } from "./noyau/toasts";

/** On a phone the left panel moves into the drawer of applications. */
function menuTelephone(): void {
  document.addEventListener("click", (evenement) => {
    if (!(evenement.target as Element).closest("[data-menu-telephone]")) return;
    const tiroir = un<HTMLDialogElement>("#tiroir-menu");
    const copie = un("[data-panneau-copie]");
    const panneau = un("#panneau");
    if (copie && panneau && !copie.hasChildNodes()) {
      const double = panneau.cloneNode(true) as HTMLElement;
      for (const element of [double, ...tous("[id]", double)]) element.removeAttribute("id");
      copie.append(double);
    }
    tiroir?.showModal();
  });
}

/** What a button prints is the page; its style sheet leaves the rest out. */
function imprimer(): void {
  document.addEventListener("click", (evenement) => {
    if ((evenement.target as Element).closest("[data-imprimer]")) window.print();
  });
}

/** Keeps the current tab in sight when the bar scrolls. */
function montrerOnglet(): void {
  const courant = un(".onglets-defile [aria-current]");
  const barre = courant?.parentElement;
  if (courant && barre) barre.scrollLeft = courant.offsetLeft - barre.clientWidth / 3;
}

preparerHtmx();
monter(".etapes", montrerEtape);
ecouterTheme();
ecouterMenus();
ecouterFenetres();
ecouterToasts();
ecouterPalette();
ecouterApercus();
ecouterClavier();
ecouterFormulaires();
ecouterCodes();
ecouterCombos();
ecouterCopies();
ecouterDepots();
ecouterListes();
ecouterMentions();
retenirChoix();
menuTelephone();
imprimer();
montrerOnglet();
suivreEnDirect();
suivreFiches();
suivrePresences();
suivreLectures();
void suivreHorsLigne();
