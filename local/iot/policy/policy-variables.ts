import { isIPv4 } from 'node:net';
import type { Account } from '../../account.ts';
import { arnOf } from '../../account.ts';
import type { ContextLookup } from '../../policy/match-pattern.ts';
import type { ThingView } from '../directory.ts';
import type { PolicyRequest as IotRequest, PolicySubject } from './authorizer.ts';
import { thingAttributeOf } from './variable-names.ts';

export interface ContextSource {
  readonly account: Account;
  /** Milliseconds since the epoch. */
  readonly nowMs: number;
  /** `iot:Certificate.…` of the subject's certificate. */
  readonly certificate: ContextLookup;
}

const present = (value: string | undefined): readonly string[] => (value === undefined || value === '' ? [] : [value]);

/** `::ffff:192.0.2.1` as sockets show an IPv4 peer → `192.0.2.1`. */
function plainAddress(address: string): string {
  const mapped = address.replace(/^::ffff:/i, '');
  return isIPv4(mapped) ? mapped : address;
}

// DG:thing-policy-variables. IsAttached: a thing that stands for the connection is attached to its certificate by definition.
function thingVariable(name: string, thing: ThingView | undefined): readonly string[] {
  if (name === 'iot:Connection.Thing.IsAttached') return [String(thing !== undefined)];
  if (name === 'iot:Connection.Thing.ThingName') return present(thing?.thingName);
  if (name === 'iot:Connection.Thing.ThingTypeName') return present(thing?.thingTypeName);
  const attribute = thingAttributeOf(name);
  const attributes = new Map(Object.entries(thing?.attributes ?? {}));
  return attribute === undefined ? [] : present(attributes.get(attribute));
}

function requestVariable(name: string, request: IotRequest, account: Account): readonly string[] {
  if (name === 'iot:ConnectAttributes') return request.connectAttributes ?? [];
  if (name !== 'iot:LastWillTopic' || request.lastWillTopic === undefined) return [];
  return [arnOf(account, 'iot', `topic/${request.lastWillTopic}`)];
}

type Reader = (subject: PolicySubject, source: ContextSource) => string | undefined;

/** Read only when a policy asks: this stands in the way of every message. */
const readers: ReadonlyMap<string, Reader> = new Map<string, Reader>([
  ['iot:ClientId', ({ clientId }) => clientId],
  ['aws:SourceIp', ({ sourceIp }) => plainAddress(sourceIp)],
  ['iot:DomainName', ({ serverName }) => serverName],
  ['iot:CertificateId', ({ certificateId }) => certificateId],
  ['aws:CurrentTime', (_subject, { nowMs }) => new Date(nowMs).toISOString()],
  ['aws:EpochTime', (_subject, { nowMs }) => String(Math.floor(nowMs / 1000))],
  ['aws:SecureTransport', () => 'true'],
]);

/** Context keys of one AWS IoT request: policy variables and condition keys alike (DG:basic-policy-variables). */
export function policyVariables(subject: PolicySubject, request: IotRequest, source: ContextSource): ContextLookup {
  return (name) => {
    const read = readers.get(name);
    if (read !== undefined) return present(read(subject, source));
    if (name.startsWith('iot:Connection.Thing.')) return thingVariable(name, subject.thing);
    if (name.startsWith('iot:Certificate.')) return source.certificate(name);
    return requestVariable(name, request, source.account);
  };
}
