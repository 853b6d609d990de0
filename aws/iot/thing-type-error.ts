/** A thing of the computed name is there, and is another kind of thing. */
export class ThingTypeError extends Error {
  override readonly name = 'ThingTypeError';
  readonly code = 'ERR_THING_TYPE';

  constructor(thing: string, { got, allowed }: { readonly got: string | undefined; readonly allowed: string }) {
    super(
      `The thing "${thing}" is of type ${got ?? 'none'}, not ${allowed}: somebody made it by hand. Delete it there; nothing was placed.`,
    );
  }
}
