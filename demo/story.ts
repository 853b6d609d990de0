import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import type { ListrTask } from 'listr2';
import type { LineName } from '../domain/identifiers.ts';
import { topicTree } from '../domain/topics.ts';
import { openAuditTrail } from './audit-trail.ts';
import { eventually } from './eventually.ts';
import type { Expectations } from './expectations.ts';
import { type DeviceRun, type Fleet, type OnboardedDevice, enroll, onboardDevice } from './fleet.ts';
import { describeLocal, type LocalDescription, writeLocalFile } from './local-file.ts';
import { connectDevice, echo } from './publish.ts';
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
/** Enrolled for impostors only: the first pins a key that nobody has. */
const PINNED = 'DEV-PINNED';
const SPARE = 'DEV-SPARE';

/** The chapters of the demo; each leaves what the next one needs. */
export class Story {
  readonly #fleet: Fleet;
  readonly #expectations: Expectations;
  readonly #line: LineName;
  readonly #local: LocalDescription;
  readonly #localFile: string;
  readonly #trail: RefusalStage['trail'];
  readonly #devices = new Map<string, OnboardedDevice>();

  private constructor(
    fleet: Fleet,
    expectations: Expectations,
    prepared: { local: LocalDescription; localFile: string; line: LineName; trail: RefusalStage['trail'] },
  ) {
    this.#fleet = fleet;
    this.#expectations = expectations;
    this.#line = prepared.line;
    this.#local = prepared.local;
    this.#localFile = prepared.localFile;
    this.#trail = prepared.trail;
  }

  static async open(fleet: Fleet, expectations: Expectations): Promise<Story> {
    const [line] = fleet.operator.configuration.lines;
    if (line === undefined) throw new Error('The configuration has no line to onboard devices of');
    const local = await describeLocal(fleet);
    const localFile = join(fleet.folder, 'local.json');
    await writeLocalFile(localFile, local);
    const trail = await openAuditTrail(fleet.operator.configuration.prefix);
    return new Story(fleet, expectations, { local, localFile, line: line.name, trail });
  }

  chapters(): ListrTask[] {
    return [
      { title: 'The factory names ten serial numbers, and the operator imports them', task: () => this.#import() },
      {
        title: 'Eight devices onboard with muster-device, over MQTT 3.1.1 and 5',
        task: (_, task) => this.#onboard((text) => (task.output = text)),
      },
      { title: "Two devices onboard with AWS's own device SDK, over MQTT 3.1.1 and 5", task: () => this.#onboardWithSdk() },
      { title: 'Each is seen with its own certificate and becomes active', task: () => this.#awaitActivation() },
      { title: 'Five impostors try', task: () => this.#refuse() },
    ];
  }

  async #import(): Promise<void> {
    const { created } = await enroll(
      this.#fleet,
      this.#line,
      [...OURS, SDK_3, SDK_5].map((serial) => ({ serial })),
    );
    this.#expectations.expect('ten serial numbers are imported', created === 10, `${created} created`);
    await enroll(this.#fleet, this.#line, [{ serial: PINNED, pinnedKey: randomBytes(32).toString('hex') }, { serial: SPARE }]);
  }

  async #onboard(report: (text: string) => void): Promise<void> {
    const runs = OURS.map((serial, index): DeviceRun => ({ serial, claim: this.#claim, mqttVersion: index % 2 === 0 ? '3.1.1' : '5' }));
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
      const printed = await runSdkDevice(this.#localFile, { line: this.#line, serial, mqtt }).catch((error: unknown) => String(error));
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

  async #refuse(): Promise<void> {
    const stage: RefusalStage = {
      fleet: this.#fleet,
      line: this.#line,
      claim: this.#claim,
      trail: this.#trail,
      expectations: this.#expectations,
    };
    await Promise.all([
      refuseUnknownSerial(stage),
      refuseUsedSerial(stage, OURS[0]),
      refuseUnpinnedKey(stage, PINNED),
      refuseClosedClaim(stage, SPARE),
    ]);
    await refuseNeighboursTopic(stage, this.#device(OURS[0]), this.#device(OURS[1]));
  }

  get #claim(): string {
    const claim = this.#local.lines.find(({ name }) => name === this.#line)?.claim.description;
    if (claim === undefined) throw new Error(`There is no claim of line "${this.#line}"`);
    return claim;
  }

  #device(serial: string): OnboardedDevice {
    const device = this.#devices.get(serial);
    if (device === undefined) throw new Error(`"${serial}" was not onboarded`);
    return device;
  }
}
