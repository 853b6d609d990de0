import { CreateTopicRuleCommand, type TopicRulePayload } from '@aws-sdk/client-iot';
import type { MqttClient } from 'mqtt';
import * as z from 'zod';
import { type Heard, type ObservedDevice, ObservedWorld } from './observed-world.ts';

type Version = '2015-10-08' | '2016-03-23' | 'beta';

const values = z.object({ x: z.record(z.string(), z.unknown()).optional() });

const mayDoEverything = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] };

/** A local AWS with a device that publishes, one that listens to what rules republish, and a role for rules. */
export class RulesWorld {
  readonly observed: ObservedWorld;
  readonly device: ObservedDevice;
  /** Publishes over MQTT 5. */
  readonly client: MqttClient;
  readonly roleArn: string;
  readonly heard: readonly Heard[];

  private constructor(observed: ObservedWorld, parts: Pick<RulesWorld, 'device' | 'client' | 'roleArn' | 'heard'>) {
    this.observed = observed;
    this.device = parts.device;
    this.client = parts.client;
    this.roleArn = parts.roleArn;
    this.heard = parts.heard;
  }

  static async start(): Promise<RulesWorld> {
    const observed = await ObservedWorld.start();
    const device = await observed.device();
    const heard = await observed.listen(device, 'out/#');
    const client = await observed.connect(device, 'rules-client', { protocolVersion: 5 });
    return new RulesWorld(observed, { device, client, heard, roleArn: await observed.role('iot.amazonaws.com', mayDoEverything) });
  }

  stop(): Promise<void> {
    return this.observed.stop();
  }

  async createRule(payload: Partial<TopicRulePayload> & { readonly sql: string }): Promise<string> {
    const ruleName = this.observed.unique('rule').replace('-', '_');
    const topicRulePayload = { actions: [], awsIotSqlVersion: '2016-03-23', ...payload };
    await this.observed.iot.send(new CreateTopicRuleCommand({ ruleName, topicRulePayload }));
    return ruleName;
  }

  republish(topic: string): { readonly republish: { readonly roleArn: string; readonly topic: string } } {
    return { republish: { roleArn: this.roleArn, topic } };
  }

  /** The first message on a topic below `out/`. */
  async hear(topic: string): Promise<string> {
    const found = (): Heard | undefined => this.heard.find((one) => one.topic === topic);
    const message = await this.observed.soon(found, (one) => one !== undefined);
    if (message === undefined) throw new Error(`Nothing arrived on ${topic}.`);
    return message.payload;
  }

  /** What a rule puts out for a message: `SELECT <select> FROM <its topic> <where>`. */
  async outgoing(select: string, payload: string | Buffer = '{}', { version = '2016-03-23', where = '' } = {}): Promise<string> {
    const topic = this.observed.unique('topic');
    await this.createRule({
      sql: `SELECT ${select} FROM 'in/${topic}' ${where}`,
      awsIotSqlVersion: version,
      actions: [this.republish(`out/${topic}`)],
    });
    await this.client.publishAsync(`in/${topic}`, payload, { qos: 1 });
    return this.hear(`out/${topic}`);
  }

  /** The values of expressions for a message; what is Undefined is missing. */
  async valuesOf(expressions: readonly string[], payload: object = {}, version: Version = '2016-03-23'): Promise<readonly unknown[]> {
    const select = expressions.map((expression, index) => `${expression} AS x.v${index}`).join(', ');
    const outgoing: unknown = JSON.parse(await this.outgoing(select, JSON.stringify(payload), { version }));
    const { x = {} } = values.parse(outgoing);
    return expressions.map((_, index) => x[`v${index}`]);
  }
}
