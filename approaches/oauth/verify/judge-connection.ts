import type { JSONWebKeySet } from 'jose';
import { proofMark } from '../../../domain/connection/accepted-proof.ts';
import type { ConnectionStore } from '../../../domain/connection/connection-ports.ts';
import type { ConnectionVerdict } from '../../../domain/connection/connection-verdict.ts';
import { refusalOfEnrollment } from '../../../domain/admission/device-judgement.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import type { TokenProof } from '../evidence/proof.ts';
import { type OAuthRequirement, readOAuthRequirement } from '../evidence/requirement.ts';
import type { IssuerSettings } from '../evidence/settings.ts';
import type { ReadOAuthConnection } from './read-connection.ts';
import { isProofOf, isSignedByOneOf, refusalOfSignature } from './signature.ts';

export const APPROACH = 'oauth';

/** What a judgement asks of the world. */
export interface OAuthPorts {
  readonly store: ConnectionStore;
  /**
   * The keys of an issuer: those that are kept, or fetched anew where these are old or `kid` is not among them; `undefined` where
   * there are none that still count.
   */
  readonly keySetOf: (issuer: IssuerSettings, kid: string | undefined, signal: AbortSignal) => Promise<JSONWebKeySet | undefined>;
}

type ByToken = Extract<ReadOAuthConnection, { kind: 'access-token' }>;

/**
 * Judges a connection. The signature of an access token is checked first; then the enrollment is read, once. A proof is taken last:
 * whoever holds a good token of another device must not be able to write on this one's record.
 */
export const judgeConnection = async (ports: OAuthPorts, read: ReadOAuthConnection, signal: AbortSignal): Promise<ConnectionVerdict> => {
  const forged = read.kind === 'access-token' ? await refusalOfSignatures(ports, read, signal) : undefined;
  if (forged !== undefined) return { verdict: 'refuse', reason: forged };
  const enrollment = await ports.store.read(read.device.thingName, signal);
  if (enrollment === undefined) return { verdict: 'refuse', reason: 'unknown-serial' };
  const reason = refusalByRecord(enrollment, read) ?? (await refusalByRequirement(enrollment, read));
  // A look-alike shares the key of the table; nothing is said of it.
  if (reason === 'unknown-serial') return { verdict: 'refuse', reason };
  if (reason !== undefined) return { verdict: 'refuse', reason, enrollment };
  return read.kind === 'access-token' && read.proof !== undefined
    ? takeProof(ports.store, { ...read, proof: read.proof }, signal)
    : admit(enrollment, read, { provesNext: await showsNext(enrollment, read) });
};

const refusalOfSignatures = async ({ keySetOf }: OAuthPorts, read: ByToken, signal: AbortSignal): Promise<ReasonCode | undefined> => {
  const { token, proof, issuer } = read;
  const thumbprint = token.claims.cnf?.jkt;
  if (proof !== undefined && (thumbprint === undefined || !(await isProofOf(proof, thumbprint)))) return 'evidence-refused';
  const keySet = await keySetOf(issuer, token.header.kid, signal);
  return keySet === undefined ? 'issuer-unavailable' : refusalOfSignature(token, keySet);
};

// A quarantined device is let in: what it may then do is another question.
const refusalByRecord = (enrollment: Enrollment, { device }: ReadOAuthConnection): ReasonCode | undefined => {
  const barred = refusalOfEnrollment(enrollment, { ...device, approach: APPROACH });
  return barred === 'quarantined' ? undefined : barred;
};

const refusalByRequirement = async (enrollment: Enrollment, read: ReadOAuthConnection): Promise<ReasonCode | undefined> => {
  const required = readOAuthRequirement(enrollment.requirement);
  if (required?.kind === 'access-token' && read.kind === 'access-token') return refusalOfSubject(required, read);
  if (required?.kind !== 'device-token' || read.kind !== 'device-token') return 'evidence-refused';
  const keys = [...keysIn(required), ...nextKeysOf(enrollment)];
  return (await isSignedByOneOf(read.token, keys)) ? undefined : 'evidence-refused';
};

const keysIn = (required: OAuthRequirement | undefined): readonly string[] =>
  required?.kind === 'device-token' ? [required.publicKey, required.nextPublicKey].filter((key) => key !== undefined) : [];

// While a rotation is under way what it offered counts beside what the device has.
const nextKeysOf = ({ state, rotation }: Enrollment): readonly string[] =>
  state === 'rotating' ? keysIn(readOAuthRequirement(rotation?.next)) : [];

const showsNext = async (enrollment: Enrollment, read: ReadOAuthConnection): Promise<boolean> =>
  read.kind === 'device-token' && (await isSignedByOneOf(read.token, nextKeysOf(enrollment)));

const refusalOfSubject = (
  required: Extract<OAuthRequirement, { kind: 'access-token' }>,
  { token, issuer }: ByToken,
): ReasonCode | undefined => {
  if (required.issuer !== token.claims.iss || required.subject !== token.all[issuer.deviceClaim]) return 'evidence-refused';
  const { keyThumbprint } = required;
  return keyThumbprint === undefined || keyThumbprint === token.claims.cnf?.jkt ? undefined : 'not-the-pinned-key';
};

const takeProof = async (
  store: ConnectionStore,
  read: ByToken & { readonly proof: TokenProof },
  signal: AbortSignal,
): Promise<ConnectionVerdict> => {
  const { device, connectionId, proof } = read;
  const mark = proofMark(proof.claims.iat * 1000, proof.claims.counter);
  const offered = { ...device, approach: APPROACH, mark, connectionId, keyVersion: 1, isTimely: true };
  const acceptance = await store.accept(offered, signal);
  if (acceptance.accepted) return admit(acceptance.enrollment, read);
  const { reason, enrollment } = acceptance;
  return { verdict: 'refuse', reason, ...(enrollment === undefined ? {} : { enrollment }) };
};

const admit = (
  enrollment: Enrollment,
  { times, parts, inheritedId }: ReadOAuthConnection,
  { provesNext }: { readonly provesNext: boolean } = { provesNext: false },
): ConnectionVerdict => ({
  verdict: 'admit',
  enrollment,
  times,
  parts,
  ...(inheritedId === undefined ? {} : { inheritedId }),
  ...(provesNext ? { provesNext } : {}),
});
