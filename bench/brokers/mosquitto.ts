import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { createServer, type AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { BrokerProcess } from './broker-process.ts';
import { makeCertificates } from './own-certificates.ts';

/** Whether mosquitto is installed: it stands in the table where it is. */
export const hasMosquitto = (): boolean => spawnSync('mosquitto', ['-h']).error === undefined;

const freePort = async (): Promise<number> => {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const { port } = probe.address() as AddressInfo;
  probe.close();
  return port;
};

const isListening = async (child: ChildProcess): Promise<void> => {
  for await (const chunk of child.stderr ?? []) if (String(chunk).includes('running')) return;
  throw new Error('mosquitto ended before it was ready');
};

/** Mosquitto with mutual TLS and anonymous clients. It tells no memory. */
export const startMosquitto = async (): Promise<BrokerProcess> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
  const { server, client } = await makeCertificates();
  const port = await freePort();
  await writeFile(join(folder, 'server.pem'), server.certificate);
  await writeFile(join(folder, 'server.key'), server.privateKey);
  await writeFile(
    join(folder, 'mosquitto.conf'),
    [`listener ${String(port)} 127.0.0.1`, `certfile ${join(folder, 'server.pem')}`, `keyfile ${join(folder, 'server.key')}`]
      .concat('allow_anonymous true', 'max_inflight_messages 100', 'set_tcp_nodelay true')
      .join('\n'),
  );
  const child = spawn('mosquitto', ['-c', join(folder, 'mosquitto.conf'), '-v'], { stdio: ['ignore', 'ignore', 'pipe'] });
  await isListening(child);
  child.stderr.resume();
  return {
    ...client,
    port,
    residentBytes: () => Promise.reject(new Error('mosquitto tells no memory')),
    stop: async () => {
      child.kill();
      await once(child, 'close');
      await rm(folder, { recursive: true, force: true });
    },
  };
};
