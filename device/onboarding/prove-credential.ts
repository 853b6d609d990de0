import { thingNameOf } from '../../domain/thing-name.ts';
import type { DeviceClaim } from '../store/claim-source.ts';
import { BadSetupError } from '../bad-setup.ts';
import { certificateIdOf } from '../store/certificate-id.ts';
import { endpointOf } from '../mqtt/endpoint-choice.ts';
import { isPair } from '../store/key-pair.ts';
import { MqttSessionError } from '../mqtt/mqtt-session.ts';
import type { Onboarding, StepResult } from './onboarding.ts';
import type { OnboardingRecord, Registration } from './onboarding-record.ts';
import type { Outcome } from '../outcome.ts';
import { CONNECT_AGAIN_MS } from '../pace.ts';

type At<Stage extends OnboardingRecord['stage']> = Extract<OnboardingRecord, { stage: Stage }>;

/**
 * Finds out whether a certificate works whose registration was never answered. If it does, the configuration that came
 * with the answer is still missing, so it is kept as a spare while everything is asked for again; if it does not, the
 * registration never happened. Never dropped untested: five that work unseen, and the hook admits no sixth.
 */
export const testUnanswered = async (onboarding: Onboarding, record: At<'unanswered'>): Promise<StepResult> => {
  const claim = await onboarding.ports.claim.read();
  const registration: Registration = {
    ...record.certificate,
    thingName: expectedThingName(onboarding, claim),
    endpoint: onboarding.settings.endpoint ?? claim.endpoint ?? '',
  };
  const spare = (await works(onboarding, registration)) ? registration : record.spare;
  const { schemaVersion, serialNumber } = record;
  // Who was let in no longer waits to be.
  const approval = spare === undefined ? record.approval : undefined;
  const next: OnboardingRecord = { schemaVersion, serialNumber, stage: 'asking', spare, approval };
  await onboarding.ports.store.writeRecord(next);
  return next;
};

const works = async (onboarding: Onboarding, registration: Registration): Promise<boolean> => {
  if (await isTaken(onboarding, registration)) return true;
  await onboarding.ports.clock.sleep(CONNECT_AGAIN_MS);
  return isTaken(onboarding, registration);
};

const isTaken = async (onboarding: Onboarding, registration: Registration): Promise<boolean> => {
  try {
    await connectAsThing(onboarding, registration);
    return true;
  } catch (error) {
    // AWS IoT says no to a certificate by CONNACK over MQTT 5 and by closing over 3.1.1; anything else decides nothing.
    if (error instanceof MqttSessionError && (error.code === 'refused' || error.code === 'lost')) return false;
    throw error;
  }
};

// Only to know the client id to test with; what the thing is called is for the cloud to say.
const expectedThingName = ({ settings }: Onboarding, { template, line }: DeviceClaim): string => {
  const suffix = `-${line}`;
  if (!template.endsWith(suffix))
    throw new BadSetupError(`The claim names template "${template}" and line "${line}"; a template is called <prefix>-<line>.`);
  return thingNameOf(template.slice(0, -suffix.length), line, settings.serialNumber);
};

/** Connects with the new credential, as the thing, and only then puts it in place. */
export const proveCredential = async (onboarding: Onboarding, { registration, ...head }: At<'registered'>): Promise<StepResult> => {
  const { store, claim, notify } = onboarding.ports;
  const { thingName, certificatePem } = registration;
  notify({ step: 'proving', thingName });
  try {
    await connectAsThing(onboarding, registration);
  } catch (error) {
    if (!(error instanceof MqttSessionError) || error.code !== 'refused') throw error;
    // An attachment takes a while to be known everywhere. The certificate is never dropped: the hook counts them.
    return { outcome: 'retry', message: `The new credential is not accepted yet. ${error.message}`, ending: 'try-again' };
  }
  await store.writeCertificate(certificatePem);
  await store.writeRecord({ ...head, stage: 'onboarded', registration });
  if (onboarding.settings.forgetsClaim) await claim.forget();
  notify({ step: 'committed', thingName });
  return onboarded(registration, false);
};

/** Makes sure of a credential that an earlier run put in place. */
export const confirmCredential = async (onboarding: Onboarding, record: At<'onboarded'>): Promise<StepResult> => {
  const { claim } = onboarding.ports;
  const registration = await withCertificateInPlace(onboarding, record);
  if (onboarding.settings.verifies) await connectAsThing(onboarding, registration);
  if (onboarding.settings.forgetsClaim) await claim.forget();
  return onboarded(registration, true);
};

// A certificate that fits the key was put there by a rotation, which says so here after that. What fits no key is of no use.
const withCertificateInPlace = async ({ ports }: Onboarding, record: At<'onboarded'>): Promise<Registration> => {
  const { store } = ports;
  const { registration } = record;
  const inPlace = await store.readCertificate();
  if (inPlace === registration.certificatePem) return registration;
  if (inPlace === undefined || !isPair(inPlace, await store.readKey())) {
    await store.writeCertificate(registration.certificatePem);
    return registration;
  }
  const rotated = { ...registration, certificatePem: inPlace, certificateId: certificateIdOf(inPlace) };
  await store.writeRecord({ ...record, registration: rotated });
  return rotated;
};

// With the device's own key, read from where its programs will read it; never with the claim's.
const connectAsThing = async ({ ports, settings }: Onboarding, registration: Registration): Promise<void> => {
  const privateKeyPem = await ports.store.readKey();
  if (privateKeyPem === undefined)
    throw new BadSetupError('The device has a certificate, but its private key is gone; restore the key file.');
  const session = await ports.connector.connect({
    endpoint: endpointOf(settings.endpoint ?? registration.endpoint),
    clientId: registration.thingName,
    identity: { certificatePem: registration.certificatePem, privateKeyPem },
  });
  await session.close();
};

const onboarded = ({ thingName, certificateId, endpoint, configuration }: Registration, already: boolean): Outcome => ({
  outcome: 'onboarded',
  thingName,
  certificateId,
  endpoint,
  ...(configuration === undefined ? {} : { configuration }),
  already,
});
