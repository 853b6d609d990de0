import { DescribeCertificateCommand } from '@aws-sdk/client-iot';
import { eventually } from '../../demo/eventually.ts';
import type { RenewalAnswer } from '../../domain/rotation/renewal-message.ts';
import { type KeyPair, ecKeys, requestPem } from '../local/iot/certificate-requests.ts';
import { type Device, bringIn } from './drivers/devices.ts';
import { type Identity, MqttConnection, tryToConnect } from './drivers/mqtt-connection.ts';
import { askForNext, beginRotation, credentialTopics, enrolled, whenItIs, whenItsJobHas } from './drivers/rotations.ts';
import { type Stage, openStage } from './drivers/stage.ts';

const line = 'meter';
const [first, second, third] = [
  { line, serial: 'RENEWED-1' },
  { line, serial: 'RENEWED-2' },
  { line, serial: 'RENEWED-3' },
];

let stage: Stage;
let devices: { readonly one: Device; readonly other: Device; readonly late: Device };

beforeAll(async () => {
  stage = await openStage();
  const [one, other, late] = await bringIn(stage, line, [first, second, third]);
  if (one === undefined || other === undefined || late === undefined) throw new Error('Three were to come in.');
  devices = { one, other, late };
}, 60_000);
afterAll(() => stage.close());

const dialling = ({ thingName }: Device, identity: Identity) =>
  ({ shared: stage.shared, identity, clientId: thingName, version: 5 }) as const;

const open = (device: Device, identity = device.identity) => MqttConnection.open(dialling(device, identity));

const aRequest = (commonName: string, keys: KeyPair) => ({ csr: requestPem({ commonName, keys }) });

const identityOf = (answer: RenewalAnswer, { privateKey }: KeyPair): Identity => {
  if (answer.outcome !== 'given') throw new Error(`It was ${answer.outcome}.`);
  const privateKeyPem = privateKey.export({ type: 'pkcs8', format: 'pem' }).toString();
  return { certificatePem: String(answer.credential['certificatePem']), privateKeyPem };
};

const isGone = (certificateId: string) =>
  eventually('its deletion', async () => {
    const described = stage.iot.send(new DescribeCertificateCommand({ certificateId }));
    return described.then(
      () => undefined,
      (error: unknown) => (error instanceof Error && error.name === 'ResourceNotFoundException' ? true : undefined),
    );
  });

// In the order of its life.
describe('F14: a device whose certificate is replaced', () => {
  const keys = ecKeys();
  let next: Identity;
  let job: string;

  test('asks on a topic of its own and is given one, while the one that it has goes on opening', async () => {
    const rotation = await beginRotation(stage, first);
    job = rotation;
    const connection = await open(devices.one);
    const answer = await askForNext(connection, devices.one.thingName, { rotation, offer: aRequest(first.serial, keys) });
    expect(answer).toMatchObject({ outcome: 'given', rotation });
    next = identityOf(answer, keys);
    await connection.close();
    expect(await tryToConnect(dialling(devices.one, devices.one.identity))).toBe('done');
    expect(await enrolled(stage, first)).toMatchObject({ state: 'rotating', certificateInUse: devices.one.certificateId, toRetire: [] });
  }, 30_000);

  test('has the new one in use when it has connected with it, and the old one opens nothing any more', async () => {
    const connection = await open(devices.one, next);
    const settled = await whenItIs(stage, first, 'its completion', ({ state, toRetire }) => state === 'active' && toRetire.length === 0);
    expect(settled.certificates.map(({ id }) => id)).toEqual([settled.certificateInUse]);
    expect(await whenItsJobHas(stage, 'SUCCEEDED', devices.one.thingName, job)).toBe('SUCCEEDED');
    await connection.close();
    await isGone(devices.one.certificateId);
    expect(await tryToConnect(dialling(devices.one, devices.one.identity))).not.toBe('done');
    expect(await tryToConnect(dialling(devices.one, next))).toBe('done');
  }, 30_000);
});

describe('A device that asks', () => {
  const keys = ecKeys();
  const other = ecKeys();

  test('twice at once is told one certificate', async () => {
    const rotation = await beginRotation(stage, second);
    const { thingName } = devices.other;
    const { ask, tell } = credentialTopics(thingName);
    const connection = await open(devices.other);
    await connection.subscribe(tell);
    const question = JSON.stringify({ rotation, offer: aRequest(second.serial, keys) });
    await Promise.all([connection.publish(ask, question), connection.publish(ask, question)]);
    const answers = [await connection.take(), await connection.take()].map(({ payload }) => payload);
    expect(answers[0]).toContain('given');
    expect(answers[1]).toBe(answers[0]);
    expect((await enrolled(stage, second)).certificates).toHaveLength(2);
    await connection.close();
  }, 30_000);

  test.each([
    ['in the name of another device', (rotation: string) => ({ rotation, offer: aRequest(first.serial, other) })],
    ['for a job of another device', () => ({ rotation: 'muster-meter-another', offer: aRequest(second.serial, other) })],
    ['without a request', (rotation: string) => ({ rotation, offer: {} })],
  ])(
    '%s is refused, and is not told why',
    async (_, questionFor) => {
      const { rotation } = await enrolled(stage, second);
      const connection = await open(devices.other);
      const question = questionFor(String(rotation?.id));
      const answer = await askForNext(connection, devices.other.thingName, question);
      expect(answer).toEqual({ outcome: 'refused', rotation: question.rotation });
      await connection.close();
    },
    30_000,
  );

  test('F11: when its time is over is refused, and goes on with what it has', async () => {
    const rotation = await beginRotation(stage, third, 1);
    const connection = await open(devices.late);
    const answer = await askForNext(connection, devices.late.thingName, { rotation, offer: aRequest(third.serial, ecKeys()) });
    expect(answer).toEqual({ outcome: 'refused', rotation });
    await connection.close();
    expect(await tryToConnect(dialling(devices.late, devices.late.identity))).toBe('done');
  }, 30_000);

  test('on another’s topic is not heard', async () => {
    const connection = await open(devices.other);
    const { rotation } = await enrolled(stage, second);
    const question = JSON.stringify({ rotation: rotation?.id, offer: aRequest(first.serial, other) });
    expect(await connection.publish(credentialTopics(devices.one.thingName).ask, question)).not.toBe('done');
    await connection.close();
  }, 30_000);
});
