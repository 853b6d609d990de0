import { AwsError } from '../../aws-error.ts';
import { isJsonObject } from '../../json-object.ts';
import { invalidRequest } from '../refusals.ts';
import type { MemberBinding } from './binding.ts';
import { inputStructures } from './bindings.data.ts';
import type { MemberRule } from './member-rules.ts';
import { nestedRules, requestRules } from './member-rules.ts';

type Members = Readonly<Record<string, unknown>>;

// restJson1 services answer a body of the wrong JSON type so, before any constraint is looked at.
const wrongType = (path: string, expected: string): never => {
  throw new AwsError('SerializationException', `The value at '${path}' is of another type; a ${expected} was expected.`);
};

// What travels in the path, the query or a header is text, whatever its type.
const readText = (text: string, type: string): unknown => {
  if (type === 'boolean' && (text === 'true' || text === 'false')) return text === 'true';
  // restJson1: outside of bodies a timestamp is RFC 3339's text, and seconds inside.
  if (type === 'timestamp') return Number.isNaN(Date.parse(text)) ? text : Date.parse(text) / 1000;
  return type === 'number' && /^-?\d+$/.test(text) ? Number(text) : text;
};

const travelsAsText = ({ in: place }: MemberBinding): boolean => place !== undefined && place !== 'payload';

const readScalar = (value: unknown, type: string, path: string): unknown => {
  const expected = type === 'timestamp' ? 'number' : type === 'blob' ? 'string' : type;
  return typeof value === expected ? value : wrongType(path, type);
};

const read = (value: unknown, type: string, path: string): unknown => {
  const inner = type.slice(1, -1);
  if (type.startsWith('[')) {
    if (!Array.isArray(value)) return wrongType(path, 'list');
    return value.map((item, index) => read(item, inner, `${path}.${index + 1}.member`));
  }
  if (type.startsWith('{')) {
    if (!isJsonObject(value)) return wrongType(path, 'map');
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, read(item, inner, `${path}.${key}`)]));
  }
  if (!(type in inputStructures)) return readScalar(value, type, path);
  return isJsonObject(value) ? readMembers(value, type, `${path}.`) : wrongType(path, 'structure');
};

const violation = (value: unknown, path: string, rule: MemberRule): string | undefined => {
  const refusal = (constraint: string): string => `Value '${String(value)}' at '${path}' failed to satisfy constraint: ${constraint}`;
  const { min = 0, max = Infinity, pattern, values } = rule;
  if (typeof value === 'number') {
    if (value < min) return refusal(`Member must have value greater than or equal to ${min}`);
    return value > max ? refusal(`Member must have value less than or equal to ${max}`) : undefined;
  }
  if (typeof value !== 'string') return undefined;
  // SM counts Unicode code points.
  const length = value.length <= max && value.length >= min ? value.length : Array.from(value).length;
  if (length < min) return refusal(`Member must have length greater than or equal to ${min}`);
  if (length > max) return `Value at '${path}' failed to satisfy constraint: Member must have length less than or equal to ${max}`;
  if (pattern?.test(value) === false) return refusal(`Member must satisfy regular expression pattern: ${pattern.source}`);
  return values?.includes(value) === false ? refusal(`Member must satisfy enum value set: [${values.join(', ')}]`) : undefined;
};

const checkMember = (value: unknown, binding: MemberBinding, { path, rule }: { path: string; rule: MemberRule | undefined }): void => {
  const missing = value === undefined && binding.isRequired === true;
  const problem = missing
    ? `Value at '${path}' failed to satisfy constraint: Member must not be null`
    : rule === undefined
      ? undefined
      : violation(value, path, rule);
  if (problem !== undefined) throw invalidRequest(`1 validation error detected: ${problem}`);
};

const readMember = (sent: unknown, binding: MemberBinding, path: string): unknown => {
  if (sent === undefined || sent === null) return undefined;
  return read(typeof sent === 'string' && travelsAsText(binding) ? readText(sent, binding.type) : sent, binding.type, path);
};

// All types before any constraint: a service parses a request whole before it validates it.
const readMembers = (members: Members, structure: string, prefix: string): Members => {
  const bindings = Object.entries(inputStructures[structure] ?? {});
  const values = bindings.map(([name, binding]) => [name, readMember(members[name], binding, `${prefix}${name}`)] as const);
  for (const [index, [name, binding]] of bindings.entries()) {
    const rule = nestedRules[`${structure}.${name}`] ?? (prefix === '' ? requestRules[name] : undefined);
    checkMember(values[index]?.[1], binding, { path: `${prefix}${name}`, rule });
  }
  return Object.fromEntries(values.filter(([, value]) => value !== undefined));
};

/**
 * The members of an operation's input that AWS publishes, of the published types, within the published constraints;
 * members that it does not publish are dropped, as AWS drops them.
 *
 * @throws AwsError `SerializationException` for a wrong type, `InvalidRequestException` for a violated constraint.
 */
export const validateInput = (structure: string | undefined, input: Members): Members =>
  structure === undefined ? {} : readMembers(input, structure, '');
