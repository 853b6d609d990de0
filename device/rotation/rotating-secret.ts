import { dirname, join } from 'node:path';
import * as z from 'zod/mini';
import type { ConnectionProver } from '../../domain/prover.ts';
import { topicTree } from '../../domain/topics.ts';
import { BadSetupError } from '../bad-setup.ts';
import { replaceSecret } from '../connection/credential-file.ts';
import type { GivenCredential } from '../connection/credential-source.ts';
import { replaceFile } from '../store/durable-file.ts';
import type { Entrance } from '../connection/entrance.ts';
import type { FileSystem } from '../store/file-system.ts';
import { keyNameOf } from '../connection/key-choice.ts';
import { knock } from '../connection/knock.ts';
import { makeProof } from '../connection/make-proof.ts';
import type { KeptSession, MqttSession } from '../mqtt/mqtt-session.ts';
import { openPrivateDirectory, readPrivateFile } from '../store/private-file.ts';
import { tellTopic } from './renewal-talk.ts';
import type { Credential, Renewal, RotatingCredential } from './rotating-credential.ts';

export interface SecretLocation {
  readonly credentialFile: string;
  /** The state directory. */
  readonly directory: string;
  readonly fileSystem: FileSystem;
}

interface Rotating extends SecretLocation {
  readonly entrance: Entrance;
  readonly given: GivenCredential;
  readonly prover: ConnectionProver;
  /** None where nothing is kept of the connections. */
  readonly session?: KeptSession;
}

/** The secrets of a rotation under way: what the file said before it, and what it is to say after it. */
const secretsSchema = z.object({ held: z.unknown(), next: z.unknown() });

/**
 * The secret in the credential file of a device that proves itself whenever it connects. While it rotates, the file has both keys, so
 * that other programs find the one that counts.
 * @throws BadSetupError
 */
export const openRotatingSecret = async (
  location: SecretLocation,
  entrance: Entrance,
  session?: KeptSession,
): Promise<RotatingCredential> => {
  await openPrivateDirectory(location.fileSystem, location.directory);
  const given = await entrance.ports.credentials.read();
  const prover = entrance.ports.proverOf(given.approach);
  const rotating: Rotating = { ...location, entrance, given, prover, ...(session === undefined ? {} : { session }) };
  return {
    thingName: given.thingName,
    ownRoot: topicTree(given.topicPrefix).thing(given.thingName),
    connect: (credential) => connect(rotating, credential),
    freePlace: () => Promise.resolve('a'),
    leftover: async () => ((await readSecrets(rotating)) === undefined ? undefined : 'a'),
    prepare: async () => {
      const { renewal } = rotating.prover.open(await readHeld(rotating));
      if (renewal === undefined) return false;
      if ((await readKey(rotating)) === undefined) await replaceFile(rotating.fileSystem, keyPath(rotating), await renewal.makeKey());
      return true;
    },
    renewal: (_, rotation) => renewalOf(rotating, rotation),
    mayKeepBoth: true,
    takeOver: async () => endWith(rotating, (await readSecrets(rotating))?.next),
    drop: async (_, keepsBoth) => endWith(rotating, keepsBoth ? undefined : (await readSecrets(rotating))?.held),
  };
};

const keyPath = ({ directory }: SecretLocation): string => join(directory, 'rotation.private-key.pem');
const secretsPath = ({ directory }: SecretLocation): string => join(directory, 'rotation-secrets.json');

const readKey = (rotating: Rotating) => readPrivateFile(rotating.fileSystem, keyPath(rotating));

const readSecrets = async (rotating: Rotating): Promise<z.infer<typeof secretsSchema> | undefined> => {
  const text = await readPrivateFile(rotating.fileSystem, secretsPath(rotating));
  try {
    return z.safeParse(secretsSchema, JSON.parse(text ?? '')).data;
  } catch {
    return undefined;
  }
};

// What the file says is not what is held while it has both.
const readHeld = async (rotating: Rotating): Promise<unknown> => (await readSecrets(rotating))?.held ?? rotating.given.secret;

const connect = async (rotating: Rotating, which: Credential): Promise<MqttSession> => {
  const { entrance, given, prover } = rotating;
  const secrets = await readSecrets(rotating);
  const credential = prover.open(which === 'offered' && secrets !== undefined ? secrets.next : await readHeld(rotating));
  const journal = await entrance.journals.of(given.thingName);
  const proving = { given, journal, credential };
  const ready = await makeProof(entrance, proving);
  const purpose = {
    filters: (ownRoot: string) => [tellTopic(ownRoot)],
    ...(rotating.session === undefined ? {} : { session: rotating.session }),
  };
  const admitted = await knock(entrance, { ...proving, ready, prover, purpose, topics: topicTree(given.topicPrefix) });
  try {
    await journal.accept({ at: admitted.ready.at, keyName: keyNameOf(credential) });
  } catch (error) {
    await admitted.session.close();
    throw error;
  }
  return admitted.session;
};

const renewalOf = async (rotating: Rotating, rotation: Parameters<RotatingCredential['renewal']>[1]): Promise<Renewal> => {
  const { entrance, given } = rotating;
  const privateKeyPem = await readKey(rotating);
  const held = await readHeld(rotating);
  const { renewal } = rotating.prover.open(held);
  if (privateKeyPem === undefined || renewal === undefined)
    throw new BadSetupError(`${keyPath(rotating)} is gone that was stored a moment ago.`);
  return {
    offer: await renewal.offer({ rotation, thingName: given.thingName, privateKeyPem, at: entrance.time.now() }),
    read: async (answer) => {
      const adopted = await renewal.adopt(answer, privateKeyPem);
      return adopted && { keep: () => keep(rotating, { ...adopted, held }) };
    },
  };
};

// What is to be undone is on the medium before it is done.
const keep = async (rotating: Rotating, { held, both, next }: { held: unknown; both: unknown; next: unknown }): Promise<void> => {
  const { fileSystem, credentialFile } = rotating;
  await replaceFile(fileSystem, secretsPath(rotating), `${JSON.stringify({ held, next })}\n`);
  await replaceSecret(credentialFile, both, fileSystem);
};

const endWith = async (rotating: Rotating, secret: unknown): Promise<void> => {
  const { fileSystem, credentialFile } = rotating;
  if (secret !== undefined) await replaceSecret(credentialFile, secret, fileSystem);
  for (const path of [keyPath(rotating), secretsPath(rotating)]) await fileSystem.remove(path);
  await fileSystem.syncDirectory(dirname(keyPath(rotating)));
};
