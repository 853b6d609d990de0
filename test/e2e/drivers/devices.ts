import { randomUUID } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { AttachPolicyCommand, CreateKeysAndCertificateCommand, CreatePolicyCommand } from '@aws-sdk/client-iot';
import * as z from 'zod/mini';
import { makeDeviceKey } from '../../../demo/device-keys.ts';
import { type OnboardedDevice, enroll, onboardDevice } from '../../../demo/fleet.ts';
import { type KeyPair, ecKeys, requestPem } from '../../local/iot/certificate-requests.ts';
import { ClaimConnection, type ClaimCredential } from './claim-connection.ts';
import { type Identity, MqttConnection } from './mqtt-connection.ts';
import { type Stage, aClaim, lineOf } from './stage.ts';

/** A device that came in, with what it connects with. */
export interface Device {
  readonly thingName: string;
  readonly certificateId: string;
  readonly identity: Identity;
}

interface Birth {
  readonly serial: string;
  readonly tenant?: string;
}

const outcome = z.object({
  thingName: z.string(),
  certificateId: z.string(),
  credential: z.object({ certificate: z.string(), privateKey: z.string() }),
});

/**
 * Registers devices of one line and has muster-device bring them in, all at once, with a claim of their own. They have made
 * their keys before, and the manifest names them: whatever the line asks for up to that, they meet it.
 */
export const bringIn = async (stage: Stage, line: string, births: readonly Birth[]): Promise<readonly Device[]> => {
  const stateOf = (serial: string): string => join(stage.fleet.folder, 'devices', line, serial);
  const pinned = births.map(async (birth) => ({ ...birth, pinnedKey: (await makeDeviceKey(stateOf(birth.serial))).digest }));
  await enroll(stage.fleet, lineOf(line), await Promise.all(pinned));
  const { file } = await aClaim(stage, line, births.length);
  return Promise.all(
    births.map(async ({ serial }, index) => {
      const version = index % 2 === 0 ? '5' : '3.1.1';
      return deviceOf(await onboardDevice(stage.fleet, { serial, claim: file, mqttVersion: version, state: stateOf(serial) }));
    }),
  );
};

const deviceOf = async ({ result }: OnboardedDevice): Promise<Device> => {
  const parsed = z.safeParse(outcome, result);
  if (!parsed.success) throw new Error(`A device did not come in: ${JSON.stringify(result)}`);
  const { thingName, certificateId, credential } = parsed.data;
  const [certificatePem, privateKeyPem] = await Promise.all([
    readFile(credential.certificate, 'utf8'),
    readFile(credential.privateKey, 'utf8'),
  ]);
  return { thingName, certificateId, identity: { certificatePem, privateKeyPem } };
};

/** Has a certificate issued for a registered serial and its key, and the thing made; the device does not connect with it. */
export const provision = async (
  stage: Stage,
  { claim, serial, keys = ecKeys() }: { readonly claim: ClaimCredential; readonly serial: string; readonly keys?: KeyPair },
): Promise<Device> => {
  const connection = await ClaimConnection.open(stage.shared, claim);
  const { certificateOwnershipToken, certificateId, certificatePem } = await connection.certificateFor(requestPem({ keys }));
  const { result, body } = await connection.registerThing(certificateOwnershipToken, { SerialNumber: serial });
  await connection.close();
  if (result !== 'accepted') throw new Error(`"${serial}" was not let in: ${JSON.stringify(body)}`);
  const privateKeyPem = keys.privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { thingName: String(body['thingName']), certificateId, identity: { certificatePem, privateKeyPem } };
};

/** Makes a policy that allows everything, and says its name. */
export const permissivePolicy = async ({ iot }: Stage): Promise<string> => {
  const policyName = `e2e-anything-${randomUUID()}`;
  const Statement = { Effect: 'Allow', Action: 'iot:*', Resource: '*' };
  await iot.send(new CreatePolicyCommand({ policyName, policyDocument: JSON.stringify({ Version: '2012-10-17', Statement }) }));
  return policyName;
};

/** Connects what stands for the fleet's owner: it may speak and listen everywhere. */
export const connectBackend = async (stage: Stage): Promise<MqttConnection> => {
  const created = await stage.iot.send(new CreateKeysAndCertificateCommand({ setAsActive: true }));
  await stage.iot.send(new AttachPolicyCommand({ policyName: await permissivePolicy(stage), target: created.certificateArn }));
  const identity = { certificatePem: created.certificatePem ?? '', privateKeyPem: created.keyPair?.PrivateKey ?? '' };
  return MqttConnection.open({ shared: stage.shared, identity, clientId: `backend-${randomUUID()}` });
};
