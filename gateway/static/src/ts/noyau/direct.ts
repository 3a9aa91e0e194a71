// One stream per browser: a leader tab (Web Locks) reads /live and tells the others (BroadcastChannel).
// Every fact becomes a CustomEvent "amanela:fait" on document; "amanela:relire" means some were missed.
import { meta, un } from "./dom";

export interface Fait {
  id: string;
  type: string;
  cle: string;
  demande_id: string | null;
  tiers_id: string | null;
  acteur_id: string | null;
  acteur: string;
  le: string;
  detail: Record<string, unknown>;
}
type Message = { genre: "fait"; fait: Fait } | { genre: "relire" } | { genre: "etat"; etat: Etat } | { genre: "bonjour" };
type Etat = "direct" | "coupe" | "attente";

const TEXTES: Record<Etat, string> = { direct: "En direct", coupe: "Connexion perdue, nouvel essai…", attente: "Connexion…" };

function afficher(etat: Etat): void {
  const zone = un("[data-direct]");
  const texte = un("[data-direct-texte]");
  if (!zone || !texte || zone.dataset["etat"] === etat) return;
  zone.dataset["etat"] = etat;
  texte.textContent = TEXTES[etat];
}

function recevoir(message: Message): void {
  if (message.genre === "etat") afficher(message.etat);
  else if (message.genre === "relire") document.dispatchEvent(new CustomEvent("amanela:relire"));
  else if (message.genre !== "fait") return;
  else if (message.fait.type.startsWith("gateway.notification_creee")) document.body.dispatchEvent(new CustomEvent("amanela:notification"));
  else document.dispatchEvent(new CustomEvent<Fait>("amanela:fait", { detail: message.fait }));
}

/** Reads the stream until the tab goes; EventSource reconnects by itself. */
function lire(dire: (message: Message) => void): Promise<never> {
  return new Promise<never>(() => {
    const flux = new EventSource("/live");
    let coupe = false;
    flux.addEventListener("open", () => {
      dire({ genre: "etat", etat: "direct" });
      if (coupe) dire({ genre: "relire" });
      coupe = false;
    });
    flux.addEventListener("fait", (evenement) => dire({ genre: "fait", fait: JSON.parse((evenement as MessageEvent<string>).data) as Fait }));
    flux.addEventListener("relire", () => dire({ genre: "relire" }));
    flux.addEventListener("error", () => {
      coupe = true;
      dire({ genre: "etat", etat: "coupe" });
      if (flux.readyState === EventSource.CLOSED) setTimeout(() => void lire(dire), 4000);
    });
  });
}

export function suivreEnDirect(): void {
  if (!meta("csrf") || !un("[data-direct]")) return;
  const canal = new BroadcastChannel("amanela-direct");
  canal.addEventListener("message", (evenement: MessageEvent<Message>) => recevoir(evenement.data));
  let dernier: Etat = "attente";
  let meneur = false;
  const dire = (message: Message): void => {
    if (message.genre === "etat") dernier = message.etat;
    recevoir(message);
    canal.postMessage(message);
  };
  // a tab that arrives asks how the leader is doing
  canal.addEventListener("message", (evenement: MessageEvent<Message>) => {
    if (evenement.data.genre === "bonjour" && meneur) canal.postMessage({ genre: "etat", etat: dernier });
  });
  canal.postMessage({ genre: "bonjour" });
  // the stream notices a cut late: what the device says shows at once
  let avant: Etat = "attente";
  addEventListener("offline", () => {
    avant = (un("[data-direct]")?.dataset["etat"] ?? "attente") as Etat;
    afficher("coupe");
  });
  addEventListener("online", () => afficher(avant));
  const mener = (): Promise<never> => {
    meneur = true;
    return lire(dire);
  };
  if (navigator.locks) void navigator.locks.request("amanela-direct", mener).catch(() => afficher("coupe"));
  else void mener(); // plain HTTP on a LAN has no Web Locks: one stream per tab
}
