import * as z from 'zod/mini';
import { attentionOf } from '../../domain/attention.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { enrollmentStates } from '../../domain/enrollment-state.ts';
import {
  certificateId,
  claimName,
  keyDigest,
  type LineName,
  lineName,
  type ThingName,
  tenantName,
  thingName,
} from '../../domain/identifiers.ts';
import { hasTraces } from '../../domain/reconciliation/compare-enrollment.ts';
import { rotationId } from '../../domain/rotation/rotation.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { enrollmentKeyOf } from '../../domain/thing-name.ts';
import { fromItem, type Item, toItem } from './attribute-values.ts';
import { auditEvent } from './audit-event-schema.ts';
import { StoredItemError } from './stored-item-error.ts';

/** The one partition of the index of enrollments to be reconciled. */
export const DUE = 'due';

const asking = z.object({ key: keyDigest, at: z.number(), correlationId: z.string(), claimCertificateId: z.exactOptional(certificateId) });

const certificate = z.object({
  id: certificateId,
  key: keyDigest,
  issuedAt: z.number(),
  expiresAt: z.exactOptional(z.number()),
  correlationId: z.exactOptional(z.string()),
});

const rotation = z.object({
  id: rotationId,
  startedAt: z.number(),
  until: z.number(),
  next: z.exactOptional(z.record(z.string(), z.string())),
});

const enrollment = z.object({
  line: lineName,
  serialNumber,
  thingName,
  tenant: tenantName,
  formerOwners: z.exactOptional(z.array(z.object({ tenant: tenantName, until: z.number() }))),
  isChangingHands: z.exactOptional(z.literal(true)),
  awaitsProof: z.exactOptional(z.literal(true)),
  firstKeyVersion: z.exactOptional(z.int()),
  approach: z.string(),
  requirement: z.record(z.string(), z.string()),
  attributes: z.exactOptional(z.record(z.string(), z.string())),
  manifest: z.exactOptional(z.string()),
  state: z.enum(enrollmentStates),
  quarantinedFrom: z.exactOptional(z.enum(enrollmentStates)),
  quarantineLeavesNothing: z.exactOptional(z.boolean()),
  version: z.int(),
  boundKey: z.exactOptional(keyDigest),
  candidateKey: z.exactOptional(keyDigest),
  onProbation: z.exactOptional(z.boolean()),
  pending: z.exactOptional(asking),
  approvedKey: z.exactOptional(keyDigest),
  contender: z.exactOptional(asking),
  readmission: z.exactOptional(z.object({ until: z.number(), key: z.exactOptional(keyDigest) })),
  recovery: z.exactOptional(z.object({ ticket: z.string(), until: z.number() })),
  refusedKeys: z.exactOptional(z.array(keyDigest)),
  countedAgainst: z.exactOptional(claimName),
  certificates: z.array(certificate),
  certificateInUse: z.exactOptional(certificateId),
  credentialSince: z.exactOptional(z.number()),
  rotateAt: z.exactOptional(z.number()),
  rotation: z.exactOptional(rotation),
  failedRotations: z.exactOptional(z.int()),
  toRetire: z.array(certificateId),
  lastProof: z.exactOptional(z.object({ mark: z.string(), connectionId: z.string(), keyVersion: z.int() })),
  connectsAs: z.exactOptional(z.string()),
  lastEvent: auditEvent,
});

export const enrollmentKey = (thing: ThingName): Item => ({ pk: { S: `enrollment#${enrollmentKeyOf(thing)}` }, sk: { S: 'enrollment' } });

// A device that nobody has seen has nothing at AWS IoT to compare with: an import costs no index entry.
const dueOf = (value: Enrollment): object => (hasTraces(value) ? { reconcile: DUE, reconcileAt: value.lastEvent.at } : {});

/** The line in whose list of credentials to be replaced an enrollment stands, ordered by `rotateAt`; none where it stands in none. */
export const rotationLineOf = ({ line, state, rotateAt }: Enrollment): LineName | undefined =>
  state === 'active' && rotateAt !== undefined ? line : undefined;

/**
 * The item, with the attributes by which sparse indexes find what waits for an operator, what reconciliation must look at, and
 * whose credential is to be replaced.
 */
export const enrollmentItem = (value: Enrollment): Item => ({
  ...toItem({ ...value, attention: attentionOf(value), ...dueOf(value), rotationLine: rotationLineOf(value) }),
  ...enrollmentKey(value.thingName),
});

/** @throws StoredItemError when somebody wrote what is no enrollment: nothing may be decided from it. */
export const parseEnrollmentItem = (item: Item): Enrollment => {
  const parsed = z.safeParse(enrollment, fromItem(item));
  if (!parsed.success) throw new StoredItemError('enrollment', item, parsed.error);
  return parsed.data;
};
