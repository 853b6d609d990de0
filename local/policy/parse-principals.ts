import { isJsonObject } from '../json-object.ts';
import type { JsonObject } from '../json-object.ts';
import { readEitherForm, readStrings } from './json-reader.ts';
import { MalformedPolicy } from './malformed-policy.ts';
import type { NamedPrincipal, PrincipalSelection } from './policy-document.ts';
import type { Place } from './policy-grammar.ts';

interface PrincipalKind {
  readonly kind: Exclude<NamedPrincipal['kind'], 'Anyone'>;
  readonly expected: string;
  readonly pattern: RegExp;
}

/** IAM User Guide, "AWS JSON policy elements: Principal": names take no wildcards, `*` alone stands for all. */
const kinds: readonly PrincipalKind[] = [
  {
    kind: 'AWS',
    expected: '"*", an account, the ARN of an IAM or STS principal without wildcards, or a unique id',
    pattern: /^(\*|\d{12}|arn:[\w-]+:(iam|sts)::\d{12}:[^*?]+|A[A-Z0-9]{15,})$/,
  },
  { kind: 'Service', expected: 'the host name of an AWS service', pattern: /^[a-z0-9.-]+\.amazonaws\.com(\.cn)?$/ },
  { kind: 'Federated', expected: 'an identity provider', pattern: /^[^*?]+$/ },
  { kind: 'CanonicalUser', expected: '64 hex digits', pattern: /^[0-9a-f]{64}$/ },
];

function parseKind([name, value]: readonly [string, unknown], where: string): readonly NamedPrincipal[] {
  const known = kinds.find(({ kind }) => kind === name);
  if (known === undefined) throw new MalformedPolicy(where, `"${name}" is not one of ${kinds.map(({ kind }) => kind).join(', ')}`);
  const { kind, expected, pattern } = known;
  return readStrings(value, `${where}.${name}`).map((text) => {
    if (pattern.test(text)) return { kind, value: text };
    throw new MalformedPolicy(`${where}.${name}`, `"${text}" is not ${expected}`);
  });
}

/** Reads `Principal` or `NotPrincipal`, exactly one of which must be there if the grammar knows any. */
export function parsePrincipals(statement: JsonObject, { where: at, grammar }: Place): PrincipalSelection | undefined {
  if (!grammar.elements.includes('Principal')) return undefined;
  const { member, isNegated } = readEitherForm(statement, 'Principal', at);
  const where = `${at}.${member}`;
  const value = statement[member];
  if (value === '*') return { isNegated, principals: [grammar.anyoneIncludesServices ? { kind: 'Anyone' } : { kind: 'AWS', value: '*' }] };
  if (!isJsonObject(value) || Object.keys(value).length === 0) throw new MalformedPolicy(where, 'expected "*" or an object of principals');
  return { isNegated, principals: Object.entries(value).flatMap((entry) => parseKind(entry, where)) };
}
