import type { DeviceEvidence, DeviceRecord } from '../../domain/operations/device-record.ts';
import type { Fact } from '../output/fact-table.ts';

const time = (ms: number): string => new Date(ms).toISOString();

type Named = readonly [string, string | undefined];

const known = (facts: readonly Named[]): readonly Fact[] =>
  facts.flatMap(([name, value]) => (value === undefined ? [] : [[name, value] as const]));

/** Every fact of a record, as rows of a table for people. */
export const factsOf = (device: DeviceRecord): readonly Fact[] => [
  ...known([
    ['line', device.line],
    ['serial', device.serialNumber],
    ['thing', device.thingName],
    ['tenant', device.tenant],
    ...(device.formerOwners ?? []).map(({ tenant, until }) => ['former tenant', `${tenant}, until ${time(until)}`] as const),
    ['changes hands', device.isChangingHands && 'yes; repeat the transfer to finish it'],
    ['waits for another proof', device.awaitsProof && 'yes; say what it must prove now (muster devices release --new-key --proof)'],
    ['keys count from version', device.firstKeyVersion === undefined ? undefined : String(device.firstKeyVersion)],
    ['approach', device.approach],
    ['state', stateOf(device)],
    ['waits for an operator', device.attention],
    ['on probation', device.onProbation ? 'yes' : undefined],
    ['version', String(device.version)],
    ['manifest', device.manifest],
    ['counted against claim', device.countedAgainst ?? 'none'],
    ['last proof', device.lastProof && `${time(device.lastProof.at)}, by version ${device.lastProof.keyVersion} of its key`],
    ['connects as', device.connectsAs],
    ['may come back by a ticket', device.recoveryUntil === undefined ? undefined : `until ${time(device.recoveryUntil)}`],
    ['credential since', device.credentialSince === undefined ? undefined : time(device.credentialSince)],
    ['to be replaced', rotationText(device)],
    ['rotations that came to nothing', device.failedRotations === undefined ? undefined : String(device.failedRotations)],
    ['publishes refused', device.publishesRefusedOn && `too many, on ${device.publishesRefusedOn}`],
    ['clone suspected', device.suspicion && [`on ${device.suspicion.on}`, ...(device.suspicion.addresses ?? [])].join(', ')],
  ]),
  ...Object.entries(device.attributes ?? {}).map(([name, value]) => [`attribute ${name}`, value] as const),
  ...(device.evidence === undefined ? [] : evidenceFacts(device.evidence)),
  ...device.certificates.map(({ id, issuedAt }) => [`certificate ${standingOf(device, id)}`, `${id}, issued ${time(issuedAt)}`] as const),
  ['last event', `${device.lastEvent.code}, ${time(device.lastEvent.at)}, ${device.lastEvent.id}`],
];

const evidenceFacts = (evidence: DeviceEvidence): readonly Fact[] => {
  const { readmission } = evidence;
  return known([
    ['must prove', evidence.attestation],
    ...Object.entries(evidence.details),
    ['bound to key', evidence.boundKey ?? 'none yet'],
    ['bound key came from', evidence.boundAddress],
    ['candidate key', evidence.candidateKey],
    ['key that waits', askingText(evidence.pending)],
    ['approved key', evidence.approvedKey],
    ['another key asked', askingText(evidence.contender)],
    ['lets in', readmission && `${readmission.key ?? 'any key'} until ${time(readmission.until)}`],
    ...evidence.refusedKeys.map((key) => ['key ruled out', key] as const),
  ]);
};

const stateOf = ({ state, quarantinedFrom, quarantineLeavesNothing }: DeviceRecord): string => {
  const from = quarantinedFrom === undefined ? state : `${state}, from ${quarantinedFrom}`;
  return quarantineLeavesNothing === true ? `${from}, without its diagnosis` : from;
};

const rotationText = ({ rotation, rotateAt }: DeviceRecord): string | undefined =>
  rotation === undefined ? dueText(rotateAt) : `now, by ${rotation.id}, until ${time(rotation.until)}`;

const dueText = (rotateAt: number | undefined): string | undefined => (rotateAt === undefined ? undefined : `from ${time(rotateAt)} on`);

const askingText = (asking: DeviceEvidence['pending']): string | undefined =>
  asking && `${asking.key}, ${time(asking.at)}, from ${asking.address ?? 'an address that was not seen'}`;

const standingOf = ({ certificateInUse, toRetire }: DeviceRecord, id: DeviceRecord['toRetire'][number]): string => {
  if (id === certificateInUse) return 'in use';
  return toRetire.includes(id) ? 'to be retired' : 'not yet seen';
};
