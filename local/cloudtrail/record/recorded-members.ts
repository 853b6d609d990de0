import type { JsonObject } from '../../json-object.ts';

const hidden = 'HIDDEN_DUE_TO_SECURITY_REASONS';

/** Members that hold what nobody may read, or may, since nobody knows: they are named and not shown. */
const secretMembers =
  /^(?:secret.*|.*password|keypair|privatekey|plaintext|sessiontoken|token|tokensignature|authorizationtoken|parametervalue|mac|variables|credentials|body)$/i;

/** Members that are secret in one service only. SSM User Guide, "Logging Systems Manager API calls". */
const secretByService: Readonly<Record<string, RegExp>> = { ssm: /^value$/i };

/** CloudTrail User Guide, "CloudTrail record contents": larger content is left out. */
const MAX_LENGTH = 100 * 1024;

const lowerFirst = (name: string): string => name.slice(0, 1).toLowerCase() + name.slice(1);

const shown = (service: string, value: unknown): unknown => {
  if (value instanceof Uint8Array) return undefined;
  if (value instanceof Date) return value.toISOString();
  if (value instanceof Map) return shown(service, Object.fromEntries(value));
  if (Array.isArray(value)) return value.map((one) => shown(service, one));
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(Object.entries(value).map(([name, member]) => [lowerFirst(name), shownMember(service, name, member)]));
};

const shownMember = (service: string, name: string, member: unknown): unknown => {
  if (member === undefined || member instanceof Uint8Array) return undefined;
  const isSecret = secretMembers.test(name) || (secretByService[service]?.test(name) ?? false);
  return isSecret ? hidden : shown(service, member);
};

/** Members of an input or an output as a record carries them: names in lower case first, no bytes, no secrets; null for none. */
export const recordedMembers = (service: string, members: unknown): JsonObject | null => {
  if (members === null || typeof members !== 'object') return null;
  const text = JSON.stringify(shown(service, members));
  const parsed = text.length > MAX_LENGTH ? {} : (JSON.parse(text) as JsonObject); // what was an object is one again
  return Object.keys(parsed).length === 0 ? null : parsed;
};
