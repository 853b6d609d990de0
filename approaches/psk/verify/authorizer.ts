import { proofMark } from '../../../domain/connection/accepted-proof.ts';
import type { ConnectionStore } from '../../../domain/connection/connection-ports.ts';
import type { ConnectionPresentation } from '../../../domain/connection/connection-presentation.ts';
import { boundaryParts, type ConnectingDevice, type ConnectionVerdict } from '../../../domain/connection/connection-verdict.ts';
import type { ReasonCode } from '../../../domain/reason-code.ts';
import { type PskEvidence, readPskEvidence } from '../evidence.ts';
import type { DeriveKey } from '../evidence/derivation.ts';
import { masterVersionOf } from '../evidence/key-version.ts';
import { firstVersionOf } from '../evidence/requirement.ts';
import { readUserName } from '../evidence/user-name.ts';
import type { PskLine } from '../settings.ts';
import { verifyProof } from './proof.ts';

export interface PskAuthorizerProps {
  /** Begins the name of every thing of the deployment. */
  readonly prefix: string;
  /** Those that use PSK. */
  readonly lines: readonly PskLine[];
  readonly deriveKey: DeriveKey;
  readonly store: Pick<ConnectionStore, 'accept'>;
}

/** A presentation that is worth a request. */
export interface PskRead {
  readonly device: ConnectingDevice;
  readonly credentialId: string;
  readonly line: PskLine;
  readonly evidence: PskEvidence;
  readonly presentation: ConnectionPresentation;
}

/**
 * Judges by two requests: one makes the device's key, one uses the proof up and says what is on record. What does not need a
 * request is checked before the first, and nothing is written before the MAC is right.
 */
export const createPskAuthorizer = (props: PskAuthorizerProps) => ({
  approach: 'psk',
  read: (presentation: ConnectionPresentation): PskRead | ReasonCode => read(props, presentation),
  judge: (one: PskRead, signal: AbortSignal): Promise<ConnectionVerdict> => judge(props, one, signal),
});

const read = ({ prefix, lines }: PskAuthorizerProps, presentation: ConnectionPresentation): PskRead | ReasonCode => {
  const device = readUserName(prefix, presentation.username);
  // A device speaks under its own name alone: policies go by it, and two that did not would not notice each other.
  if (device?.thingName !== presentation.clientId) return 'malformed-request';
  const evidence = readPskEvidence(presentation.password);
  if (evidence === undefined) return 'evidence-refused';
  const line = lines.find(({ name }) => name === device.line);
  if (line === undefined) return 'unknown-serial';
  const { keyVersion } = evidence;
  if (!line.keyVersions.includes(masterVersionOf(keyVersion))) return 'unknown-key';
  return { device, credentialId: `v${keyVersion}`, line, evidence, presentation };
};

const judge = async (
  { deriveKey, store }: PskAuthorizerProps,
  { device, line, evidence, presentation }: PskRead,
  signal: AbortSignal,
): Promise<ConnectionVerdict> => {
  const { keyVersion, at, counter } = evidence;
  const { clientId, serverName, connectionId, at: now } = presentation;
  const deviceKey = await deriveKey({ ...device, keyVersion }, signal);
  const verification = verifyProof({ device, clientId, serverName, evidence, deviceKey, now, windowMs: line.windowSeconds * 1000 });
  if (!verification.accepted) return { verdict: 'refuse', reason: verification.reason };
  const { isTimely } = verification;
  const offered = { ...device, approach: 'psk', mark: proofMark(at, counter), connectionId, keyVersion, isTimely };
  const acceptance = await store.accept(offered, signal);
  if (!acceptance.accepted) return withoutAcceptance(acceptance);
  const { enrollment } = acceptance;
  const firstVersion = firstVersionOf(enrollment.requirement);
  if (firstVersion === undefined) return { verdict: 'refuse', reason: 'evidence-refused', enrollment };
  if (keyVersion < firstVersion) return { verdict: 'refuse', reason: 'superseded-key', enrollment };
  const times = { disconnectAfter: line.sessionSeconds, refreshAfter: line.refreshSeconds };
  const provesNext = keyVersion >= (firstVersionOf(enrollment.rotation?.next) ?? Infinity);
  return { verdict: 'admit', enrollment, times, parts: boundaryParts, ...(provesNext ? { provesNext } : {}) };
};

type Refusal = Extract<Awaited<ReturnType<ConnectionStore['accept']>>, { readonly accepted: false }>;

// Right but for its time: whoever holds the key may ask what time it is, if the device may come at all.
const withoutAcceptance = ({ reason, enrollment }: Refusal): ConnectionVerdict => {
  const known = enrollment === undefined ? {} : { enrollment };
  return reason === 'proof-outside-its-time' ? { verdict: 'clock', ...known } : { verdict: 'refuse', reason, ...known };
};
