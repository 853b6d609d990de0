import { deviceByClientId } from '../../domain/client-id.ts';
import type { LineName } from '../../domain/identifiers.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import type { RecoveringDevice, RecoveryOccasion, RecoveryProof, RecoveryProofs } from '../../domain/recovery/recovery-ports.ts';
import { resourceNames } from '../../domain/resource-names.ts';
import { readPresentation } from '../device-authorizer/presentation.ts';

export interface KnockReading {
  readonly prefix: string;
  readonly lines: readonly LineName[];
  readonly proofs: Pick<RecoveryProofs, 'read'>;
}

/** Somebody who shows a ticket. */
export interface Knock {
  readonly device: RecoveringDevice;
  readonly occasion: RecoveryOccasion;
  readonly proof: RecoveryProof;
}

/** What costs no request. The connection is that of a claim, under a client id that nobody used before; the user name says whose it is. */
export const readKnock = (
  { prefix, lines, proofs }: KnockReading,
  event: unknown,
  at: number,
): Knock | { readonly reason: ReasonCode; readonly device?: RecoveringDevice } => {
  const presentation = readPresentation(event, at);
  const device = presentation && deviceByClientId(prefix, [], presentation.username);
  if (presentation === undefined || device === undefined) return { reason: 'malformed-request' };
  if (!lines.includes(device.line)) return { reason: 'no-open-recovery', device };
  const { clientId, serverName } = presentation;
  const begin = resourceNames(prefix).claimClientIdPrefix(device.line);
  const proof = proofs.read(presentation.password);
  const isNew = clientId.startsWith(begin) && RANDOM.test(clientId.slice(begin.length));
  if (proof === undefined || !isNew) return { reason: 'malformed-request', device };
  return { device, proof, occasion: { serverName, clientId, thingName: device.thingName } };
};

/** 128 bits. */
const RANDOM = /^[0-9a-f]{32}$/;
