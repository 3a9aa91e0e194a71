// Bundles gateway/static/src into gateway/static/dist: hashed names, an icon sprite and manifest.json.
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { basename, dirname, join, relative } from "node:path";
import { fileURLToPath } from "node:url";
import { brotliCompressSync } from "node:zlib";
import * as esbuild from "esbuild";

const ICI = dirname(fileURLToPath(import.meta.url));
const RACINE = join(ICI, "..", "..");
const SRC = join(ICI, "src");
const DIST = join(ICI, "dist");
const LUCIDE = join(RACINE, "node_modules", "lucide-static", "icons");
const ISOLES = ["sw.ts"]; // workers: one file each, without shared chunks

const empreinte = (contenu) => createHash("sha256").update(contenu).digest("hex").slice(0, 10);

function* fichiers(dossier, extensions) {
  if (!existsSync(dossier)) return;
  for (const entree of readdirSync(dossier, { withFileTypes: true })) {
    const chemin = join(dossier, entree.name);
    if (entree.isDirectory()) {
      if (!["dist", "node_modules", "__pycache__"].includes(entree.name)) yield* fichiers(chemin, extensions);
    } else if (extensions.some((fin) => entree.name.endsWith(fin))) yield chemin;
  }
}

/** Every quoted word of our sources that is the name of a Lucide icon: nobody keeps a list by hand. */
function iconesUtilisees() {
  const connues = new Set(readdirSync(LUCIDE).map((nom) => nom.replace(/\.svg$/, "")));
  const trouvees = new Set(["circle-help", "circle-question-mark"].filter((nom) => connues.has(nom)));
  for (const dossier of ["gateway", "services", "shared", "deploy"]) {
    for (const chemin of fichiers(join(RACINE, dossier), [".html", ".py", ".ts"])) {
      for (const [, mot] of readFileSync(chemin, "utf8").matchAll(/["'`]([a-z][a-z0-9]*(?:-[a-z0-9]+)*)["'`]/g)) {
        if (connues.has(mot)) trouvees.add(mot);
      }
    }
  }
  return [...trouvees].sort();
}

function symbole(nom, svg) {
  const dedans = svg.slice(svg.indexOf(">", svg.indexOf("<svg")) + 1, svg.lastIndexOf("</svg>")).replace(/\s*\n\s*/g, "");
  return `<symbol id="${nom}" viewBox="0 0 24 24">${dedans}</symbol>`;
}

function ecrire(nom, contenu, manifeste) {
  const [base, fin] = [nom.slice(0, nom.lastIndexOf(".")), nom.slice(nom.lastIndexOf("."))];
  const final = `${base}-${empreinte(contenu)}${fin}`;
  writeFileSync(join(DIST, final), contenu);
  manifeste.fichiers[nom] = final;
}

function sprite(manifeste) {
  manifeste.icones = iconesUtilisees();
  const symboles = manifeste.icones.map((nom) => symbole(nom, readFileSync(join(LUCIDE, `${nom}.svg`), "utf8")));
  symboles.push(symbole("logo", readFileSync(join(SRC, "images", "logo.svg"), "utf8")));
  ecrire("icones.svg", `<svg xmlns="http://www.w3.org/2000/svg">${symboles.join("")}</svg>`, manifeste);
}

function images(manifeste) {
  for (const chemin of fichiers(join(SRC, "images"), [".svg", ".png"])) ecrire(basename(chemin), readFileSync(chemin), manifeste);
}

const options = {
  bundle: true, minify: true, sourcemap: process.argv.includes("--watch"), metafile: true, write: true, outdir: DIST,
  entryNames: "[name]-[hash]", assetNames: "[name]-[hash]", chunkNames: "commun-[hash]", format: "esm",
  target: ["es2022", "chrome123", "firefox121", "safari17.5"], loader: { ".woff2": "file", ".wasm": "file", ".svg": "file" },
  logLevel: "warning", absWorkingDir: RACINE, legalComments: "none",
};

/** app.css then every screen's sheet in its own layer. */
function styles() {
  const ecrans = [...fichiers(join(SRC, "css", "ecrans"), [".css"])].sort();
  const lignes = ecrans.map((chemin) => `@import "./${relative(SRC, chemin)}" layer(screens);`);
  return esbuild.build({
    ...options,
    stdin: { contents: ['@import "./css/app.css";', ...lignes].join("\n"), loader: "css", resolveDir: SRC, sourcefile: "app.css" },
    entryNames: "app-[hash]",
  });
}

async function scripts() {
  const ilots = [...fichiers(join(SRC, "ts", "ilots"), [".ts"])].filter((chemin) => !chemin.endsWith(".d.ts"));
  const isoles = ISOLES.map((nom) => join(SRC, "ts", nom)).filter(existsSync);
  const resultats = [await esbuild.build({ ...options, splitting: true, entryPoints: [join(SRC, "ts", "app.ts"), ...ilots] })];
  if (isoles.length) resultats.push(await esbuild.build({ ...options, entryPoints: isoles }));
  return resultats;
}

function noter(resultat, manifeste) {
  for (const [sortie, infos] of Object.entries(resultat.metafile.outputs)) {
    const nom = basename(sortie);
    if (infos.entryPoint) manifeste.fichiers[nom.replace(/-[A-Z0-9]{8}(\.\w+)$/, "$1")] = nom;
    if (/^inter-latin-wght.*woff2$/.test(nom)) manifeste.fichiers["inter.woff2"] = nom;
  }
}

/** Beside each text, what the gateway sends of it: shorter than what it could compress at each request. */
function abreger(noms) {
  for (const nom of noms) {
    const court = join(DIST, `${nom}.br`);
    if (/\.(css|js|svg)$/.test(nom) && !existsSync(court)) writeFileSync(court, brotliCompressSync(readFileSync(join(DIST, nom))));
  }
}

/** Removes what earlier builds left, but not what an open page may still ask for. */
function elaguer(gardes) {
  for (const nom of readdirSync(DIST)) {
    if (gardes.has(nom.replace(/\.br$/, "")) || nom === "manifest.json" || nom.startsWith(".")) continue;
    if (Date.now() - statSync(join(DIST, nom)).mtimeMs > 3_600_000) rmSync(join(DIST, nom), { force: true });
  }
}

async function construire() {
  mkdirSync(DIST, { recursive: true });
  const manifeste = { fichiers: {}, icones: [] };
  sprite(manifeste);
  images(manifeste);
  const resultats = [await styles(), ...(await scripts())];
  for (const resultat of resultats) noter(resultat, manifeste);
  writeFileSync(join(DIST, "manifest.json"), JSON.stringify(manifeste, null, 1));
  const faits = new Set([...Object.values(manifeste.fichiers), ...resultats.flatMap((r) => Object.keys(r.metafile.outputs).map((s) => basename(s)))]);
  abreger(faits);
  elaguer(faits);
  console.log(`gateway/static/dist: ${Object.keys(manifeste.fichiers).length} files, ${manifeste.icones.length} icons`);
}

await construire();
if (process.argv.includes("--watch")) {
  const { watch } = await import("node:fs");
  let attente;
  for (const dossier of [SRC, join(RACINE, "gateway", "pages")]) {
    watch(dossier, { recursive: true }, () => {
      clearTimeout(attente);
      attente = setTimeout(() => construire().catch((erreur) => console.error(erreur.message)), 150);
    });
  }
}
