import { join } from 'node:path';
import * as z from 'zod/mini';
import { DEVICE_CONFIGURATION_KEY } from '../../domain/admission/provisioning-contract.ts';
import { lineName } from '../../domain/identifiers.ts';
import type { ClaimProver, KeyKind } from '../../domain/prover.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import { topicTree } from '../../domain/topics.ts';
import { BadSetupError } from '../bad-setup.ts';
import { certificateIdOf } from '../store/certificate-id.ts';
import { endpointOf } from '../mqtt/endpoint-choice.ts';
import { openFileKeyStore, stateFiles } from '../store/file-key-store.ts';
import type { FileSystem } from '../store/file-system.ts';
import { isPair } from '../store/key-pair.ts';
import type { KeyStore } from '../store/key-store.ts';
import type { MqttConnector } from '../mqtt/mqtt-session.ts';
import type { OnboardingRecord, Registration } from '../onboarding/onboarding-record.ts';
import { CredentialPlaces, type StoredPair } from './credential-places.ts';
import type { Renewal, RotatingCredential } from './rotating-credential.ts';
import type { Place } from './rotation-record.ts';

export interface CertificateSettings {
  readonly directory: string;
  /** `host` or `host:port`; goes before the one that the device was onboarded with. */
  readonly endpoint?: string;
  /** Of the next key. */
  readonly keyKind: KeyKind;
}

export interface CertificatePorts {
  readonly fileSystem: FileSystem;
  readonly prover: ClaimProver;
  readonly connector: MqttConnector;
}

interface Rotating extends CertificateSettings, CertificatePorts {
  readonly places: CredentialPlaces;
  readonly store: KeyStore;
  readonly record: Extract<OnboardingRecord, { stage: 'onboarded' }>;
}

/**
 * The certificate of a device that came in by claim, and its key.
 * @throws BadSetupError when there is none.
 */
export const openRotatingCertificate = async (settings: CertificateSettings, ports: CertificatePorts): Promise<RotatingCredential> => {
  const { directory } = settings;
  const store = await openFileKeyStore(directory, ports.fileSystem);
  const record = await store.readRecord();
  if (record?.stage !== 'onboarded')
    throw new BadSetupError(`${directory} is of no device that is onboarded; expected its state directory.`);
  const places = new CredentialPlaces(directory, ports.fileSystem);
  const rotating: Rotating = { ...settings, ...ports, places, store, record };
  const { registration } = record;
  return {
    thingName: registration.thingName,
    ownRoot: ownRootIn(registration),
    connect: (credential, place) => connect(rotating, credential === 'offered' ? place : undefined),
    freePlace: async () => ((await places.inUse()) === 'b' ? 'a' : 'b'),
    leftover: async () => {
      const place = (await places.inUse()) === 'b' ? 'a' : 'b';
      const { key, certificate } = await places.read(place);
      return isPair(certificate, key) ? place : undefined;
    },
    prepare: async (place) => {
      await places.arrange(place);
      const { key } = await places.read(place);
      if (key === undefined) await places.writeKey(place, await ports.prover.makeKey(settings.keyKind));
      return true;
    },
    renewal: (place) => renewalOf(rotating, place),
    mayKeepBoth: false,
    takeOver: (place) => takeOver(rotating, place),
    drop: (place) => places.clear(place),
  };
};

const configuration = z.object({ topics: z.object({ own: z.string() }) });

// A device whose registration was answered but not heard has no configuration: then its topics are where they are by default.
const ownRootIn = ({ thingName, configuration: told = {} }: Registration): string => {
  try {
    return z.parse(configuration, JSON.parse(told[DEVICE_CONFIGURATION_KEY] ?? '')).topics.own;
  } catch {
    return topicTree('muster').thing(thingName);
  }
};

const pairIn = async ({ places, store }: Rotating, place: Place | undefined): Promise<StoredPair> =>
  place === undefined ? { key: await store.readKey(), certificate: await store.readCertificate() } : places.read(place);

const connect = async (rotating: Rotating, place: Place | undefined) => {
  const { endpoint, record, connector, directory } = rotating;
  const { key, certificate } = await pairIn(rotating, place);
  if (key === undefined || certificate === undefined)
    throw new BadSetupError(
      `${join(directory, key === undefined ? stateFiles.key : stateFiles.certificate)} does not exist; restore it, or run "muster-device onboard".`,
    );
  return connector.connect({
    endpoint: endpointOf(endpoint ?? record.registration.endpoint),
    clientId: record.registration.thingName,
    identity: { certificatePem: certificate, privateKeyPem: key },
  });
};

const given = z.object({ certificatePem: z.string() });

const renewalOf = async ({ places, prover, record }: Rotating, place: Place): Promise<Renewal> => {
  const { key } = await places.read(place);
  if (key === undefined) throw new BadSetupError('The next key is gone that was stored a moment ago.');
  const { thingName, certificatePem: held } = record.registration;
  const { csrPem } = await prover.prove({
    serialNumber: z.parse(serialNumber, record.serialNumber),
    privateKeyPem: key,
    line: z.parse(lineName, thingName.split(':')[1]),
    claimCertificateId: certificateIdOf(held),
  });
  return {
    offer: { csr: csrPem },
    read: (answer) => {
      const certificatePem = z.safeParse(given, answer).data?.certificatePem;
      const received = { keep: () => places.writeCertificate(place, certificatePem ?? '') };
      return Promise.resolve(isPair(certificatePem, key) ? received : undefined);
    },
  };
};

const takeOver = async (rotating: Rotating, place: Place): Promise<void> => {
  const { places, store, record } = rotating;
  const { key, certificate } = await places.read(place);
  if (certificate === undefined || !isPair(certificate, key))
    throw new BadSetupError(`What lies in place ${place} of ${rotating.directory} is no certificate with its key; restore it.`);
  await places.use(place);
  const registration = { ...record.registration, certificatePem: certificate, certificateId: certificateIdOf(certificate) };
  await store.writeRecord({ ...record, registration });
};
