import { lineSettingsOf } from '../../../domain/configuration/configuration-line-settings.ts';
import type { EnrollmentMistake } from '../../../domain/enroller.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import { type ImportContext, factsOf, resultOf } from '../../../domain/import-decision.ts';
import type { ImportResult, ImportRow, devicesImport } from '../../../domain/operations/devices-import.ts';
import { type DeviceFacts, registerDevice } from '../../../domain/registration.ts';
import { enrollmentKeyOf } from '../../../domain/thing-name.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { admitInAdvance } from './admit-in-advance.ts';
import { mistakeInAdvance } from './certificate-in-advance.ts';
import { manifestKey } from './manifest-key.ts';

type ImportResources = Pick<
  OperationResources,
  'prefix' | 'store' | 'audit' | 'manufacturers' | 'configuration' | 'entrance' | 'verifyIntroduction'
>;

/** Enrolls rows of a manifest, and lets those in that come with a certificate. */
export const createImport =
  (resources: ImportResources): Performer<typeof devicesImport> =>
  async ({ manifest, rows }, call) => {
    const key = await manifestKey(resources.manufacturers, manifest.kid, call);
    const context: ImportContext = { configuration: resources.configuration, scope: call.scope, key, manifest: manifest.digest };
    const decided = rows.map((row) => decide(resources, row, { context, at: call.at }));
    const facts = decided.filter((one) => 'serialNumber' in one);
    const enrollments = facts.map((one, index) => enroll(resources.prefix, one, { call, index, manufacturer: key?.name }));
    const found = await (call.isDryRun ? compare : write)(resources, enrollments);
    const results: ImportResult[] = [];
    for (const [index, one] of facts.entries())
      results.push(await letIn(resources, one, { call, index, result: resultOf(one, found[index] ?? 'written') }));
    return { results: decided.map((one) => ('serialNumber' in one ? taken(results) : { outcome: 'refused', mistakes: [one] })) };
  };

type RowFacts = DeviceFacts & Pick<ImportRow, 'certificatePem'>;

const settingsOf = ({ configuration }: ImportResources, { line }: Pick<ImportRow, 'line'>) =>
  lineSettingsOf(configuration).find(({ name }) => name === line);

const decide = (
  resources: ImportResources,
  row: ImportRow,
  { context, at }: { readonly context: ImportContext; readonly at: number },
): RowFacts | EnrollmentMistake => {
  const facts = factsOf(row, context);
  if (!('serialNumber' in facts)) return facts;
  const advance = { verify: resources.verifyIntroduction, settings: settingsOf(resources, row), at };
  return (
    mistakeInAdvance(row, advance) ?? { ...facts, ...(row.certificatePem === undefined ? {} : { certificatePem: row.certificatePem }) }
  );
};

interface LettingIn {
  readonly call: OperationCall;
  readonly index: number;
  readonly result: ImportResult;
}

// One after the other: AWS IoT takes few calls a second, and what was done stays done when it wants no more.
const letIn = async (resources: ImportResources, facts: RowFacts, { call, index, result }: LettingIn): Promise<ImportResult> => {
  const { certificatePem } = facts;
  const settings = settingsOf(resources, facts);
  const isEnrolled = result.outcome === 'created' || result.outcome === 'unchanged';
  if (certificatePem === undefined || settings === undefined || !isEnrolled || call.isDryRun) return result;
  return admitInAdvance(resources, { facts, certificatePem, settings, call, result, eventId: `${call.eventId}.${index}.admitted` });
};

const taken = (results: ImportResult[]): ImportResult => {
  const next = results.shift();
  if (next === undefined) throw new RangeError('There are fewer results than rows.');
  return next;
};

interface Telling {
  readonly call: OperationCall;
  readonly index: number;
  readonly manufacturer: string | undefined;
}

const enroll = (prefix: string, facts: DeviceFacts, { call, index, manufacturer }: Telling): Enrollment =>
  registerDevice(prefix, facts, {
    id: `${call.eventId}.${index}`,
    at: call.at,
    actor: call.actor,
    operation: 'devices.import',
    scope: call.scope.name,
    ...(manufacturer === undefined ? {} : { manufacturer }),
  });

type Found = readonly ('written' | Enrollment)[];

const write = async ({ store, audit }: ImportResources, enrollments: readonly Enrollment[]): Promise<Found> => {
  if (enrollments.length === 0) return [];
  const found = await store.registerAll(enrollments);
  for (const [index, enrollment] of enrollments.entries()) if (found[index] === 'written') audit.emit(enrollment.lastEvent);
  return found;
};

// As if it were written: the first of several with one key is there for the others.
const compare = async ({ store }: ImportResources, enrollments: readonly Enrollment[]): Promise<Found> => {
  const existing = await store.readMany(enrollments.map(({ thingName }) => thingName));
  const there = new Map(existing.map((enrollment) => [enrollmentKeyOf(enrollment.thingName), enrollment]));
  return enrollments.map((enrollment) => {
    const key = enrollmentKeyOf(enrollment.thingName);
    const found = there.get(key);
    if (found === undefined) there.set(key, enrollment);
    return found ?? 'written';
  });
};
