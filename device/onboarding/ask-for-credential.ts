import { X509Certificate, createPrivateKey } from 'node:crypto';
import * as z from 'zod/mini';
import { fleetProvisioningTopics } from '../../domain/admission/fleet-provisioning-topics.ts';
import type { DeviceIdentity, Proof } from '../../domain/prover.ts';
import { DEFAULT_APPROVAL_WAIT_MS, waitOn, withinStep } from './approval-wait.ts';
import { askPatiently } from './ask-patiently.ts';
import { claimEntryOf } from './claim-entry.ts';
import type { DeviceClaim } from '../store/claim-source.ts';
import { listenForAnswers } from '../mqtt/exchange.ts';
import { resultOfFailure } from '../failure.ts';
import { certificateIssued, type Rejection, thingRegistered } from './fleet-provisioning-answer.ts';
import { type MqttSession, MqttSessionError } from '../mqtt/mqtt-session.ts';
import type { Held, Onboarding, Retry, StepResult } from './onboarding.ts';
import type { Certificate, OnboardingRecord, Registration } from './onboarding-record.ts';
import type { Outcome } from '../outcome.ts';

const CLIENT_ID_RANDOM_BYTES = 16;

type Asking = Extract<OnboardingRecord, { stage: 'asking' }>;

/** Connects with the claim and asks for a certificate of the device's own key and for the thing it belongs to. */
export const askForCredential = async (onboarding: Onboarding, record: Asking): Promise<StepResult> => {
  const held = await holdBack(onboarding, record);
  if (held !== undefined) return held;
  const result = await askOnce(onboarding, record).catch(resultOfFailure);
  // A credential that is known to work beats a refusal to hand out another, e.g. because the claim was closed meanwhile.
  if (!('outcome' in result) || result.outcome !== 'refused' || record.spare === undefined) return result;
  return store(onboarding, { ...headOf(record), stage: 'registered', registration: record.spare });
};

// The waiting goes on where it was cut off, by a clock that may have been set back.
const holdBack = async (onboarding: Onboarding, record: Asking): Promise<Held | undefined> => {
  const now = onboarding.ports.clock.now();
  if (record.approval === undefined || record.approval.askAgainAt <= now) return undefined;
  const approval = withinStep(record.approval, now);
  if (approval !== record.approval) await store(onboarding, { ...record, approval });
  return { outcome: 'held', ms: approval.askAgainAt - now };
};

const askOnce = async (onboarding: Onboarding, record: Asking): Promise<StepResult> => {
  const { ports, settings } = onboarding;
  const claim = await ports.claim.read();
  const privateKeyPem = await deviceKey(onboarding);
  const clientId = claim.clientIdPrefix + Buffer.from(ports.random.bytes(CLIENT_ID_RANDOM_BYTES)).toString('hex');
  const { endpoint } = settings;
  const { request, claimCertificateId } = claimEntryOf(claim, { endpoint, clientId, privateKeyPem, at: ports.clock.now() });
  const proof = await ports.prover.prove(await identityOf(onboarding, { line: claim.line, claimCertificateId, privateKeyPem }));
  ports.notify({ step: 'connecting-with-claim' });
  const session = await ports.connector.connect(request);
  try {
    return await converse({ onboarding, record, claim, session, privateKeyPem }, proof);
  } finally {
    await session.close();
  }
};

const identityOf = async (
  { ports, settings }: Onboarding,
  proving: Pick<DeviceIdentity, 'line' | 'claimCertificateId' | 'privateKeyPem'>,
): Promise<DeviceIdentity> => {
  const means = await ports.means?.read();
  return { serialNumber: settings.serialNumber, ...proving, ...(means === undefined ? {} : { means }) };
};

// Stored before anything is asked, so that whatever the cloud binds the serial number to is not lost with the power.
const deviceKey = async ({ ports, settings }: Onboarding): Promise<string> => {
  const stored = await ports.store.readKey();
  if (stored !== undefined) return stored;
  const kept = await ports.store.keepKey(await ports.prover.makeKey(settings.keyKind));
  ports.notify({ step: 'key-made' });
  return kept;
};

interface Conversation {
  readonly onboarding: Onboarding;
  readonly record: Asking;
  readonly claim: DeviceClaim;
  readonly session: MqttSession;
  readonly privateKeyPem: string;
}

const converse = async (conversation: Conversation, { csrPem, parameters }: Proof): Promise<StepResult> => {
  const { onboarding, record, claim, session } = conversation;
  const topics = fleetProvisioningTopics(claim.template);
  const timing = { clock: onboarding.ports.clock, answerMs: onboarding.settings.answerMs };
  const dialogue = await listenForAnswers(session, [topics.createFromCsr, topics.registerThing], timing);
  const issued = await askPatiently(onboarding, dialogue, { topics: topics.createFromCsr, body: { certificateSigningRequest: csrPem } });
  if (issued.kind !== 'accepted') return issued.kind === 'final' ? refusalOf(issued.rejection) : staleToken;
  const { certificateOwnershipToken, ...certificate } = read(certificateIssued, issued.payload);
  refuseForeignKey(certificate, conversation.privateKeyPem);
  await store(onboarding, { ...headOf(record), stage: 'unanswered', certificate, ...keptOf(record) });
  onboarding.ports.notify({ step: 'certificate-issued' });
  const request = { topics: topics.registerThing, body: { certificateOwnershipToken, parameters } };
  const registered = await askPatiently(onboarding, dialogue, request);
  if (registered.kind === 'accepted') return keepRegistration(conversation, certificate, registered.payload);
  // A used token may mean that the yes was lost on its way: the certificate stays on record and is tested first.
  return registered.kind === 'final' ? waitOrGiveUp(conversation, refusalOf(registered.rejection)) : staleToken;
};

// A refusal says nothing of its reason. On a line that wants approval it is taken for "not yet", with the same key again later.
const waitOrGiveUp = async ({ onboarding, record, claim }: Conversation, refusal: Refusal): Promise<StepResult> => {
  const { ports, settings } = onboarding;
  const limitMs = settings.approvalWaitMs ?? (claim.approval === 'operator' ? DEFAULT_APPROVAL_WAIT_MS : 0);
  const now = ports.clock.now();
  const approval = record.spare === undefined ? waitOn(record.approval, { now, random: ports.random.fraction, limitMs }) : undefined;
  await store(onboarding, { ...headOf(record), stage: 'asking', spare: record.spare, approval });
  if (approval !== undefined) return { outcome: 'held', ms: approval.askAgainAt - now };
  return record.approval === undefined ? refusal : { ...refusal, message: `Nobody approved this device in time. ${refusal.message}` };
};

const keepRegistration = (
  { onboarding, record, claim }: Conversation,
  certificate: Certificate,
  payload: unknown,
): Promise<OnboardingRecord> => {
  const { thingName, deviceConfiguration } = read(thingRegistered, payload);
  const registration: Registration = {
    ...certificate,
    thingName,
    endpoint: onboarding.settings.endpoint ?? claim.endpoint ?? '',
    ...(deviceConfiguration === undefined ? {} : { configuration: deviceConfiguration }),
  };
  onboarding.ports.notify({ step: 'registered', thingName });
  return store(onboarding, { ...headOf(record), stage: 'registered', registration });
};

type Refusal = Extract<Outcome, { outcome: 'refused' }>;

const refusalOf = ({ statusCode, errorCode, errorMessage }: Rejection): Refusal => ({
  outcome: 'refused',
  message: `AWS IoT refused with status ${statusCode ?? 'unknown'}, ${errorCode ?? 'no code'}: ${errorMessage ?? 'no message'}.`,
  ...(statusCode === undefined ? {} : { statusCode }),
  ...(errorCode === undefined ? {} : { errorCode }),
});

const staleToken: Retry = {
  outcome: 'retry',
  message: 'The ownership token of the certificate was no longer accepted.',
  ending: 'try-again',
};

const read = <Value>(schema: z.ZodMiniType<Value>, payload: unknown): Value => {
  const parsed = z.safeParse(schema, payload);
  if (parsed.success) return parsed.data;
  throw new MqttSessionError('unusable-answer', `AWS IoT accepted, but its answer lacks something: ${z.prettifyError(parsed.error)}`);
};

const refuseForeignKey = ({ certificatePem }: Certificate, privateKeyPem: string): void => {
  try {
    if (new X509Certificate(certificatePem).checkPrivateKey(createPrivateKey(privateKeyPem))) return;
  } catch (cause) {
    throw new MqttSessionError('unusable-answer', 'AWS IoT issued a certificate that cannot be read.', { cause });
  }
  throw new MqttSessionError('unusable-answer', 'AWS IoT issued a certificate for another key than the one in the request.');
};

const headOf = ({ serialNumber }: OnboardingRecord) => ({ schemaVersion: 1, serialNumber }) as const;

const keptOf = ({ spare, approval }: Asking) => ({ spare, approval });

const store = async (onboarding: Onboarding, record: OnboardingRecord): Promise<OnboardingRecord> => {
  await onboarding.ports.store.writeRecord(record);
  return record;
};
