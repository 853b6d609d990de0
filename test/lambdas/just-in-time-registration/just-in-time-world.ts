import type { SQSRecord } from 'aws-lambda';
import { X509Certificate } from 'node:crypto';
import { serialNumberIn, verifyIntroduction } from '../../../approaches/pki/verify.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { vendorCaId } from '../../../domain/identifiers.ts';
import { keyDigestOf } from '../../../domain/key-digest.ts';
import type { LineSettings } from '../../../domain/line-settings.ts';
import { manufacturerName } from '../../../domain/manufacturer.ts';
import type { VendorCa } from '../../../domain/vendor-ca.ts';
import { createJustInTimeRegistration } from '../../../lambdas/just-in-time-registration/just-in-time-registration.ts';
import * as z from 'zod/mini';
import { NOON, anEnrollment } from '../../builders/enrollment.ts';
import { aLine } from '../../builders/identifiers.ts';
import { aLineSettings } from '../../builders/line-settings.ts';
import { type Issued, aVendorCa } from '../../builders/vendor.ts';
import { entranceCloud, idOf, inMemoryAnnouncementStore, inMemoryVendorCaStore } from '../../fakes/entrance-cloud.ts';
import { InMemoryEnrollmentStore } from '../../fakes/in-memory-enrollment-store.ts';
import { recordedAuditLog } from '../../fakes/recorded-audit-log.ts';
import { recordedFaultLog } from '../../fakes/recorded-fault-log.ts';

export const vendor = await aVendorCa();

const spki = (pem: string) => new X509Certificate(pem).publicKey.export({ type: 'spki', format: 'der' });

/** The digest of the key that a certificate was made for. */
export const keyOf = ({ pem }: Pick<Issued, 'pem'>) => keyDigestOf(spki(pem));

/** What an enrollment asks for whose device must come with a certificate of the vendor. */
export const vendorRequirement = () => ({
  vendorCaKey: spki(vendor.pem).toString('base64'),
  vendorCaName: new X509Certificate(vendor.pem).subject,
});

/** The vendor's CA as it is trusted. */
export const aVendorCaRecord = (more: Partial<VendorCa> = {}): VendorCa => ({
  id: z.parse(vendorCaId, idOf(vendor.pem)),
  manufacturer: z.parse(manufacturerName, 'maker'),
  line: aLine(),
  certificatePem: vendor.pem,
  keyDigest: keyOf(vendor),
  notAfter: NOON * 2,
  state: 'trusted',
  changedAt: NOON,
  ...more,
});

export interface WorldWishes {
  readonly enrollment?: Partial<Enrollment> | 'none';
  readonly settings?: Partial<LineSettings>;
  readonly ca?: Partial<VendorCa> | 'none';
}

/** The function with everything around it, and one enrolled device of the line `sensor`. */
export const justInTimeWorld = async ({ enrollment = {}, settings = {}, ca = {} }: WorldWishes = {}) => {
  const store = new InMemoryEnrollmentStore();
  if (enrollment !== 'none') await store.register(anEnrollment({ requirement: vendorRequirement(), ...enrollment }));
  const cloud = entranceCloud();
  const vendorCas = inMemoryVendorCaStore(...(ca === 'none' ? [] : [aVendorCaRecord(ca)]));
  const announcements = inMemoryAnnouncementStore();
  const audit = recordedAuditLog();
  const faults = recordedFaultLog();
  const lines = [aLineSettings({ attestation: 'vendor-certificate', ...settings })];
  const clock = { ms: NOON, now: () => clock.ms };
  const props = { ...cloud, store, vendorCas, announcements, audit, faults, lines, clock };
  const handler = createJustInTimeRegistration({
    ...props,
    approach: 'pki',
    verify: verifyIntroduction,
    serialNumberIn,
    deployment: { prefix: 'muster', topicPrefix: 'muster' },
  });
  let messages = 0;
  /** A device shows its certificate: AWS IoT has it pending, and announces it. */
  const announce = ({ pem }: Pick<Issued, 'pem'>, body?: string) => {
    const caId = aVendorCaRecord().id;
    if (!cloud.known.has(idOf(pem))) cloud.add(pem, { status: 'PENDING_ACTIVATION', vendorCaId: caId });
    messages += 1;
    const record = { messageId: `message-${messages}`, body: body ?? JSON.stringify({ certificateId: idOf(pem), caCertificateId: caId }) };
    return handler({ Records: [record as SQSRecord] });
  };
  const enrolled = async () => (await store.readMany([anEnrollment().thingName]))[0];
  const codes = () => audit.events.map(({ code, reason }) => (reason === undefined ? code : `${code}: ${reason}`));
  return { ...props, cloud, announce, enrolled, codes, countOf: async ({ pem }: Issued) => (await announcements.read(idOf(pem)))?.count };
};
