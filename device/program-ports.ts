import { randomBytes, randomInt } from 'node:crypto';
import { systemClock } from './clock.ts';
import type { ConnectionOptions } from './connection-options.ts';
import { createFileCredentialSource } from './connection/credential-file.ts';
import type { EntrancePorts, EntranceSettings } from './connection/entrance.ts';
import { openFileConnectionStore } from './connection/file-connection-store.ts';
import type { MqttConnector, MqttVersion } from './mqtt/mqtt-session.ts';
import { createMqttConnector } from './mqtt/mqttjs-connector.ts';
import { connectionProverOf } from './prover-of.ts';
import { describeProgress } from './report.ts';
import { trustedRoots } from './mqtt/trusted-roots.ts';

/** Where a command writes: a line of text each. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
}

const CONNECT_MS = 15_000;
// The cloud may take 5 s to decide and is throttled by the account, so less would give up on a slow yes.
export const ANSWER_MS = 15_000;
const FRACTION_STEPS = 2 ** 32;

export const systemRandom = {
  fraction: () => randomInt(FRACTION_STEPS) / FRACTION_STEPS,
  bytes: (count: number) => randomBytes(count),
};

interface ConnectorOptions {
  readonly ca?: string | undefined;
  readonly serverName?: string | undefined;
  readonly mqttVersion: MqttVersion;
}

export const connectorOf = async ({ ca, serverName, mqttVersion }: ConnectorOptions): Promise<MqttConnector> =>
  createMqttConnector({
    clock: systemClock,
    trust: { roots: await trustedRoots(ca), ...(serverName === undefined ? {} : { serverName }) },
    version: mqttVersion,
    timeoutMs: CONNECT_MS,
  });

/** For commands of devices that prove themselves whenever they connect. */
export const entranceSettingsOf = ({ endpoint, serverName, mqttVersion }: ConnectionOptions): EntranceSettings => ({
  ...(endpoint === undefined ? {} : { endpoint }),
  ...(serverName === undefined ? {} : { serverName }),
  answerMs: ANSWER_MS,
  isToldByClosing: mqttVersion === '3.1.1',
});

/** @throws BadSetupError */
export const entrancePortsOf = async (options: ConnectionOptions, terminal: Terminal): Promise<EntrancePorts> => {
  const { credentialFile, serial, approach, state } = options;
  const expected = { ...(approach === undefined ? {} : { approach }), ...(serial === undefined ? {} : { serialNumber: serial }) };
  return {
    credentials: createFileCredentialSource(credentialFile, expected),
    store: await openFileConnectionStore(state),
    proverOf: connectionProverOf,
    connector: await connectorOf(options),
    clock: systemClock,
    random: systemRandom,
    fetch: globalThis.fetch,
    notify: (progress) => {
      terminal.error(describeProgress(progress));
    },
  };
};
