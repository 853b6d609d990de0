import * as z from 'zod/mini';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { CertificateId } from '../../../domain/identifiers.ts';
import type { InputOf } from '../../../domain/operation.ts';
import type { devicesExplain } from '../../../domain/operations/devices-explain.ts';
import { type OperatorScope, reaches } from '../../../domain/operator-scope.ts';
import { serialNumber as serialNumberSchema } from '../../../domain/serial-number.ts';
import type { CertificateStatus } from '../../../domain/story/facts.ts';
import { tellStory, withoutEvidence } from '../../../domain/story/tell-story.ts';
import type { Performer } from '../operation-call.ts';
import type { DeviceResources } from './device-resources.ts';
import { onlyOne, readUnderSerial } from './find-device.ts';
import { readEvents } from './read-events.ts';
import { seesEvidence } from './view-device.ts';

/** So many certificates and connections are looked up, the latest of them: AWS IoT takes few calls a second. */
const MAX_LOOKED_UP = 10;

/** Tells the story of a device: of one that nobody enrolled, too. What lies beyond the scope is as if it were not. */
export const createExplain =
  (resources: DeviceResources): Performer<typeof devicesExplain> =>
  async (wanted, { scope }) => {
    const found = await enrolledUnder(resources, wanted, scope);
    const enrollment = onlyOne(found, wanted.serialNumber);
    const line = wanted.line ?? enrollment?.line;
    const read = await readEvents(resources, { ...wanted, line }, scope);
    const isOpen = seesEvidence(scope);
    const story = tellStory({
      ...read,
      serialNumber: wanted.serialNumber,
      since: wanted.since,
      enrollment,
      certificates: await statusesOf(resources, enrollment, read.events),
      addresses: isOpen ? await addressesOf(resources, read.events) : new Map(),
      lookAlikes: found.map(({ serialNumber }) => serialNumber).filter((serial) => serial !== wanted.serialNumber),
    });
    return { story: isOpen ? story : withoutEvidence(story) };
  };

const enrolledUnder = async (
  resources: DeviceResources,
  { serialNumber, line }: InputOf<typeof devicesExplain>,
  scope: OperatorScope,
): Promise<readonly Enrollment[]> => {
  const parsed = z.safeParse(serialNumberSchema, serialNumber);
  if (!parsed.success || !reaches(scope, line === undefined ? {} : { line })) return [];
  return readUnderSerial(resources, { serialNumber: parsed.data, ...(line === undefined ? {} : { line }) }, scope);
};

const statusesOf = async (
  { certificateStates }: DeviceResources,
  enrollment: Enrollment | undefined,
  events: readonly AuditEvent[],
): Promise<ReadonlyMap<CertificateId, CertificateStatus>> => {
  const granted = events.flatMap(({ code, certificateId }) => (code === 'admission.granted' && certificateId ? [certificateId] : []));
  const wanted = new Set([...granted, ...(enrollment?.certificates ?? []).map(({ id }) => id)]);
  const statuses = new Map<CertificateId, CertificateStatus>();
  for (const id of [...wanted].slice(-MAX_LOOKED_UP)) statuses.set(id, await certificateStates.statusOf(id));
  return statuses;
};

const addressesOf = async ({ claimConnections }: DeviceResources, events: readonly AuditEvent[]): Promise<ReadonlyMap<string, string>> => {
  const addresses = new Map<string, string>();
  for (const { at, correlationId, claimCertificateId } of events.filter(isAsking).slice(-MAX_LOOKED_UP)) {
    if (correlationId === undefined || claimCertificateId === undefined) continue;
    const address = await claimConnections.addressOf(claimCertificateId, correlationId, at);
    if (address !== undefined) addresses.set(correlationId, address);
  }
  return addresses;
};

const isAsking = ({ code }: AuditEvent): boolean => code.startsWith('admission.');
