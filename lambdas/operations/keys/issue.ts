import type { KeyBatch } from '../../../approaches/psk/evidence/key-batch.ts';
import { keyVersionFor } from '../../../approaches/psk/evidence/key-version.ts';
import type { PskLine } from '../../../approaches/psk/settings.ts';
import type { AuditEvent } from '../../../domain/audit-event.ts';
import type { Enrollment } from '../../../domain/enrollment.ts';
import type { InputOf } from '../../../domain/operation.ts';
import { OperationError } from '../../../domain/operation-error.ts';
import type { KeyIssueResult, keysIssue } from '../../../domain/operations/keys-issue.ts';
import { resourceNames } from '../../../domain/resource-names.ts';
import { recipientIdOf } from '../../../domain/sealing.ts';
import { thingNameOf } from '../../../domain/thing-name.ts';
import type { OperationCall, Performer } from '../operation-call.ts';
import type { OperationResources } from '../operation-resources.ts';
import { demandReach } from '../reach.ts';
import { refusalOfIssue } from './refusal-of-issue.ts';
import { sealerTo } from './seal.ts';

type Resources = Pick<OperationResources, 'prefix' | 'configuration' | 'store' | 'audit' | 'deviceKeys'> & {
  readonly claimResources: { readonly certificates: Pick<OperationResources['claimResources']['certificates'], 'dataEndpoint'> };
};
type Input = InputOf<typeof keysIssue>;

/**
 * Derives keys in this function and lets them out encrypted. Nothing is kept: the same request gets the same keys, and each
 * time it is on record who got them and to whom they were encrypted.
 */
export const createIssue =
  (resources: Resources): Performer<typeof keysIssue> =>
  async (input, call) => {
    demandReach(call.scope, input);
    const { sessionSeconds } = settingsOf(resources, input);
    const seal = sealerTo(input.recipient);
    const kid = recipientIdOf(input.recipient);
    const judged = await judge(resources, input, call);
    const issued = judged.flatMap(({ enrollment }) => enrollment ?? []);
    const results = judged.map(({ result }) => result);
    if (issued.length === 0 || call.isDryRun) return { results, kid };
    const sealed = await seal({ ...(await deriveBatch(resources, input, issued)), sessionSeconds });
    for (const [index, enrollment] of issued.entries())
      resources.audit.emit(issueEvent(enrollment, { call, index, kid, keyVersion: input.keyVersion }));
    return { results, kid, sealed };
  };

const settingsOf = ({ deviceKeys }: Resources, { line, keyVersion }: Input): PskLine => {
  const settings = deviceKeys.lines.find(({ name }) => name === line);
  if (settings === undefined) throw new OperationError('ERR_INPUT', `line: got "${line}"; allowed is a line that uses the approach psk.`);
  if (settings.keyVersions.includes(keyVersion)) return settings;
  const allowed = settings.keyVersions.join(', ');
  throw new OperationError('ERR_INPUT', `keyVersion: got ${keyVersion}; allowed on line "${line}" is ${allowed}, as deployed.`);
};

interface Judged {
  readonly result: KeyIssueResult;
  /** Of a device whose key is issued. */
  readonly enrollment?: Enrollment;
}

const judge = async (
  { prefix, store }: Resources,
  { line, serialNumbers }: Input,
  { scope }: OperationCall,
): Promise<readonly Judged[]> => {
  const found = await store.readMany(serialNumbers.map((serial) => thingNameOf(prefix, line, serial)));
  return serialNumbers.map((serialNumber) => {
    const enrollment = found.find((one) => one.serialNumber === serialNumber);
    const why = refusalOfIssue(enrollment, scope);
    if (why !== undefined || enrollment === undefined) return { result: { serialNumber, outcome: 'refused', why } };
    return { result: { serialNumber, outcome: 'issued' }, enrollment };
  });
};

const deriveBatch = async (
  { prefix, configuration, deviceKeys, claimResources }: Resources,
  { line, keyVersion }: Input,
  enrollments: readonly Enrollment[],
): Promise<Omit<KeyBatch, 'sessionSeconds'>> => {
  const deriveOne = async (enrollment: Enrollment) => {
    const { serialNumber, thingName } = enrollment;
    const own = keyVersionFor(enrollment, keyVersion);
    const key = await deviceKeys.deriveKey({ line, serialNumber, keyVersion: own });
    return { serialNumber, thingName, key: Buffer.from(key).toString('base64url'), ...(own === keyVersion ? {} : { keyVersion: own }) };
  };
  const [endpoint, devices] = await Promise.all([
    claimResources.certificates.dataEndpoint(),
    Promise.all(enrollments.map((enrollment) => deriveOne(enrollment))),
  ]);
  const authorizer = resourceNames(prefix).authorizer('psk');
  const { topicPrefix } = configuration;
  return { schemaVersion: 1, approach: 'psk', line, keyVersion, authorizer, endpoint, topicPrefix, devices };
};

interface Telling {
  readonly call: OperationCall;
  readonly index: number;
  readonly kid: AuditEvent['kid'] & string;
  readonly keyVersion: number;
}

const issueEvent = (enrollment: Enrollment, { call, index, kid, keyVersion }: Telling): AuditEvent => {
  const { line, tenant, approach, serialNumber, thingName } = enrollment;
  return {
    schemaVersion: 1,
    id: `${call.eventId}.${index}`,
    at: call.at,
    code: 'device-key.issued',
    actor: call.actor,
    operation: 'keys.issue',
    scope: call.scope.name,
    ...{ line, tenant, approach, serialNumber, thingName, kid, credentialId: `v${keyVersionFor(enrollment, keyVersion)}` },
  };
};
