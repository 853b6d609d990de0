import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ListrTask } from 'listr2';
import type { LineName } from '../domain/identifiers.ts';
import { topicTree } from '../domain/topics.ts';
import type { LocalAws } from '../local/main.ts';
import { openAuditTrail } from './audit-trail.ts';
import { type MadeKey, makeDeviceKey } from './device-keys.ts';
import { DevicesWithoutCertificate } from './devices-without-certificate.ts';
import { eventually } from './eventually.ts';
import type { Expectations } from './expectations.ts';
import { type DeviceRun, type Fleet, type OnboardedDevice, enroll, onboardDevice } from './fleet.ts';
import { describeLocal, type LocalDescription, writeLocalFile } from './local-file.ts';
import { connectDevice, echo, subscribeWhereForbidden } from './publish.ts';
import {
  type RefusalStage,
  refuseClosedClaim,
  refuseNeighboursTopic,
  refuseUnknownSerial,
  refuseUnpinnedKey,
  refuseUsedSerial,
} from './refusals.ts';
import { runSdkDevice } from './sdk-device.ts';

const OURS = ['DEV-01', 'DEV-02', 'DEV-03', 'DEV-04', 'DEV-05', 'DEV-06', 'DEV-07', 'DEV-08'] as const;
const SDK_3 = 'SDK-MQTT3';
const SDK_5 = 'SDK-MQTT5';
/** Enrolled for impostors only: the keys that are pinned for them are nobody's. */
const PINNED = 'DEV-PINNED';
const SPARE = 'DEV-SPARE';
/** Of the line that takes a serial number for proof. */
const LAMP = 'LAMP-01';

/** The chapters of the demo; each leaves what the next one needs. */
export class Story {
  readonly #fleet: Fleet;
  readonly #expectations: Expectations;
  /** Whose devices have keys of their own. */
  readonly #line: LineName;
  /** Whose devices have nothing but a serial number. */
  readonly #weakLine: LineName;
  readonly #local: LocalDescription;
  readonly #localFile: string;
  readonly #trail: RefusalStage['trail'];
  readonly #without: DevicesWithoutCertificate;
  readonly #keys = new Map<string, MadeKey>();
  readonly #devices = new Map<string, OnboardedDevice>();

  private constructor(
    fleet: Fleet,
    expectations: Expectations,
    prepared: {
      local: LocalDescription;
      localFile: string;
      line: LineName;
      weakLine: LineName;
      trail: RefusalStage['trail'];
      without: DevicesWithoutCertificate;
    },
  ) {
    this.#fleet = fleet;
    this.#expectations = expectations;
    this.#line = prepared.line;
    this.#weakLine = prepared.weakLine;
    this.#local = prepared.local;
    this.#localFile = prepared.localFile;
    this.#trail = prepared.trail;
    this.#without = prepared.without;
  }

  static async open(fleet: Fleet, expectations: Expectations, issuers: LocalAws['issuers']): Promise<Story> {
    const [line, weakLine, keyLine, tokenLine] = fleet.operator.configuration.lines;
    if (line === undefined || weakLine === undefined || keyLine === undefined || tokenLine === undefined)
      throw new Error('The story needs four lines: of keys, of serial numbers, of pre-shared keys, and of tokens');
    const local = await describeLocal(fleet);
    const localFile = join(fleet.folder, 'local.json');
    await writeLocalFile(localFile, local);
    const trail = await openAuditTrail(fleet.operator.configuration.prefix);
    const without = new DevicesWithoutCertificate({ fleet, expectations, issuers, keyLine: keyLine.name, tokenLine: tokenLine.name });
    return new Story(fleet, expectations, { local, localFile, line: line.name, weakLine: weakLine.name, trail, without });
  }

  chapters(): ListrTask[] {
    return [
      {
        title: 'Ten devices make their keys in the factory, and the operator imports serial numbers and public keys',
        task: () => this.#import(),
      },
      {
        title: 'Eight devices onboard with muster-device, over MQTT 3.1.1 and 5',
        task: (_, task) => this.#onboard((text) => (task.output = text)),
      },
      { title: "Two devices onboard with AWS's own device SDK, over MQTT 3.1.1 and 5", task: () => this.#onboardWithSdk() },
      { title: 'Each is seen with its own certificate and becomes active', task: () => this.#awaitActivation() },
      { title: 'A lamp that has nothing but its serial number comes in on probation', task: () => this.#onboardLamp() },
      { title: 'A valve proves itself by a pre-shared key, and a beacon by a token, as they connect', task: () => this.#without.comeIn() },
      { title: 'Five impostors try, and one who has a key of their own making', task: () => this.#refuse() },
    ];
  }

  async #import(): Promise<void> {
    const serials = [...OURS, SDK_3, SDK_5];
    for (const serial of serials) this.#keys.set(serial, await makeDeviceKey(join(this.#fleet.folder, 'devices', serial)));
    const { created } = await enroll(
      this.#fleet,
      this.#line,
      serials.map((serial) => ({ serial, pinnedKey: this.#key(serial).digest })),
    );
    this.#expectations.expect('ten serial numbers are imported, each with the key of its device', created === 10, `${created} created`);
    await enroll(
      this.#fleet,
      this.#line,
      [PINNED, SPARE].map((serial) => ({ serial, pinnedKey: randomBytes(32).toString('hex') })),
    );
    await enroll(this.#fleet, this.#weakLine, [{ serial: LAMP }]);
  }

  async #onboard(report: (text: string) => void): Promise<void> {
    const runs = OURS.map(
      (serial, index): DeviceRun => ({ serial, claim: this.#claimOf(this.#line), mqttVersion: index % 2 === 0 ? '3.1.1' : '5' }),
    );
    await Promise.all(
      runs.map(async (run) => {
        const device = await onboardDevice(this.#fleet, run);
        this.#devices.set(run.serial, device);
        report(`${this.#devices.size} of ${runs.length}: ${run.serial} over MQTT ${run.mqttVersion}`);
      }),
    );
    const codes = [...this.#devices.values()].map(({ exitCode }) => exitCode);
    this.#expectations.expect(
      'eight devices are onboarded with muster-device',
      codes.every((code) => code === 0),
      `exit codes ${codes.join(' ')}`,
    );
    const device = this.#device(OURS[0]);
    const topic = `${topicTree(this.#fleet.operator.configuration.topicPrefix).thing(String(device.result['thingName']))}/telemetry`;
    const session = await connectDevice(this.#fleet, device);
    const received = await echo(session, topic);
    await session.close();
    this.#expectations.expect('a device publishes and receives on its own topic', received === 'hello', `"${received}" on ${topic}`);
  }

  async #onboardWithSdk(): Promise<void> {
    for (const [serial, mqtt] of [
      [SDK_3, '3.1.1'],
      [SDK_5, '5'],
    ] as const) {
      const device = { line: this.#line, serial, mqtt, key: this.#key(serial).file };
      const printed = await runSdkDevice(this.#localFile, device).catch((error: unknown) => String(error));
      this.#expectations.expect(`AWS's device SDK onboards and speaks over MQTT ${mqtt}`, printed.includes(`"hello":"${serial}"`), printed);
    }
  }

  async #awaitActivation(): Promise<void> {
    const serials = [...OURS, SDK_3, SDK_5];
    const active = await eventually('the activation of all ten devices', async () => {
      const events = await this.#trail.events();
      const found = serials.filter((serial) => events.some((event) => event.code === 'device.activated' && event.serialNumber === serial));
      return found.length === serials.length ? found.length : undefined;
    }).catch((error: unknown) => String(error));
    this.#expectations.expect('all ten are active, and on record', active === serials.length, String(active));
  }

  async #onboardLamp(): Promise<void> {
    const lamp: OnboardedDevice = await onboardDevice(this.#fleet, {
      serial: LAMP,
      claim: this.#claimOf(this.#weakLine),
      mqttVersion: '5',
    });
    this.#expectations.expect('a lamp comes in with its serial number only', lamp.exitCode === 0, `exit code ${lamp.exitCode}`);
    const session = await connectDevice(this.#fleet, lamp);
    const topics = topicTree(this.#fleet.operator.configuration.topicPrefix);
    const outcome = await subscribeWhereForbidden(session, `${topics.line(this.#weakLine)}/scenes`);
    await session.close();
    this.#expectations.expect("on probation it hears nothing of its line's shared topic", outcome === 'refused', outcome);
  }

  async #refuse(): Promise<void> {
    const stage = this.#stageOf(this.#line);
    await Promise.all([
      refuseUnknownSerial(stage),
      refuseUsedSerial(this.#stageOf(this.#weakLine), LAMP),
      refuseUnpinnedKey(stage, PINNED),
      refuseClosedClaim(stage, SPARE),
    ]);
    await refuseNeighboursTopic(stage, this.#device(OURS[0]), this.#device(OURS[1]));
    await this.#without.refuse();
  }

  #stageOf(line: LineName): RefusalStage {
    return { fleet: this.#fleet, line, claim: this.#claimOf(line), trail: this.#trail, expectations: this.#expectations };
  }

  #claimOf(line: LineName): string {
    const claim = this.#local.lines.find(({ name }) => name === line)?.claim.description;
    if (claim === undefined) throw new Error(`There is no claim of line "${line}"`);
    return claim;
  }

  #key(serial: string): MadeKey {
    const key = this.#keys.get(serial);
    if (key === undefined) throw new Error(`"${serial}" has made no key`);
    return key;
  }

  #device(serial: string): OnboardedDevice {
    const device = this.#devices.get(serial);
    if (device?.exitCode !== 0) throw new Error(`"${serial}" was not onboarded: ${JSON.stringify(device?.result)}`);
    return device;
  }
}
