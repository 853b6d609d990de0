import { invalidRequest } from '../refusals.ts';

export type Attributes = Readonly<Record<string, string>>;

// §10.2 of the registry's quotas: names and values of things' and groups' attributes.
const namePattern = /^[a-zA-Z0-9_.,@/:#-]{1,128}$/;
const valuePattern = /^[a-zA-Z0-9_.,@/:#=[\]-]{0,800}$/;

/** Refuses attributes that the registry would not store. */
export const checkAttributes = (attributes: Attributes, { maximum, owner }: { readonly maximum: number; readonly owner: string }): void => {
  const entries = Object.entries(attributes);
  if (entries.length > maximum) throw invalidRequest(`${owner} has ${entries.length} attributes; at most ${maximum} are allowed.`);
  for (const [name, value] of entries) {
    if (!namePattern.test(name)) throw invalidRequest(`Attribute name '${name}' must match ${namePattern.source}`);
    if (!valuePattern.test(value)) throw invalidRequest(`The value of attribute '${name}' must match ${valuePattern.source}`);
  }
};

/** SDK AttributePayload: `merge` keeps what is not named; an empty value removes its attribute. */
export const updatedAttributes = (
  present: Attributes,
  payload: { readonly attributes?: Attributes | undefined; readonly merge?: boolean | undefined } | undefined,
): Attributes => {
  if (payload === undefined) return present;
  const combined = { ...(payload.merge === true ? present : {}), ...payload.attributes };
  return Object.fromEntries(Object.entries(combined).filter(([, value]) => value !== ''));
};
