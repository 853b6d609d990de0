import { randomUUID } from 'node:crypto';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CreatedClaim, createClaim } from '../cli/claims/create-claim.ts';
import { importManifest } from '../cli/import/import-manifest.ts';
import { runOnboard } from '../device/onboarding/run-onboard.ts';
import type { MqttVersion } from '../device/mqtt/mqtt-session.ts';
import type { ImportCounts } from '../domain/import-counts.ts';
import type { ClaimName, LineName } from '../domain/identifiers.ts';
import type { KeyKind } from '../domain/prover.ts';
import type { LocalAws } from '../local/main.ts';
import { type FleetOperator, openFleetOperator } from './fleet-operator.ts';

/** What is known of a deployment's local AWS outside of its process. */
export type FleetHome = Pick<LocalAws, 'endpoint' | 'account' | 'credentials' | 'environment' | 'mqtt' | 'rootCa'>;

/** What an operator and a factory need to bring devices to a deployment. */
export interface Fleet {
  readonly local: FleetHome;
  readonly operator: FleetOperator;
  /** A folder for claims and devices. */
  readonly folder: string;
  /** PEM file of the root that vouches for the endpoint. */
  readonly rootCa: string;
  /** `host:port` of the MQTT endpoint. */
  readonly endpoint: string;
}

export const MQTT_HOST = 'localhost';

/** Opens the deployment on this local AWS as an operator would, with the SDK's standard variables. */
export const openFleet = async (local: FleetHome, folder?: string): Promise<Fleet> => {
  Object.assign(process.env, local.environment);
  const home = folder ?? (await mkdtemp(join(tmpdir(), 'muster-fleet-')));
  await mkdir(home, { recursive: true });
  const rootCa = join(home, 'root-ca.pem');
  await writeFile(rootCa, local.rootCa);
  return { local, operator: await openFleetOperator(process.env), folder: home, rootCa, endpoint: `${MQTT_HOST}:${local.mqtt.port}` };
};

export const closeFleet = ({ folder }: Fleet): Promise<void> => rm(folder, { recursive: true, force: true });

const DAY_MS = 86_400_000;

export const makeClaim = (
  { operator, folder, endpoint }: Fleet,
  line: LineName,
  { name, quota }: { readonly name: string; readonly quota: number },
): Promise<CreatedClaim> =>
  createClaim(
    operator.client,
    { name: name as ClaimName, line, quota, expiresAt: Date.now() + 30 * DAY_MS },
    { out: join(folder, 'claims'), endpoint },
  );

export interface ImportedSerial {
  readonly serial: string;
  /** The configuration's first unless given. */
  readonly tenant?: string;
  readonly pinnedKey?: string;
}

/** Writes a manifest of these rows, by their columns, and imports it, as `muster devices import` does. */
export const importRows = async ({ operator, folder }: Fleet, rows: readonly Readonly<Record<string, string>>[]): Promise<ImportCounts> => {
  const file = join(folder, `manifest-${randomUUID()}.csv`);
  const tenant = operator.configuration.tenants[0]?.name ?? '';
  const columns = ['tenant', ...new Set(rows.flatMap((row) => Object.keys(row)).filter((name) => name !== 'tenant'))];
  const lines = rows.map((row) => columns.map((name) => row[name] ?? (name === 'tenant' ? tenant : '')).join(','));
  await writeFile(file, `${[columns.join(','), ...lines].join('\n')}\n`);
  const { counts } = await importManifest(operator, { path: file, isUnsigned: true });
  return counts;
};

/** Imports devices of a line that have a key of their own, or nothing but a serial number. */
export const enroll = (fleet: Fleet, line: LineName, serials: readonly ImportedSerial[]): Promise<ImportCounts> =>
  importRows(
    fleet,
    serials.map(({ serial, tenant, pinnedKey = '' }) => ({
      ...{ serial, line, approach: 'pki', pinned_key: pinnedKey },
      ...(tenant === undefined ? {} : { tenant }),
    })),
  );

export interface OnboardedDevice {
  readonly exitCode: number;
  /** The one object that `muster-device --json` prints. */
  readonly result: Readonly<Record<string, unknown>>;
}

export interface DeviceRun {
  readonly serial: string;
  readonly claim: string;
  readonly mqttVersion: MqttVersion;
  /** Where the device keeps its key; a folder of the serial's name unless given. */
  readonly state?: string;
  readonly timeout?: string;
  /** `ec-p256` unless given. */
  readonly key?: KeyKind;
}

/** Runs what `muster-device` runs. */
export const onboardDevice = async ({ folder, rootCa, endpoint }: Fleet, run: DeviceRun): Promise<OnboardedDevice> => {
  let printed = '{}';
  const options = {
    ...{ serial: run.serial, claim: run.claim, mqttVersion: run.mqttVersion, endpoint, ca: rootCa },
    ...{
      approach: 'pki',
      key: run.key ?? 'ec-p256',
      timeout: run.timeout ?? '60s',
      verify: true,
      deleteClaim: false,
      json: true,
    },
    state: run.state ?? join(folder, 'devices', run.serial),
  };
  const exitCode = await runOnboard(options, {
    out: (line) => {
      printed = line;
    },
    error: () => undefined,
  });
  return { exitCode, result: JSON.parse(printed) as Record<string, unknown> };
};
