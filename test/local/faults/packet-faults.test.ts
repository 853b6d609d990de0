import { DescribeThingCommand, IoTClient } from '@aws-sdk/client-iot';
import { ManualClock } from '../../../local/manual-clock.ts';
import { comesSoon, type Identity, nextMessage, RunningAws } from '../control/running-aws.ts';

const clock = new ManualClock(Date.UTC(2026, 10, 22));
let local: RunningAws;
let device: Identity;
beforeAll(async () => {
  local = await RunningAws.start({ clock, iotSettings: { operationRates: 'off', brokerRates: 'off', requestRates: 'off' } });
  device = await local.identity();
});
afterAll(() => local.stop());
beforeEach(() => {
  local.aws.faults.clear();
  local.aws.requests.clear();
});

const once = { count: 1 } as const;

describe.each([4, 5] as const)('A fault at an MQTT %i packet', (protocolVersion) => {
  const connect = (clientId: string) => local.connect(device, { clientId, protocolVersion });

  test('refuses a connection by its client id', async () => {
    local.aws.faults.add({ at: 'mqtt', packet: 'connect', clientId: 'bad-*', effect: { kind: 'refuse', reasonCode: 3 } });
    await expect(connect('bad-luck')).rejects.toThrow();
    expect((await connect('good-luck')).connected).toBe(true);
    expect(local.aws.requests.list({ service: 'mqtt' })).toMatchObject([{ operation: 'connect', caller: 'bad-luck', effect: 'refuse' }]);
  });

  test('drops the connection over one topic, which keeps the message from others', async () => {
    const [victim, witness] = [await connect('victim'), await connect('witness')];
    await witness.subscribeAsync('#', { qos: 1 });
    const heard = nextMessage(witness, 'cut/here');
    local.aws.faults.add({ at: 'mqtt', packet: 'publish', topic: 'cut/+', effect: { kind: 'drop' } });
    await victim.publishAsync('safe/here', '1', { qos: 1 });
    const closed = new Promise<void>((resolve) => void victim.once('close', resolve));
    victim.publish('cut/here', '1', { qos: 1 });
    await closed;
    expect(await comesSoon(heard, 100)).toBe(false);
  });

  test('loses the acknowledgement of a message that arrived', async () => {
    const [sender, receiver] = [await connect('sender'), await connect('receiver')];
    await receiver.subscribeAsync('lost/ack', { qos: 1 });
    const heard = nextMessage(receiver, 'lost/ack');
    local.aws.faults.add({ at: 'mqtt', packet: 'publish', topic: 'lost/ack', effect: { kind: 'lose-reply' }, ...once });
    const acknowledged = sender.publishAsync('lost/ack', '7', { qos: 1 });
    acknowledged.catch(() => undefined);
    expect(await heard).toBe(7);
    expect(await comesSoon(acknowledged, 100)).toBe(false);
  });

  test('loses what the broker sends', async () => {
    const client = await connect('listener');
    await client.subscribeAsync('news', { qos: 0 });
    const heard = nextMessage(client, 'news');
    local.aws.faults.add({ at: 'mqtt', packet: 'publish', direction: 'out', topic: 'news', effect: { kind: 'lose' }, ...once });
    await client.publishAsync('news', '1', { qos: 1 });
    await client.publishAsync('news', '2', { qos: 1 });
    expect(await heard).toBe(2);
  });

  test('holds packets up on the clock of the local AWS, and keeps their order', async () => {
    const [sender, receiver] = [await connect('slow-sender'), await connect('patient')];
    await receiver.subscribeAsync('slow/#', { qos: 1 });
    const heard: string[] = [];
    receiver.on('message', (topic) => heard.push(topic));
    const { id } = local.aws.faults.add({ at: 'mqtt', packet: 'publish', topic: 'slow/first', effect: { kind: 'latency', ms: 5000 } });
    const sent = [sender.publishAsync('slow/first', '1', { qos: 1 }), sender.publishAsync('slow/second', '2', { qos: 1 })];
    while (local.aws.faults.list().find((fault) => fault.id === id)?.hits === 0) await new Promise(setImmediate);
    expect(await comesSoon(Promise.race(sent), 100)).toBe(false);
    clock.advance(5000);
    await Promise.all(sent);
    await receiver.publishAsync('slow/last', '3', { qos: 1 });
    while (heard.length < 3) await new Promise(setImmediate);
    expect(heard).toEqual(['slow/first', 'slow/second', 'slow/last']);
  });
});

describe('A fault at an MQTT 5 packet', () => {
  test('refuses a publish by the reason code of its acknowledgement', async () => {
    const client = await local.connect(device, { clientId: 'refused' });
    local.aws.faults.add({ at: 'mqtt', packet: 'publish', topic: 'full', effect: { kind: 'refuse', reasonCode: 0x97 }, ...once });
    await expect(client.publishAsync('full', '1', { qos: 1 })).rejects.toThrow('Quota exceeded');
    await client.publishAsync('full', '2', { qos: 1 });
  });
});

describe('A lost reply of fleet provisioning', () => {
  test('leaves the thing registered', async () => {
    await local.provisioningTemplate('lamps');
    const claim = await local.connect(device, { clientId: 'claim' });
    const [keys, provision] = ['$aws/certificates/create/json', '$aws/provisioning-templates/lamps/provision/json'];
    await claim.subscribeAsync([`${keys}/+`, `${provision}/+`], { qos: 1 });
    const created = nextMessage(claim, `${keys}/accepted`);
    await claim.publishAsync(keys, '{}', { qos: 1 });
    const { certificateOwnershipToken } = (await created) as { readonly certificateOwnershipToken: string };
    const topic = `${provision}/accepted`;
    const { id } = local.aws.faults.add({ at: 'mqtt', packet: 'publish', direction: 'out', topic, effect: { kind: 'lose' } });
    const answered = nextMessage(claim, topic);
    await claim.publishAsync(provision, JSON.stringify({ certificateOwnershipToken, parameters: { SerialNumber: 'lamp-1' } }), { qos: 1 });
    while (local.aws.faults.list().find((fault) => fault.id === id)?.hits === 0) await new Promise(setImmediate);
    expect(await comesSoon(answered, 100)).toBe(false);
    expect(await new IoTClient(local.config).send(new DescribeThingCommand({ thingName: 'lamp-1' }))).toMatchObject({
      thingName: 'lamp-1',
    });
    expect(local.aws.requests.list({ service: 'mqtt' })).toMatchObject([{ operation: 'publish', resource: topic, effect: 'lose' }]);
  });
});
