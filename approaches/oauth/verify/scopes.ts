import { type BoundaryPart, boundaryParts } from '../../../domain/connection/connection-verdict.ts';
import type { IssuerSettings } from '../evidence/settings.ts';
import type { JsonObject } from '../evidence/json-object.ts';

/** What the scopes of a token open, as its issuer's settings map them; nothing where none is mapped. */
export const partsOpenedBy = (claims: JsonObject, { scopeClaim, scopes }: IssuerSettings): readonly BoundaryPart[] => {
  const opened = new Set(scopesIn(claims[scopeClaim]).flatMap((scope) => (Object.hasOwn(scopes, scope) ? (scopes[scope] ?? []) : [])));
  return boundaryParts.filter((part) => opened.has(part));
};

// A list in one text (RFC 9068 §2.2.3, RFC 6749 §3.3), or an array as some issuers have it.
const scopesIn = (value: unknown): readonly string[] => {
  if (typeof value === 'string') return value.split(' ');
  return Array.isArray(value) ? value.filter((scope) => typeof scope === 'string') : [];
};
