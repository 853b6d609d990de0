// Writes bindings.data.ts from the schemas that the AWS SDK publishes, so that no route or member is typed by hand.
// Run `node local/iot/control-plane/generate-bindings.ts` after adding an operation or updating the SDK, then format.
import { readdirSync, writeFileSync } from 'node:fs';
import * as sdk from '@aws-sdk/client-iot';
import type { MemberBinding, MemberLocation, OperationBinding, StructureBinding } from './binding.ts';

// Schema tuples of the SDK: [kind, namespace, name, traits, …]; kind 3 structure, 9 operation, 1 list, 2 map, 0 scalar.
const structureKind = 3;
const operationKind = 9;

const scalarTypes: Readonly<Record<number, string>> = {
  0: 'string',
  1: 'number',
  2: 'boolean',
  4: 'timestamp',
  15: 'document',
  21: 'blob',
};
const listBit = 64;
const mapBit = 128;
const labelBit = 1;
const payloadBit = 16;

const isTuple = (value: unknown): value is readonly unknown[] => Array.isArray(value);

const resolve = (reference: unknown): unknown => (typeof reference === 'function' ? (reference as () => unknown)() : reference);

const structures = new Map<string, StructureBinding>();

const scalarType = (code: number): string => {
  if ((code & mapBit) !== 0) return `{${scalarType(code - mapBit)}}`;
  if ((code & listBit) !== 0) return `[${scalarType(code - listBit)}]`;
  const type = scalarTypes[code];
  if (type === undefined) throw new Error(`The SDK uses the scalar ${code}, which this script does not know.`);
  return type;
};

const typeOf = (reference: unknown): string => {
  const schema = resolve(reference);
  if (typeof schema === 'number') return scalarType(schema);
  if (!isTuple(schema)) throw new Error('A schema is neither a number nor a tuple.');
  const [kind, , name, , fourth, fifth] = schema;
  if (kind === 0) return typeOf(fourth);
  if (kind === 1) return `[${typeOf(fourth)}]`;
  if (kind === 2) return `{${typeOf(fifth)}}`;
  addStructure(schema);
  return String(name);
};

const locationOf = (traits: unknown): MemberLocation | undefined => {
  if (typeof traits === 'number') {
    if ((traits & labelBit) !== 0) return 'label';
    return (traits & payloadBit) === 0 ? undefined : 'payload';
  }
  const { httpQuery, httpHeader } = (traits ?? {}) as { readonly httpQuery?: string; readonly httpHeader?: string };
  if (httpQuery !== undefined) return { query: httpQuery };
  return httpHeader === undefined ? undefined : { header: httpHeader };
};

const memberBinding = (reference: unknown, isRequired: boolean): MemberBinding => {
  // A member with traits is a pair [schema, traits]; schemas themselves are longer.
  const [schema, traits] = isTuple(reference) && reference.length === 2 ? reference : [reference, undefined];
  const location = locationOf(traits);
  return { type: typeOf(schema), ...(isRequired ? { isRequired: true } : {}), ...(location === undefined ? {} : { in: location }) };
};

const addStructure = (schema: readonly unknown[]): void => {
  const [kind, , name, , memberNames, members, requiredCount = 0] = schema;
  if (kind !== structureKind || structures.has(String(name))) return;
  structures.set(String(name), {});
  const names = isTuple(memberNames) ? memberNames.map(String) : [];
  const references = isTuple(members) ? members : [];
  const bindings = names.map((member, index) => [member, memberBinding(references[index], index < Number(requiredCount))] as const);
  structures.set(String(name), Object.fromEntries(bindings));
};

const implementedNames = new Set(
  readdirSync(new URL('operations/', import.meta.url)).map((file) => file.replace(/\.ts$/, '').replaceAll('-', '')),
);

const operationBinding = (schema: readonly unknown[]): OperationBinding => {
  const [, , name, traits, input] = schema;
  const [method, uri] = (traits as { readonly http: readonly [OperationBinding['method'], string, number] }).http;
  if (!implementedNames.has(String(name).toLowerCase())) return { method, uri };
  const inputSchema = resolve(input);
  return isTuple(inputSchema) ? { method, uri, input: typeOf(inputSchema) } : { method, uri };
};

const operations = Object.values(sdk as Readonly<Record<string, unknown>>)
  .filter(isTuple)
  .filter(([kind]) => kind === operationKind)
  .map((schema) => [String(schema[2]), operationBinding(schema)] as const);

const sorted = (entries: Iterable<readonly [string, unknown]>): string =>
  JSON.stringify(Object.fromEntries([...entries].sort(([a], [b]) => a.localeCompare(b))), null, 1);

writeFileSync(
  new URL('bindings.data.ts', import.meta.url),
  `// Written by generate-bindings.ts from the schemas of @aws-sdk/client-iot. Do not edit.
import type { OperationBinding, StructureBinding } from './binding.ts';

/** Every operation that AWS publishes, by name. */
export const operationBindings: Readonly<Record<string, OperationBinding>> = ${sorted(operations)};

/** The input structures of the operations that the local AWS has, and what they contain, by name. */
export const inputStructures: Readonly<Record<string, StructureBinding>> = ${sorted(structures)};
`,
);
