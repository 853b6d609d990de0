import { setTimeout } from 'node:timers/promises';
import type { Clock } from '../../../local/clock.ts';
import type { Device } from './devices.ts';
import { type Dialling, MqttConnection } from './mqtt-connection.ts';

/** What a device got away with in one connection; times by the clock of the local AWS, in milliseconds. */
export interface Visit {
  readonly connectedAt: number;
  /** When it was cut off, or left by itself. */
  readonly endedAt: number;
  readonly isCutOff: boolean;
  /** How many of its messages AWS IoT took on topics that quarantine takes from it, and when the last of them. */
  readonly strayed: number;
  readonly strayedUntil: number;
  /** How many it took of its diagnosis. */
  readonly diagnosed: number;
}

export interface Restless {
  readonly shared: Dialling['shared'];
  readonly device: Device;
  readonly clock: Pick<Clock, 'now'>;
}

const PAUSE_MS = 50;

/** Connects and says what it may and what it may not, as fast as it gets answers, until it is cut off or `stayMs` are over. */
export const visit = async ({ shared, device, clock }: Restless, stayMs: number, onConnected = () => undefined): Promise<Visit> => {
  // AWS IoT takes one connect a second of each client id.
  await setTimeout(1_000);
  const { identity, thingName } = device;
  const connection = await MqttConnection.open({ shared, identity, clientId: thingName, version: 5 });
  const connectedAt = clock.now();
  let cutOffAt: number | undefined;
  void connection.lost.then(() => {
    cutOffAt = clock.now();
  });
  const count = { strayed: 0, strayedUntil: connectedAt, diagnosed: 0 };
  onConnected();
  while (cutOffAt === undefined && clock.now() < connectedAt + stayMs) {
    const own = `muster/things/${thingName}`;
    if ((await connection.publish(`${own}/telemetry`, 'stray')) === 'done') {
      count.strayed += 1;
      count.strayedUntil = clock.now();
    }
    if ((await connection.publish(`${own}/diagnosis/log`, 'ill')) === 'done') count.diagnosed += 1;
    await setTimeout(PAUSE_MS);
  }
  const endedAt = cutOffAt ?? clock.now();
  const isCutOff = cutOffAt !== undefined;
  await connection.close();
  return { connectedAt, endedAt, isCutOff, ...count };
};
