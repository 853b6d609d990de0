import { randomBytes } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { type MqttClient, connectAsync } from 'mqtt';
import { makeCsr } from '../../../approaches/pki/prove.ts';
import type { LocalDescription } from '../../../demo/local-file.ts';
import type { MqttVersion } from '../../../device/mqtt/mqtt-session.ts';

/** A device that holds what `local.json` says, and MQTT.js as it comes. */
export interface PlainDevice {
  readonly serial: string;
  /** PKCS#8 in PEM. */
  readonly privateKey: string;
  readonly version: MqttVersion;
}

/** Where it goes: the deployment, and one line of it. */
export interface PlainHome extends Pick<LocalDescription, 'mqtt' | 'rootCa'> {
  readonly line: LocalDescription['lines'][number];
}

export interface PlainIdentity {
  readonly certificate: string;
  readonly privateKey: string;
  readonly clientId: string;
}

export const connectPlainly = async ({ mqtt, rootCa }: PlainHome, version: MqttVersion, identity: PlainIdentity): Promise<MqttClient> =>
  connectAsync(
    `mqtts://${mqtt.host}:${mqtt.port}`,
    {
      ca: await readFile(rootCa),
      ...{ cert: identity.certificate, key: identity.privateKey, clientId: identity.clientId },
      ...{ protocolVersion: version === '5' ? 5 : 4, clean: true, reconnectPeriod: 0 },
    },
    // One attempt: it rejects when the service hangs up.
    false,
  );

/** Fleet provisioning by claim as the AWS IoT documentation tells it. Rejects with AWS's answer when it is a no. */
export const provisionPlainly = async (home: PlainHome, { serial, privateKey, version }: PlainDevice) => {
  const { claim, template } = home.line;
  const client = await connectPlainly(home, version, {
    certificate: await readFile(claim.certificate, 'utf8'),
    privateKey: await readFile(claim.privateKey, 'utf8'),
    clientId: claim.clientIdPrefix + randomBytes(16).toString('hex'),
  });
  try {
    const certificateSigningRequest = await makeCsr(serial, privateKey);
    const issued = await ask(client, '$aws/certificates/create-from-csr/json', { certificateSigningRequest });
    const registered = await ask(client, `$aws/provisioning-templates/${template}/provision/json`, {
      certificateOwnershipToken: issued['certificateOwnershipToken'],
      parameters: { SerialNumber: serial },
    });
    return {
      certificateId: textAt(issued, 'certificateId'),
      certificate: textAt(issued, 'certificatePem'),
      thingName: textAt(registered, 'thingName'),
    };
  } finally {
    await client.endAsync();
  }
};

const ask = async (client: MqttClient, topic: string, question: unknown): Promise<Readonly<Record<string, unknown>>> => {
  await client.subscribeAsync([`${topic}/accepted`, `${topic}/rejected`], { qos: 1 });
  const answered = nextMessage(client);
  await client.publishAsync(topic, JSON.stringify(question), { qos: 1 });
  const answer = await answered;
  if (!answer.topic.endsWith('/accepted')) throw new Error(`AWS IoT answered on ${answer.topic}: ${answer.payload}`);
  return JSON.parse(answer.payload) as Record<string, unknown>;
};

const nextMessage = (client: MqttClient): Promise<{ readonly topic: string; readonly payload: string }> =>
  new Promise((resolve) => {
    client.once('message', (topic, payload) => {
      resolve({ topic, payload: payload.toString() });
    });
  });

const textAt = (answer: Readonly<Record<string, unknown>>, key: string): string => {
  const value = answer[key];
  if (typeof value !== 'string') throw new TypeError(`The answer lacks "${key}": ${JSON.stringify(answer)}`);
  return value;
};
