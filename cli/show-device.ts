import type { Enrollment } from '../domain/enrollment.ts';
import type { LineName } from '../domain/identifiers.ts';
import type { SerialNumber } from '../domain/serial-number.ts';
import { thingNameOf } from '../domain/thing-name.ts';
import type { Operator } from './operator.ts';

/** The record of a device; `undefined` when it was never enrolled. */
export const findDevice = async (operator: Operator, line: LineName, serial: SerialNumber): Promise<Enrollment | undefined> => {
  const [enrollment] = await operator.store.readMany([thingNameOf(operator.configuration.prefix, line, serial)]);
  return enrollment;
};

const time = (ms: number): string => new Date(ms).toISOString();

/** Every fact of a record, as rows of a table for people. */
export const factsOf = (enrollment: Enrollment): readonly (readonly [string, string])[] => [
  ['line', enrollment.line],
  ['serial', enrollment.serialNumber],
  ['thing', enrollment.thingName],
  ['tenant', enrollment.tenant],
  ['approach', enrollment.approach],
  ...Object.entries(enrollment.requirement).map(([name, value]) => [`must prove ${name}`, value] as const),
  ['state', enrollment.quarantinedFrom === undefined ? enrollment.state : `${enrollment.state}, from ${enrollment.quarantinedFrom}`],
  ['version', String(enrollment.version)],
  ['bound to key', enrollment.boundKey ?? 'none yet'],
  ...(enrollment.candidateKey === undefined ? [] : [['candidate key', enrollment.candidateKey] as const]),
  ['counted against claim', enrollment.countedAgainst ?? 'none'],
  ...enrollment.certificates.map(
    ({ id, issuedAt }) => [`certificate ${standingOf(enrollment, id)}`, `${id}, issued ${time(issuedAt)}`] as const,
  ),
  ['last event', `${enrollment.lastEvent.code}, ${time(enrollment.lastEvent.at)}, ${enrollment.lastEvent.id}`],
];

const standingOf = ({ certificateInUse, toRetire }: Enrollment, id: Enrollment['toRetire'][number]): string => {
  if (id === certificateInUse) return 'in use';
  return toRetire.includes(id) ? 'to be retired' : 'not yet seen';
};
