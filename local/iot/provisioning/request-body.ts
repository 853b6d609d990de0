import { isJsonObject } from '../../json-object.ts';
import type { PayloadCodec } from './payload-codec.ts';
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

/** Members that the operation does not know are tolerated (assumed). @throws ProvisioningRefusal */
export function readRequestObject(body: unknown): RequestObject {
  if (!isJsonObject(body)) throw malformed('it is not an object');
  return body;
}

/** A string member, `undefined` when absent. @throws ProvisioningRefusal */
export function readStringMember(body: RequestObject, name: string): string | undefined {
  const value = Object.hasOwn(body, name) ? body[name] : undefined;
  if (value === undefined || typeof value === 'string') return value;
  throw malformed(`${name} is not a string`);
}

// SM RegisterThing: the same map of parameters on the control plane.
const maxNameCharacters = 2048;
const maxValueCharacters = 4096;

const invalid = (what: string): ProvisioningRefusal => new ProvisioningRefusal('parameters-invalid', { log: what, device: what });

function readParameter(name: string, value: unknown): string {
  if (name.length > maxNameCharacters) throw invalid(`a name has more than ${maxNameCharacters} characters`);
  if (typeof value !== 'string') throw invalid('a value is not a string');
  if (value.length > maxValueCharacters) throw invalid(`a value has more than ${maxValueCharacters} characters`);
  return value;
}

/** The member `parameters` of RegisterThing: string → string, absent meaning none. @throws ProvisioningRefusal */
export function readParameters(body: RequestObject): ReadonlyMap<string, string> {
  const value = Object.hasOwn(body, 'parameters') ? body['parameters'] : {};
  if (!isJsonObject(value)) throw invalid('parameters is not an object');
  return new Map(Object.entries(value).map(([name, member]) => [name, readParameter(name, member)]));
}
