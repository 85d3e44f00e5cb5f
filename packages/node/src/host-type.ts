/**
 * What the app's own types say of a global of its host, those of the DOM or of Node; without either, the fallback: our
 * declarations need no type package.
 */
export type HostType<Name extends string, Fallback> = typeof globalThis extends {
  readonly [Key in Name]: { readonly prototype: infer Type };
}
  ? Type
  : Fallback;
