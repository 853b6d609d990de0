import { generateKeyPairSync, randomBytes } from 'node:crypto';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { issueKeys } from '../cli/keys/issue-keys.ts';
import { readRecipient, recipientJwkOf } from '../cli/keys/sealed-key.ts';
import { unsealKeys } from '../cli/keys/unseal-keys.ts';
import { runOnboard } from '../device/onboarding/run-onboard.ts';
import type { LineName } from '../domain/identifiers.ts';
import { resourceNames } from '../domain/resource-names.ts';
import type { SerialNumber } from '../domain/serial-number.ts';
import { thingNameOf } from '../domain/thing-name.ts';
import type { LocalAws } from '../local/main.ts';
import type { Expectations } from './expectations.ts';
import { type Fleet, importRows, MQTT_HOST } from './fleet.ts';
import { AUDIENCE, ISSUER } from './story-configuration.ts';

const VALVE = 'VALVE-01' as SerialNumber;
const BEACON = 'BEACON-01' as SerialNumber;
const REFUSED = 77;

export interface ConnectionStage {
  readonly fleet: Fleet;
  readonly expectations: Expectations;
  readonly issuers: LocalAws['issuers'];
  /** Whose devices have pre-shared keys. */
  readonly keyLine: LineName;
  /** Whose devices have tokens. */
  readonly tokenLine: LineName;
}

/** Devices that hold no certificate and prove themselves whenever they connect. */
export class DevicesWithoutCertificate {
  readonly #stage: ConnectionStage;
  #valve = '';

  constructor(stage: ConnectionStage) {
    this.#stage = stage;
  }

  async comeIn(): Promise<void> {
    const { expectations } = this.#stage;
    this.#valve = await this.#makeValve();
    const codes = [await this.#connect(this.#valve, VALVE), await this.#connect(await this.#makeBeacon(), BEACON)];
    expectations.expect('a valve comes in by its pre-shared key', codes[0] === 0, `exit code ${codes[0]}`);
    expectations.expect('a beacon comes in by a token of its issuer', codes[1] === 0, `exit code ${codes[1]}`);
  }

  async refuse(): Promise<void> {
    const genuine = await readFile(this.#valve, 'utf8');
    const forged = join(this.#stage.fleet.folder, 'forged.credential.json');
    await writeFile(forged, genuine.replace(/"key":\s*"[^"]+"/, `"key":"${randomBytes(32).toString('base64url')}"`), { mode: 0o600 });
    const code = await this.#connect(forged, 'forged');
    this.#stage.expectations.expect('a key that does not derive from its names is refused', code === REFUSED, `exit code ${code}`);
  }

  // As a factory does it: the keys come sealed to it.
  async #makeValve(): Promise<string> {
    const { fleet, keyLine: line } = this.#stage;
    await importRows(fleet, [{ serial: VALVE, line, approach: 'psk' }]);
    const { publicKey, privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const out = join(fleet.folder, 'sealed-keys.jsonl');
    await issueKeys(fleet.operator.client, {
      ...{ line, keyVersion: 1, serialNumbers: [VALVE], out, isDryRun: false, signal: new AbortController().signal },
      recipient: recipientJwkOf(readRecipient(publicKey.export({ type: 'spki', format: 'pem' }).toString(), 'the factory')),
      onBegin: () => undefined,
      onResults: () => undefined,
    });
    const { files } = await unsealKeys({ file: out, key: privateKey, directory: join(fleet.folder, 'valves'), endpoint: this.#endpoint });
    return String(files[0]);
  }

  async #makeBeacon(): Promise<string> {
    const { fleet, issuers, tokenLine: line } = this.#stage;
    const issuer = issuers.get(ISSUER);
    const client = issuer.register({ audience: AUDIENCE, scopes: ['muster:own'] });
    const url = issuer.addresses.issuer;
    await importRows(fleet, [{ serial: BEACON, line, approach: 'oauth', oauth_issuer: url, oauth_subject: client.clientId }]);
    const { prefix } = fleet.operator.configuration;
    const file = join(fleet.folder, 'beacon.credential.json');
    const names = { thingName: thingNameOf(prefix, line, BEACON), authorizer: resourceNames(prefix).authorizer('oauth') };
    const secret = { kind: 'client-credentials', tokenEndpoint: `${url}/oauth2/token`, ...client };
    const credential = { schemaVersion: 1, approach: 'oauth', ...names, endpoint: this.#endpoint, secret };
    await writeFile(file, JSON.stringify(credential), { mode: 0o600 });
    return file;
  }

  // What `muster-device --credential-file` runs.
  #connect(credentialFile: string, name: string): Promise<number> {
    const { folder, rootCa } = this.#stage.fleet;
    const state = join(folder, 'devices', name);
    return runOnboard(
      {
        credentialFile,
        ca: rootCa,
        state,
        mqttVersion: '5',
        key: 'ec-p256',
        timeout: '30s',
        verify: true,
        deleteClaim: false,
        json: false,
      },
      { out: () => undefined, error: () => undefined },
    );
  }

  get #endpoint(): string {
    return `${MQTT_HOST}:${this.#stage.fleet.local.mqtt.customAuthPort}`;
  }
}
