// Island of the client's page: the signature drawn in the frame becomes the field `trace`, an SVG path of whole numbers.
import { monter, un } from "../noyau/dom";

const [LARGEUR, HAUTEUR, LONGUEUR_MAX] = [600, 200, 19_000];

function montrer(zone: HTMLElement): void {
  const cadre = un("[data-cadre]", zone);
  const trait = un<SVGPathElement>("[data-trait]", zone);
  const champ = un<HTMLInputElement>("input[name=trace]", zone);
  if (!cadre || !trait || !champ) return;
  let courant = "";

  const point = (evenement: PointerEvent): string => {
    const bords = cadre.getBoundingClientRect();
    const borner = (part: number, maximum: number): number => Math.round(Math.min(Math.max(part, 0), 1) * (maximum - 1));
    return `${borner((evenement.clientX - bords.left) / bords.width, LARGEUR)} ${borner((evenement.clientY - bords.top) / bords.height, HAUTEUR)}`;
  };
  const dessiner = (): void => {
    trait.setAttribute("d", champ.value + (courant.includes("L") ? courant : ""));
    cadre.classList.toggle("is-signe", champ.value !== "" || courant !== "");
  };
  const finir = (): void => {
    if (courant.includes("L")) champ.value += courant;
    courant = "";
    dessiner();
  };

  cadre.addEventListener("pointerdown", (evenement) => {
    if (champ.value.length > LONGUEUR_MAX) return;
    cadre.setPointerCapture(evenement.pointerId);
    courant = `M${point(evenement)}`;
    dessiner();
  });
  cadre.addEventListener("pointermove", (evenement) => {
    if (!courant || champ.value.length + courant.length > LONGUEUR_MAX) return;
    const ici = point(evenement);
    if (!courant.endsWith(`M${ici}`) && !courant.endsWith(`L${ici}`)) courant += `L${ici}`;
    dessiner();
  });
  cadre.addEventListener("pointerup", finir);
  cadre.addEventListener("pointercancel", finir);
  un("[data-effacer]", zone)?.addEventListener("click", () => {
    champ.value = "";
    courant = "";
    dessiner();
  });
  dessiner();
}

monter("[data-signature]", montrer);
