// A phone's photo weighs 3 to 12 MB: reduced before it leaves, it shows as much and passes from a cellar.
const COTE = 2560;
const QUALITE = 0.86;
const LEGERE = 1.5 * 1024 * 1024;

/** The photo as it will be kept: upright, at most 2,560 pixels wide or high; itself when it is light or unreadable here. */
export async function alleger(fichier: File): Promise<File> {
  if (!/^image\/(jpeg|png|webp)$/.test(fichier.type) || fichier.size <= LEGERE) return fichier;
  const image = await createImageBitmap(fichier, { imageOrientation: "from-image" }).catch(() => null);
  if (!image) return fichier;
  const part = Math.min(1, COTE / Math.max(image.width, image.height));
  const toile = new OffscreenCanvas(Math.round(image.width * part), Math.round(image.height * part));
  const dessin = toile.getContext("2d");
  if (!dessin) return fichier;
  dessin.fillStyle = "#fff";
  dessin.fillRect(0, 0, toile.width, toile.height);
  dessin.drawImage(image, 0, 0, toile.width, toile.height);
  image.close();
  const octets = await toile.convertToBlob({ type: "image/jpeg", quality: QUALITE });
  return octets.size < fichier.size ? new File([octets], fichier.name.replace(/\.\w+$/, ".jpg"), { type: "image/jpeg" }) : fichier;
}
