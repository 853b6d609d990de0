import { type Figure, SAMPLES, median } from '../figure.ts';
import { type BrokerProcess, startBroker } from '../brokers/broker-process.ts';
import { LeanClient, clientOptions } from '../brokers/lean-client.ts';
import { hasMosquitto, startMosquitto } from '../brokers/mosquitto.ts';

type Rate = (broker: BrokerProcess, round: number) => Promise<number>;

const perSecond = async (count: number, work: () => Promise<unknown>): Promise<number> => {
  const begunMs = performance.now();
  await work();
  return count / ((performance.now() - begunMs) / 1000);
};

const CONNECTS = 400;
const CONNECTS_AT_ONCE = 16;

const connects: Rate = (broker, round) => {
  const options = clientOptions(broker);
  const waiting = Array.from({ length: CONNECTS }, (_, index) => `bench-${String(round)}-${String(index)}`);
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) await (await LeanClient.connect(options, id)).disconnect();
  };
  return perSecond(CONNECTS, () => Promise.all(Array.from({ length: CONNECTS_AT_ONCE }, worker)));
};

const DEVICES = 8;
const MESSAGES_EACH = 1500;
/** Below the 100 that AWS lets a connection have in flight. */
const WINDOW = 20;

/** A device publishes to a topic of its own and receives each message back; both acknowledged. */
const exchange = async (client: LeanClient, topic: string): Promise<void> => {
  const { promise, resolve } = Promise.withResolvers<undefined>();
  let [sent, received] = [0, 0];
  const publish = (): void => {
    if (sent < MESSAGES_EACH) client.publish(topic, (sent++ % 65_535) + 1);
  };
  client.onAcknowledged = publish;
  client.onMessage = () => {
    received += 1;
    if (received === MESSAGES_EACH) resolve(undefined);
  };
  for (let index = 0; index < WINDOW; index += 1) publish();
  await promise;
};

const messages: Rate = async (broker, round) => {
  const options = clientOptions(broker);
  const ids = Array.from({ length: DEVICES }, (_, index) => `bench-m${String(round)}-${String(index)}`);
  const clients = await Promise.all(ids.map((id) => LeanClient.connect(options, id)));
  await Promise.all(clients.map((client, index) => client.subscribe(`bench/${ids[index] ?? ''}/echo`)));
  const rate = await perSecond(DEVICES * MESSAGES_EACH, () =>
    Promise.all(clients.map((client, index) => exchange(client, `bench/${ids[index] ?? ''}/echo`))),
  );
  await Promise.all(clients.map((client) => client.disconnect()));
  return rate;
};

/** Thrown away: both brokers run faster once their code is compiled. */
const WARM_UP_ROUNDS = 2;

const compared = async (rate: Rate): ReturnType<Figure['sample']> => {
  const starts = [startBroker('local-aws'), startBroker('aedes'), ...(hasMosquitto() ? [startMosquitto()] : [])];
  const brokers = await Promise.all(starts);
  const rates: number[][] = [];
  try {
    for (let round = 0; round < WARM_UP_ROUNDS + SAMPLES; round += 1) {
      const row: number[] = [];
      for (const broker of brokers) row.push(await rate(broker, round));
      rates.push(row);
    }
  } finally {
    await Promise.all(brokers.map((broker) => broker.stop()));
  }
  const counted = rates.slice(WARM_UP_ROUNDS);
  const middle = (which: number): string => median(counted.map((row) => row[which] ?? Number.NaN)).toFixed(0);
  return {
    values: counted.map(([own = Number.NaN, peer = Number.NaN]) => own / peer),
    absolute: `${middle(0)}/s against ${middle(1)} of aedes${brokers.length > 2 ? ` and ${middle(2)} of mosquitto` : ''}`,
  };
};

export const brokerConnects: Figure = {
  name: 'broker-connects',
  what: 'connects per second over mutual TLS with policies on, against the broker library aedes without any',
  unit: 'x',
  limit: { atLeast: 0.8 },
  sample: () => compared(connects),
};

export const brokerMessages: Figure = {
  name: 'broker-messages',
  what: 'QoS 1 messages per second with policies on, against the broker library aedes without any',
  unit: 'x',
  limit: { atLeast: 0.8 },
  sample: () => compared(messages),
};

const CONNECTED = 2000;

const bytesPerDevice = async (program: 'local-aws' | 'aedes'): Promise<number> => {
  const broker = await startBroker(program);
  const options = clientOptions(broker);
  const before = await broker.residentBytes();
  const waiting = Array.from({ length: CONNECTED }, (_, index) => `bench-${String(index)}`);
  const clients: LeanClient[] = [];
  const worker = async (): Promise<void> => {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) clients.push(await LeanClient.connect(options, id));
  };
  await Promise.all(Array.from({ length: CONNECTS_AT_ONCE }, worker));
  const bytes = ((await broker.residentBytes()) - before) / CONNECTED;
  await Promise.all(clients.map((client) => client.disconnect()));
  await broker.stop();
  return bytes;
};

export const brokerMemory: Figure = {
  name: 'broker-memory',
  what: `resident memory per device at ${String(CONNECTED)} connected ones, against the broker library aedes`,
  unit: 'x',
  limit: { atMost: 1.3 },
  sample: async () => {
    const pairs: { own: number; peer: number }[] = [];
    for (let round = 0; round < SAMPLES; round += 1)
      pairs.push({ own: await bytesPerDevice('local-aws'), peer: await bytesPerDevice('aedes') });
    const kilobytes = (which: 'own' | 'peer'): string => (median(pairs.map((pair) => pair[which])) / 1024).toFixed(0);
    return { values: pairs.map(({ own, peer }) => own / peer), absolute: `${kilobytes('own')} KiB against ${kilobytes('peer')} of aedes` };
  },
};
