import {
  AddThingToThingGroupCommand,
  type AbortCriteria,
  CreateJobCommand,
  type CreateJobCommandInput,
  CreateThingCommand,
  CreateThingGroupCommand,
  DescribeJobCommand,
  DescribeJobExecutionCommand,
  type JobExecution,
  UpdateEventConfigurationsCommand,
} from '@aws-sdk/client-iot';
import { IoTJobsDataPlaneClient } from '@aws-sdk/client-iot-jobs-data-plane';

import type { LocalAwsOptions } from '../../local/main.ts';
import type { RawClient } from '../local/iot/broker/raw-client.ts';
import { MqttWorld } from './mqtt-world.ts';

export type Body = Readonly<Record<string, unknown>>;

export interface Said {
  readonly topic: string;
  readonly body: Body;
}

const rolloutMs = 1000;

/** A local AWS under a frozen clock with things that execute jobs. */
export class JobsWorld {
  readonly mqtt: MqttWorld;
  readonly data: IoTJobsDataPlaneClient;

  private constructor(mqtt: MqttWorld) {
    this.mqtt = mqtt;
    const { endpoint, account, credentials } = mqtt.aws;
    this.data = new IoTJobsDataPlaneClient({ endpoint, region: account.region, credentials, maxAttempts: 1 });
  }

  static async start(options: Omit<LocalAwsOptions, 'clock'> = {}): Promise<JobsWorld> {
    const iotSettings = { ...options.iotSettings, operationRates: 'off' as const };
    const world = new JobsWorld(await MqttWorld.start({ ...options, iotSettings }));
    const eventConfigurations = { JOB: { Enabled: true }, JOB_EXECUTION: { Enabled: true } };
    await world.mqtt.iot.send(new UpdateEventConfigurationsCommand({ eventConfigurations }));
    return world;
  }

  async stop(): Promise<void> {
    this.data.destroy();
    await this.mqtt.stop();
  }

  arn(resource: string): string {
    return `arn:aws:iot:${this.mqtt.aws.account.region}:${this.mqtt.aws.account.accountId}:${resource}`;
  }

  async thing(): Promise<string> {
    const thingName = this.mqtt.unique();
    await this.mqtt.iot.send(new CreateThingCommand({ thingName }));
    return thingName;
  }

  async things(count: number): Promise<readonly string[]> {
    return Promise.all(Array.from({ length: count }, () => this.thing()));
  }

  async group(members: readonly string[], parentGroupName?: string): Promise<string> {
    const thingGroupName = this.mqtt.unique();
    await this.mqtt.iot.send(new CreateThingGroupCommand({ thingGroupName, parentGroupName }));
    for (const thingName of members) await this.join(thingName, thingGroupName);
    return thingGroupName;
  }

  async join(thingName: string, thingGroupName: string): Promise<void> {
    await this.mqtt.iot.send(new AddThingToThingGroupCommand({ thingName, thingGroupName }));
  }

  /** Creates a job for things and lets its rollout begin. */
  async job(thingNames: readonly string[], input: Partial<CreateJobCommandInput> = {}): Promise<string> {
    const jobId = this.mqtt.unique();
    const targets = thingNames.map((name) => this.arn(`thing/${name}`));
    await this.mqtt.iot.send(new CreateJobCommand({ jobId, targets, document: '{"do":"it"}', ...input }));
    this.mqtt.clock.advance(rolloutMs);
    return jobId;
  }

  abortConfig(criterion: Partial<AbortCriteria>): Partial<CreateJobCommandInput> {
    const criteria = {
      failureType: 'FAILED',
      action: 'CANCEL',
      thresholdPercentage: 50,
      minNumberOfExecutedThings: 2,
      ...criterion,
    } as const;
    return { abortConfig: { criteriaList: [criteria] } };
  }

  async describe(jobId: string) {
    const { job } = await this.mqtt.iot.send(new DescribeJobCommand({ jobId }));
    return job ?? {};
  }

  async execution(thingName: string, jobId: string): Promise<JobExecution> {
    const { execution } = await this.mqtt.iot.send(new DescribeJobExecutionCommand({ thingName, jobId }));
    return execution ?? {};
  }
}

export const saidTo = ({ received }: RawClient): readonly Said[] =>
  received.flatMap((packet) =>
    packet.cmd === 'publish' ? [{ topic: packet.topic, body: JSON.parse(packet.payload.toString()) as Body }] : [],
  );

/** What the device is answered to one request. */
export const ask = async (world: JobsWorld, device: RawClient, topic: string, body: object | string = {}): Promise<Said> => {
  const before = device.received.length;
  const payload = typeof body === 'string' ? body : JSON.stringify(body);
  device.send({ cmd: 'publish', topic, payload, qos: 0, dup: false, retain: false });
  const answers = () =>
    saidTo(device)
      .slice(0)
      .filter((said) => said.topic === `${topic}/accepted` || said.topic === `${topic}/rejected`);
  const count = device.received
    .slice(0, before)
    .filter((packet) => packet.cmd === 'publish' && packet.topic.startsWith(`${topic}/`)).length;
  await world.mqtt.until(() => answers().length > count);
  const answer = answers().at(-1);
  if (answer === undefined) throw new Error('no answer');
  return { topic: answer.topic.slice(topic.length + 1), body: answer.body };
};
