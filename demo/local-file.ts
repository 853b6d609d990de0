import { writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import * as provers from '../device/approaches.ts';
import { stateFiles } from '../device/store/file-key-store.ts';
import type { LineConfiguration } from '../domain/configuration.ts';
import { resourceNames } from '../domain/resource-names.ts';
import { topicTree } from '../domain/topics.ts';
import { makeDeviceKey } from './device-keys.ts';
import { type Fleet, MQTT_HOST, enroll, makeClaim } from './fleet.ts';

const SERIALS_PER_LINE = 20;
const QUOTA = 1000;

/** Everything that a client which knows nothing of Muster needs, line by line. */
export const describeLocal = async (fleet: Fleet) => {
  const { local, operator, rootCa } = fleet;
  const lines = [];
  for (const line of operator.configuration.lines.filter(comesByClaim)) lines.push(await describeLine(fleet, line));
  return {
    endpoint: local.endpoint,
    region: local.account.region,
    accountId: local.account.accountId,
    credentials: local.credentials,
    mqtt: { host: MQTT_HOST, port: local.mqtt.port, customAuthPort: local.mqtt.customAuthPort },
    rootCa: resolve(rootCa),
    lines,
  };
};

// Of the others each device is given something of its own to prove itself with, which no file can tell in advance.
const comesByClaim = ({ approaches }: LineConfiguration): boolean =>
  Object.entries(provers).some(([name, { entrance }]) => entrance === 'claim' && approaches.includes(name));

export type LocalDescription = Awaited<ReturnType<typeof describeLocal>>;

const describeLine = async (fleet: Fleet, { name: line, attestation }: LineConfiguration) => {
  const { prefix, topicPrefix } = fleet.operator.configuration;
  const { files } = await makeClaim(fleet, line, { name: line, quota: QUOTA });
  const registeredSerials = Array.from({ length: SERIALS_PER_LINE }, (_, index) => `SN-${String(index + 1).padStart(4, '0')}`);
  const stateOf = (serial: string): string => join(fleet.folder, 'factory', line, serial);
  const made = await Promise.all(registeredSerials.map(async (serial) => ({ serial, key: await makeDeviceKey(stateOf(serial)) })));
  // Where a serial number is proof enough, a device may as well bring a key that nobody was told of.
  const isPinned = attestation !== 'serial-only';
  await enroll(
    fleet,
    line,
    made.map(({ serial, key }) => ({ serial, ...(isPinned ? { pinnedKey: key.digest } : {}) })),
  );
  return {
    name: line,
    template: resourceNames(prefix).template(line),
    claim: {
      certificate: resolve(files.certificate),
      privateKey: resolve(files.privateKey),
      clientIdPrefix: resourceNames(prefix).claimClientIdPrefix(line),
      description: resolve(files.claim),
    },
    ownTopic: `${topicTree(topicPrefix).thing('{thing}')}/telemetry`,
    registeredSerials,
    deviceState: resolve(stateOf('{serial}')),
    deviceKey: resolve(stateOf('{serial}'), stateFiles.key),
  };
};

export const writeLocalFile = (path: string, description: LocalDescription): Promise<void> =>
  // It names credentials of the local AWS, which open nothing else; still nobody else's business.
  writeFile(path, `${JSON.stringify(description, undefined, 2)}\n`, { mode: 0o600 });
