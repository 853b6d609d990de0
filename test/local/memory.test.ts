import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { connect as connectTcp } from 'node:net';
import { connect as connectTls } from 'node:tls';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { type LocalAws, startLocalAws } from '../../local/main.ts';

// Collected on demand, the heap shows what is kept and not what has not been collected yet.
setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

const CONNECTIONS = 300;
const MOST_BYTES = 2048;
/** What noise may cost for good: less than a kilobyte for each connection of the second half. */
const TOLERATED_BYTES = CONNECTIONS * 1024;

let aws: LocalAws;

beforeAll(async () => {
  aws = await startLocalAws();
});
afterAll(() => aws.stop());

const ended = async (socket: ReturnType<typeof connectTcp>): Promise<void> => {
  socket.on('error', () => undefined);
  socket.resume();
  setTimeout(() => socket.destroy(), 50);
  await once(socket, 'close');
};

const toHttp = async (bytes: Buffer): Promise<void> => {
  const socket = connectTcp(Number(new URL(aws.endpoint).port), '127.0.0.1');
  socket.write(bytes);
  await ended(socket);
};

const toMqtt = async (bytes: Buffer): Promise<void> => {
  const servername = aws.services.iot.dataEndpoint;
  const socket = connectTls({ host: '127.0.0.1', port: aws.mqtt.port, servername, ca: aws.rootCa });
  socket.write(bytes);
  await ended(socket);
};

const toTls = async (bytes: Buffer): Promise<void> => {
  const socket = connectTcp(aws.mqtt.port, '127.0.0.1');
  socket.write(bytes);
  await ended(socket);
};

const heapAfter = async (send: (bytes: Buffer) => Promise<void>): Promise<number> => {
  for (let sent = 0; sent < CONNECTIONS; sent += 20)
    await Promise.all(Array.from({ length: 20 }, () => send(randomBytes(1 + Math.floor(Math.random() * MOST_BYTES)))));
  await new Promise((resolve) => setTimeout(resolve, 100));
  collect();
  return process.memoryUsage().heapUsed;
};

test.each([
  ['HTTP', toHttp],
  ['MQTT, after TLS', toMqtt],
  ['MQTT, instead of TLS', toTls],
])('Noise on the port of %s leaves nothing behind in memory', async (_port, send) => {
  await heapAfter(send);
  const before = await heapAfter(send);
  expect((await heapAfter(send)) - before).toBeLessThan(TOLERATED_BYTES);
});
