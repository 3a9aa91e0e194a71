// Reads codes with the camera: the browser's own detector, else zxing compiled to WebAssembly and served by us.
import wasm from "zxing-wasm/reader/zxing_reader.wasm";

interface Detecteur {
  detect(source: HTMLVideoElement): Promise<{ rawValue: string }[]>;
}
type Constructeur = new (options: { formats: string[] }) => Detecteur;

const FORMATS = ["qr_code", "data_matrix", "code_128", "code_39", "ean_13", "ean_8"];
const PERIODE = 140; // from the end of one reading to the next: a slow phone reads less often, it never queues images
const REPOS = 1800;

async function detecteur(): Promise<Detecteur> {
  const natif = (globalThis as { BarcodeDetector?: Constructeur & { getSupportedFormats(): Promise<string[]> } }).BarcodeDetector;
  if (natif && (await natif.getSupportedFormats().catch((): string[] => [])).includes("qr_code")) return new natif({ formats: FORMATS });
  const { BarcodeDetector, prepareZXingModule } = await import("barcode-detector/ponyfill");
  const adresse = new URL(wasm, import.meta.url).href;
  prepareZXingModule({ overrides: { locateFile: () => adresse } });
  return new BarcodeDetector({ formats: FORMATS } as ConstructorParameters<typeof BarcodeDetector>[0]) as Detecteur;
}

/** Starts one camera session for many codes; rejects when the camera is refused. Returns what stops it. */
export async function lireCodes(video: HTMLVideoElement, surCode: (code: string) => void): Promise<() => void> {
  const flux = await navigator.mediaDevices.getUserMedia({ video: { facingMode: "environment", width: { ideal: 1280 } } });
  video.srcObject = flux;
  await video.play();
  const lecteur = await detecteur();
  let [dernier, vuLe, minuterie] = ["", 0, 0];
  const regarder = async (): Promise<void> => {
    const codes = video.readyState < 2 ? [] : await lecteur.detect(video).catch((): { rawValue: string }[] => []);
    if (!video.srcObject) return;
    const code = codes[0]?.rawValue;
    if (code && (code !== dernier || performance.now() - vuLe >= REPOS)) {
      [dernier, vuLe] = [code, performance.now()];
      surCode(code);
    }
    minuterie = window.setTimeout(() => void regarder(), PERIODE);
  };
  void regarder();
  return () => {
    clearTimeout(minuterie);
    for (const piste of flux.getTracks()) piste.stop();
    video.srcObject = null;
  };
}
