import { type KeyObject, randomUUID } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { proveOAuth } from '../../../approaches/oauth/prove.ts';
import { aLine, aSerial } from '../../builders/identifiers.ts';
import { MqttConnection } from './mqtt-connection.ts';
import type { Named } from './rotations.ts';
import { type Stage, thingOf } from './stage.ts';

/** AWS IoT takes one connect a second of each client id. */
export const inASecond = () => sleep(1_100);

/** Dials as a device that signs its own tokens with this key, and says what became of it. */
export const dialByToken = async (stage: Stage, { line, serial }: Named, privateKey: KeyObject): ReturnType<typeof MqttConnection.dial> => {
  await inASecond();
  const clientId = thingOf(stage, line, serial);
  const key = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  const occasion = { clientId, serverName: 'localhost', at: Date.now(), counter: 1, nonce: randomUUID(), fetch };
  const { username, password } = await proveOAuth
    .open({ kind: 'device-token', key, audience: 'a-project' })
    .prove({ serialNumber: aSerial(serial), line: aLine(line), ...occasion });
  const proof = { username: `${username}?x-amz-customauthorizer-name=muster-oauth`, password };
  return MqttConnection.dial({ shared: stage.shared, clientId, proof, version: 5 });
};

/** The same, where it must come in. */
export const openByToken = async (stage: Stage, named: Named, privateKey: KeyObject): Promise<MqttConnection> => {
  const connection = await dialByToken(stage, named, privateKey);
  if (typeof connection === 'string') throw new Error(`It could not connect: ${connection}`);
  return connection;
};
