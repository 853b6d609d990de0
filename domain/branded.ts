declare const brand: unique symbol;

/** A value that was checked once, at the edge, and may be trusted since. */
export type Branded<Value, Name extends string> = Value & { readonly [brand]: Name };
