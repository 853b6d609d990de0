import type { VerifyIntroduction } from '../../../domain/admission/certificate-presentation.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import type { ImportResult } from '../../../domain/operations/devices-import.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { DeviceFacts } from '../../../domain/registration.ts';
import type { KnownCertificate } from '../../../domain/registry-ports.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import { type UnclaimedArrival, admitUnclaimed } from '../../device-entrance/admit-unclaimed.ts';
import { settleAdmission } from '../../device-entrance/settle-admission.ts';
import type { OperationCall } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { chainIn, idOfCertificate } from './certificate-in-advance.ts';

type Resources = Pick<OperationResources, 'prefix' | 'configuration' | 'store' | 'audit' | 'entrance' | 'verifyIntroduction'>;

/** A device that is enrolled and comes in with the import itself. */
export interface InAdvance {
  readonly facts: DeviceFacts;
  readonly certificatePem: string;
  readonly settings: LineSettings;
  readonly call: OperationCall;
  readonly eventId: string;
  /** What the row itself came to; the answer where all went well. */
  readonly result: ImportResult;
}

/**
 * Lets a device in by the certificate of its row: on record first, then at AWS IoT, where the certificate is activated last. The
 * same row again finishes what was cut short, and asks nothing of a device that was seen since.
 */
export const admitInAdvance = async (resources: Resources, wanted: InAdvance): Promise<ImportResult> => {
  const { entrance, configuration } = resources;
  const arrival = arrivalOf(resources, wanted);
  const [before] = await resources.store.readMany([arrival.thingName]);
  // An import never changes what a device has become: a second key is not even a contender.
  if (before !== undefined && !mayComeIn(before, arrival)) return conflicting(`the device is ${before.state}, and not by this certificate`);
  const { verdict } = await admitUnclaimed(resources, arrival);
  if (verdict.verdict === 'refuse') return conflicting(`a device that is not let in (${verdict.reason})`);
  if (verdict.enrollment.certificateInUse === arrival.certificateId) return wanted.result;
  const certificate = await registered(resources, arrival, wanted.certificatePem);
  if (certificate?.status === 'ACTIVE') return wanted.result;
  if (certificate?.status !== 'INACTIVE') return conflicting(`a certificate that is ${certificate?.status ?? 'GONE'} at AWS IoT`);
  const { prefix, topicPrefix } = configuration;
  await settleAdmission({ ...entrance, deployment: { prefix, topicPrefix } }, verdict, certificate);
  return wanted.result;
};

const arrivalOf = (
  { prefix, verifyIntroduction }: Resources,
  { facts, settings, call, eventId, certificatePem }: InAdvance,
): UnclaimedArrival => {
  const { line, serialNumber, approach } = facts;
  const chainPem = chainIn(certificatePem);
  const id = idOfCertificate(certificatePem);
  const { at, actor, scope } = call;
  return {
    ...{ at, eventId, correlationId: id, line, settings, serialNumber, approach, certificateId: id },
    thingName: thingNameOf(prefix, line, serialNumber),
    about: { actor, operation: 'devices.import', scope: scope.name },
    verify: verifierOf(verifyIntroduction, { at, serialNumber, chainPem, isVendorTrusted: false }),
  };
};

const verifierOf =
  (verify: VerifyIntroduction, introduction: Parameters<VerifyIntroduction>[0]) =>
  (requirement: Enrollment['requirement']): ReturnType<VerifyIntroduction> =>
    verify(introduction, requirement);

const mayComeIn = ({ boundKey, pending, certificates }: Enrollment, { certificateId }: UnclaimedArrival): boolean =>
  (boundKey === undefined && pending === undefined) || certificates.some(({ id }) => id === certificateId);

const registered = async (
  { entrance: { certificates } }: Resources,
  { certificateId }: UnclaimedArrival,
  certificatePem: string,
): Promise<KnownCertificate | undefined> => {
  const found = await certificates.find(certificateId);
  if (found !== undefined) return found;
  await certificates.register(chainIn(certificatePem)[0] ?? certificatePem);
  return certificates.find(certificateId);
};

const conflicting = (got: string): ImportResult => ({
  outcome: 'conflicting',
  mistakes: [
    {
      what: 'certificate',
      got,
      allowed: 'a device that nobody let in yet, or by this very certificate',
      fix: 'look at the device with: muster devices show; an import changes nothing of it',
    },
  ],
});
