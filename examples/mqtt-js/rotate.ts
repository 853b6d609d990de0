// A device that has none of our code gives itself another certificate when a job of AWS IoT asks for that: MQTT.js, and
// @peculiar/x509 for the request. It shows what is said and in which order: old key and certificate stay until the cloud has committed.
// What a loss of power may leave between two lines, a device must be able to go on from; `muster-device rotate` shows that.
import 'reflect-metadata';
import { webcrypto } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { readFile, rename, writeFile } from 'node:fs/promises';
import { parseArgs } from 'node:util';
import { cryptoProvider, Pkcs10CertificateRequestGenerator } from '@peculiar/x509';
import { connectAsync, type MqttClient } from 'mqtt';

cryptoProvider.set(webcrypto);

const P256 = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' };
const POLL_MS = 2_000;
const text = { type: 'string', default: '' } as const;
const { values: given } = parseArgs({
  options: { host: text, port: text, ca: text, thing: text, serial: text, key: text, certificate: text },
});

const jobs = `$aws/things/${given.thing}/jobs`;
const own = `muster/things/${given.thing}/credential`;
const answers = [`${jobs}/get/accepted`, `${jobs}/+/get/+`, `${jobs}/+/update/+`, `${own}/tell`];

type Answer = Readonly<Record<string, unknown>>;

const connect = async (key: string, certificate: string): Promise<MqttClient> => {
  const [keyPem, certificatePem, ca] = await Promise.all([readFile(key), readFile(certificate), readFile(given.ca)]);
  const identity = { key: keyPem, cert: certificatePem, ca, clientId: given.thing };
  const client = await connectAsync(`mqtts://${given.host}:${given.port}`, { ...identity, protocolVersion: 5, reconnectPeriod: 0 });
  await client.subscribeAsync(answers, { qos: 1 });
  return client;
};

/** Publishes, and waits for the first message on one of the topics. */
const ask = async (client: MqttClient, topic: string, body: object, ...expected: readonly string[]): Promise<Answer> => {
  const answer = new Promise<Answer>((resolve) => {
    const listen = (from: string, payload: Buffer): void => {
      if (!expected.includes(from)) return;
      client.off('message', listen);
      resolve(JSON.parse(payload.toString('utf8')) as Answer);
    };
    client.on('message', listen);
  });
  await client.publishAsync(topic, JSON.stringify(body), { qos: 1 });
  return answer;
};

const askJob = (client: MqttClient, request: string, body: object = {}): Promise<Answer> =>
  ask(client, `${jobs}/${request}`, body, `${jobs}/${request}/accepted`, `${jobs}/${request}/rejected`);

const findJob = async (client: MqttClient): Promise<string | undefined> => {
  const { inProgressJobs, queuedJobs } = (await askJob(client, 'get')) as Record<string, readonly { jobId: string }[]>;
  for (const { jobId } of [...(inProgressJobs ?? []), ...(queuedJobs ?? [])]) {
    const { execution } = (await askJob(client, `${jobId}/get`)) as { execution?: { jobDocument?: { operation?: string } } };
    if (execution?.jobDocument?.operation === 'muster.rotate-credential') return jobId;
  }
  return undefined;
};

/** The key is on the medium before anything is asked for it. */
const nextKey = async (): Promise<webcrypto.CryptoKeyPair> => {
  const pair = await webcrypto.subtle.generateKey(P256, true, ['sign', 'verify']);
  const base64 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', pair.privateKey)).toString('base64');
  const pem = `-----BEGIN PRIVATE KEY-----\n${base64.replaceAll(/(.{64})(?=.)/g, '$1\n')}\n-----END PRIVATE KEY-----\n`;
  await writeFile(`${given.key}.next`, pem, { mode: 0o600, flush: true });
  return pair;
};

const askForNext = async (jobId: string, client: MqttClient): Promise<void> => {
  const keys = await nextKey();
  await askJob(client, `${jobId}/update`, { status: 'IN_PROGRESS' });
  const csr = await Pkcs10CertificateRequestGenerator.create({ name: [{ CN: [given.serial] }], keys, signingAlgorithm: P256 });
  const question = { rotation: jobId, offer: { csr: csr.toString('pem') } };
  const { outcome, credential } = (await ask(client, `${own}/ask`, question, `${own}/tell`)) as {
    outcome: string;
    credential?: { certificatePem: string };
  };
  if (credential === undefined) throw new Error(`The cloud said: ${outcome}.`);
  await writeFile(`${given.certificate}.next`, credential.certificatePem, { mode: 0o600, flush: true });
};

/** A connection with the new certificate is what the cloud waits for; it says so by ending the job. */
const isCommitted = async (jobId: string, client: MqttClient): Promise<true> => {
  for (;;) {
    const { execution } = await askJob(client, `${jobId}/get`);
    if (execution === undefined) break;
    await sleep(POLL_MS);
  }
  const { executionState } = (await askJob(client, `${jobId}/update`, { status: 'IN_PROGRESS' })) as {
    executionState?: { status: string };
  };
  if (executionState?.status === 'SUCCEEDED') return true;
  throw new Error(`The job ended as ${executionState?.status ?? 'nobody knows what'}; the old certificate may still be the one.`);
};

const held = await connect(given.key, given.certificate);
const jobId = await findJob(held);
if (jobId !== undefined) await askForNext(jobId, held);
await held.endAsync();
if (jobId !== undefined) {
  await sleep(POLL_MS); // AWS IoT takes one connection a second of each client id
  const offered = await connect(`${given.key}.next`, `${given.certificate}.next`);
  await isCommitted(jobId, offered);
  await offered.endAsync();
  // Two renames: a device that may lose power here keeps the pair in one folder, and renames a link to it.
  await rename(`${given.key}.next`, given.key);
  await rename(`${given.certificate}.next`, given.certificate);
}
process.stdout.write(`${jobId === undefined ? 'nothing to do' : 'rotated'}\n`);
