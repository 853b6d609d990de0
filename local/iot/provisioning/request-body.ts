import { isJsonObject } from '../../json-object.ts';
import type { PayloadCodec } from './payload-codec.ts';
import { brokenParameter } from './parameter-limits.ts';
import { ProvisioningRefusal } from './refusal.ts';

export type RequestObject = Readonly<Record<string, unknown>>;

// General Reference: the largest payload of a message.
const maxPayloadBytes = 128 * 1024;

const malformed = (what: string): ProvisioningRefusal => new ProvisioningRefusal('malformed-payload', { log: what, device: what });

/** Decodes a payload; no bytes at all are an empty object, as the device SDKs send either for CreateKeysAndCertificate. */
export function decodePayload(payload: Buffer, codec: PayloadCodec): unknown {
  if (payload.length === 0) return {};
  if (payload.length > maxPayloadBytes) throw malformed(`it has more than ${maxPayloadBytes} bytes`);
  try {
    return codec.decode(payload);
  } catch {
    throw malformed(`it is not ${codec.format.toUpperCase()}`);
  }
}

export interface KnownMembers {
  readonly known: readonly string[];
  /** Whether others are ignored. */
  readonly toleratesOthers: boolean;
}

/** @throws ProvisioningRefusal for anything but an object, and for members that are neither known nor tolerated */
export function readRequestObject(body: unknown, { known, toleratesOthers }: KnownMembers): RequestObject {
  if (!isJsonObject(body)) throw malformed('it is not an object');
  const isStrange = !toleratesOthers && Object.keys(body).some((name) => !known.includes(name));
  if (isStrange) throw malformed(`it has members besides ${known.join(', ')}`);
  return body;
}

/** A string member, `undefined` when absent. @throws ProvisioningRefusal */
export function readStringMember(body: RequestObject, name: string): string | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw malformed(`${name} is not a string`);
}

const invalid = (what: string): ProvisioningRefusal => new ProvisioningRefusal('parameters-invalid', { log: what, device: what });

/** The member `parameters` of RegisterThing: string → string, absent meaning none. @throws ProvisioningRefusal */
export function readParameters(body: RequestObject): ReadonlyMap<string, string> {
  const value = Object.hasOwn(body, 'parameters') ? body['parameters'] : {};
  if (!isJsonObject(value)) throw invalid('parameters is not an object');
  return new Map(
    Object.entries(value).map(([name, member]) => {
      const problem = brokenParameter(name, member);
      if (problem !== undefined) throw invalid(problem);
      return [name, String(member)];
    }),
  );
}
