import type { CertificateId } from '../domain/identifiers.ts';
import type { DeviceRecord } from '../domain/operations/device-record.ts';

const time = (ms: number): string => new Date(ms).toISOString();

/** Every fact of a record, as rows of a table for people. */
export const factsOf = (device: DeviceRecord): readonly (readonly [string, string])[] => [
  ['line', device.line],
  ['serial', device.serialNumber],
  ['thing', device.thingName],
  ['tenant', device.tenant],
  ['approach', device.approach],
  ...Object.entries(device.requirement ?? {}).map(([name, value]) => [`must prove ${name}`, value] as const),
  ['state', device.quarantinedFrom === undefined ? device.state : `${device.state}, from ${device.quarantinedFrom}`],
  ['version', String(device.version)],
  ['bound to key', device.boundKey ?? 'none yet'],
  ...(device.candidateKey === undefined ? [] : [['candidate key', device.candidateKey] as const]),
  ['counted against claim', device.countedAgainst ?? 'none'],
  ...device.certificates.map(({ id, issuedAt }) => [`certificate ${standingOf(device, id)}`, `${id}, issued ${time(issuedAt)}`] as const),
  ['last event', `${device.lastEvent.code}, ${time(device.lastEvent.at)}, ${device.lastEvent.id}`],
];

const standingOf = ({ certificateInUse, toRetire }: DeviceRecord, id: CertificateId): string => {
  if (id === certificateInUse) return 'in use';
  return toRetire.includes(id) ? 'to be retired' : 'not yet seen';
};
