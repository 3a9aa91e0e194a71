declare module "*.wasm" {
  const adresse: string;
  export default adresse;
}
