import * as z from 'zod/mini';
import { refuse } from '../../domain/admission.ts';
import type { RefusedRequest } from '../../domain/admission/admission-request.ts';
import { type Announcement, type AnnouncementStore, basisOf } from '../../domain/admission/announcement.ts';
import type { VerifyIntroduction } from '../../domain/admission/certificate-presentation.ts';
import type { ThingName } from '../../domain/identifiers.ts';
import type { LineSettings } from '../../domain/line-settings.ts';
import type { ReasonCode } from '../../domain/reason-code.ts';
import type { DeviceCertificates, KnownCertificate } from '../../domain/registry-ports.ts';
import { type SerialNumber, serialNumber } from '../../domain/serial-number.ts';
import { thingNameOf } from '../../domain/thing-name.ts';
import type { VendorCa, VendorCaStore } from '../../domain/vendor-ca.ts';
import type { Enrollment } from '../../domain/enrollment.ts';
import { type UnclaimedAdmitter, admitUnclaimed } from '../device-entrance/admit-unclaimed.ts';
import { type AdmissionSettler, settleAdmission } from '../device-entrance/settle-admission.ts';
import type { Clock } from '../middleware/clock.ts';
import type { ReadAnnouncement } from './read-announcement.ts';

export interface AnnouncementJudge extends UnclaimedAdmitter, AdmissionSettler {
  /** The approach whose devices come in this way. */
  readonly approach: string;
  readonly verify: VerifyIntroduction;
  /** The serial number that a certificate names its device by. */
  readonly serialNumberIn: (certificatePem: string) => string | undefined;
  readonly lines: readonly LineSettings[];
  readonly vendorCas: Pick<VendorCaStore, 'read'>;
  readonly announcements: AnnouncementStore;
  readonly certificates: Pick<DeviceCertificates, 'find' | 'activate'>;
  readonly clock: Pick<Clock, 'now'>;
}

/** A certificate that waits, and by whom it came. */
interface Candidate {
  readonly ca: VendorCa;
  readonly settings: LineSettings | undefined;
  readonly certificate: KnownCertificate;
  readonly at: number;
  readonly eventId: string;
}

/**
 * Judges a certificate that registered itself: places the device and activates it, or leaves it pending and counts. A repeated
 * announcement of a refused one is only counted while nothing has changed that the refusal rests on. `eventId` is that of the
 * message, so that a message which comes twice is on record under one id.
 */
export const judgeAnnouncement = async (judge: AnnouncementJudge, announced: ReadAnnouncement, eventId: string): Promise<void> => {
  const { certificateId, caCertificateId } = announced;
  const ca = await judge.vendorCas.read(caCertificateId);
  // The account is shared: another application's devices announce themselves, too.
  if (ca === undefined) return;
  const settings = judge.lines.find(({ name }) => name === ca.line);
  const at = judge.clock.now();
  const before = await judge.announcements.read(certificateId);
  if (before !== undefined && (await isSettled(judge, before, { ca, settings }))) {
    await judge.announcements.count(certificateId, at, refusalIn(before));
    return;
  }
  // What was announced is not what counts: AWS IoT is asked how it stands now.
  const certificate = await judge.certificates.find(certificateId);
  if (certificate?.status !== 'PENDING_ACTIVATION' || certificate.vendorCaId !== ca.id) return;
  await judgeCandidate(judge, { ca, settings, certificate, at, eventId });
};

const isSettled = async (
  { store }: AnnouncementJudge,
  { basis, thingName }: Announcement,
  { ca, settings }: Pick<Candidate, 'ca' | 'settings'>,
): Promise<boolean> => {
  const [enrollment] = thingName === undefined ? [] : await store.readMany([thingName]);
  return basis === basisOf(ca, settings, enrollment);
};

const refusalIn = ({ vendorCaId, reason, basis, thingName }: Announcement) => ({
  ...{ vendorCaId, reason, basis },
  ...(thingName === undefined ? {} : { thingName }),
});

const judgeCandidate = async (judge: AnnouncementJudge, candidate: Candidate): Promise<void> => {
  const { ca, settings, certificate } = candidate;
  const known = knownOf(candidate, judge.approach);
  const serial = z.safeParse(serialNumber, judge.serialNumberIn(certificate.certificatePem)).data;
  if (serial === undefined) return turnAway(judge, candidate, { known, reason: 'malformed-request' });
  const device = { ...known, ...deviceOf(judge, ca, serial) };
  if (ca.state === 'distrusted' || settings === undefined)
    return turnAway(judge, candidate, { known: device, reason: 'unknown-vendor-ca' });
  const introduction = {
    at: candidate.at,
    serialNumber: serial,
    chainPem: [certificate.certificatePem, ca.certificatePem],
    isVendorTrusted: true,
  };
  const arrival = {
    ...device,
    settings,
    approach: judge.approach,
    verify: (requirement: Enrollment['requirement']) => judge.verify(introduction, requirement),
  };
  const { verdict, enrollment } = await admitUnclaimed(judge, arrival);
  if (verdict.verdict === 'admit') return settleAdmission(judge, verdict, certificate);
  judge.audit.emit(verdict.event);
  await remember(judge, candidate, { reason: verdict.reason, thingName: device.thingName, enrollment });
};

const deviceOf = ({ deployment }: AnnouncementJudge, { line }: VendorCa, serial: SerialNumber) => ({
  serialNumber: serial,
  thingName: thingNameOf(deployment.prefix, line, serial),
});

const knownOf = ({ ca, certificate, at, eventId }: Candidate, approach: string) => {
  const { certificateId } = certificate;
  const about = { vendorCaId: ca.id, approach };
  return { at, eventId, line: ca.line, certificateId, correlationId: certificateId, about };
};

interface TurnedAway {
  readonly known: RefusedRequest;
  readonly reason: ReasonCode;
}

const turnAway = async (judge: AnnouncementJudge, candidate: Candidate, { known, reason }: TurnedAway): Promise<void> => {
  judge.audit.emit(refuse(known, reason).event);
  const [enrollment] = known.thingName === undefined ? [] : await judge.store.readMany([known.thingName]);
  await remember(judge, candidate, { reason, enrollment, ...(known.thingName === undefined ? {} : { thingName: known.thingName }) });
};

interface Remembered {
  readonly reason: ReasonCode;
  readonly thingName?: ThingName;
  readonly enrollment: Enrollment | undefined;
}

const remember = (
  judge: AnnouncementJudge,
  { ca, settings, certificate, at }: Candidate,
  { enrollment, ...refused }: Remembered,
): Promise<void> =>
  judge.announcements.count(certificate.certificateId, at, { ...refused, vendorCaId: ca.id, basis: basisOf(ca, settings, enrollment) });
