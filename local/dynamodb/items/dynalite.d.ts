// dynalite ships no types: what its files export is declared in `dynalite-store.ts`, from reading them.
declare module 'dynalite/*' {
  const exported: unknown;
  export default exported;
}
