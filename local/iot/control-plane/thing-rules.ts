import { invalidRequest, versionConflict } from '../refusals.ts';
import { findThingType } from '../registry/find.ts';
import type { IotRegistry } from '../registry/registry.ts';
import type { Attributes } from './attributes.ts';
import { checkAttributes } from './attributes.ts';

// GR: 3 attributes for a thing without a type, 50 with one.
const maximumAttributes = { untyped: 3, typed: 50 } as const;

export const checkThingAttributes = (
  attributes: Attributes,
  thing: { readonly thingName: string; readonly thingTypeName: string | undefined },
): void => {
  const maximum = thing.thingTypeName === undefined ? maximumAttributes.untyped : maximumAttributes.typed;
  checkAttributes(attributes, { maximum, owner: `Thing ${thing.thingName}` });
};

/** A thing type that new members may take: it exists and is not deprecated. */
export const checkUsableThingType = (registry: IotRegistry, thingTypeName: string): void => {
  const type = findThingType(registry, thingTypeName);
  if (type.deprecatedAt !== undefined) throw invalidRequest(`Can not create new thing with deprecated thing type:${thingTypeName}`);
};

/** Optimistic locking. */
export const checkVersion = (
  what: string,
  { present, expected }: { readonly present: number; readonly expected: number | undefined },
): void => {
  if (expected !== undefined && expected !== present) {
    throw versionConflict(`The version for ${what} does not match the expected version: it is ${present}, ${expected} was expected.`);
  }
};
