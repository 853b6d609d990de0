import type { Enrollment } from '../../../domain/enrollment.ts';
import type { DeviceResources } from './device-resources.ts';

/** The log's times may lie a little before the table's. */
const CLOCK_SKEW_MS = 60_000;

/** Where the bound key came from: its admission is on record, and the connection under which it was asked for. */
export const boundAddress = async (
  { auditReader, claimConnections }: Pick<DeviceResources, 'auditReader' | 'claimConnections'>,
  { boundKey, certificates, serialNumber, line }: Enrollment,
): Promise<string | undefined> => {
  const issued = certificates.find(({ key }) => key === boundKey);
  if (issued === undefined) return undefined;
  const where = { code: 'admission.granted', serialNumber, line } as const;
  const { entries } = await auditReader.page({ since: issued.issuedAt - CLOCK_SKEW_MS, where, limit: 100 });
  const admission = entries.find(({ event }) => event.keyDigest === boundKey)?.event;
  if (admission?.correlationId === undefined || admission.claimCertificateId === undefined) return undefined;
  return claimConnections.addressOf(admission.claimCertificateId, admission.correlationId, admission.at);
};
