import type { ThingPrincipalType } from '../registry/registry.ts';

/** Keeps the attachments of one type, or all of them. */
export const ofPrincipalType = (
  names: readonly string[],
  typeOf: (name: string) => ThingPrincipalType | undefined,
  wanted: string | undefined,
): readonly string[] => names.filter((name) => wanted === undefined || typeOf(name) === wanted);
