import type { IotBehaviour } from '../behaviour/behaviour.ts';
import type { IotConnection, IotMessage, MessageBroker, ReservedTopicService } from '../connection.ts';
import { isJsonObject, type JsonObject } from '../../json-object.ts';
import type { DeviceOperations } from './device-operations.ts';
import { readRequest, requestSchemas } from './device-requests.ts';
import { secondsOf, stateOf } from './execution-views.ts';
import { JobRefusal } from './job-refusal.ts';
import { isJobFilter, type JobTopic, parseJobTopic } from './job-topics.ts';
import type { JobThrottle } from './request-rates.ts';

export interface JobsOverMqttPorts {
  readonly operations: DeviceOperations;
  readonly throttle: JobThrottle;
  readonly behaviour: IotBehaviour;
  readonly now: () => number;
  /** Asked for when there is something to answer, because the broker is made after its services. */
  readonly broker: () => Pick<MessageBroker, 'reply'>;
}

type Answer = Readonly<Record<string, unknown>>;

/** Over MQTT a document is JSON, over HTTP its text. */
const withJson = (answer: Answer): Answer => {
  const { jobDocument, execution } = answer;
  return {
    ...answer,
    ...(typeof jobDocument === 'string' ? { jobDocument: JSON.parse(jobDocument) as unknown } : {}),
    ...(isJsonObject(execution) ? { execution: withJson(execution) } : {}),
  };
};

const perform = ({ operations, throttle }: JobsOverMqttPorts, { thingName, request }: JobTopic, body: JsonObject): Answer => {
  if (request === undefined) throw new JobRefusal('InvalidTopic', 'The topic stands for no request of AWS IoT Jobs');
  throttle(request.name === 'getPending' || request.name === 'describe' ? 'reads' : 'writes');
  switch (request.name) {
    case 'getPending':
      readRequest(requestSchemas.getPending, body);
      return operations.getPending(thingName);
    case 'startNext':
      return operations.startNext(thingName, readRequest(requestSchemas.startNext, body));
    case 'describe':
      return operations.describe(thingName, request.jobId, readRequest(requestSchemas.describe, body));
    case 'update':
      return operations.update(thingName, request.jobId, readRequest(requestSchemas.update, body));
  }
};

const bodyOf = (payload: Buffer, isEmptyRead: boolean): JsonObject => {
  if (payload.length === 0 && isEmptyRead) return {};
  try {
    const body: unknown = JSON.parse(payload.toString('utf8'));
    if (isJsonObject(body)) return body;
  } catch {
    throw new JobRefusal('InvalidJson', 'The payload is no JSON');
  }
  throw new JobRefusal('InvalidJson', 'The payload is no JSON object');
};

const asRefusal = (error: unknown): JobRefusal => (error instanceof JobRefusal ? error : new JobRefusal('InternalError', 'Internal error'));

const rejection = ({ code, message, execution }: JobRefusal): Answer => ({
  ...{ code, message },
  ...(execution === undefined ? {} : { executionState: stateOf(execution) }),
});

const tokenIn = ({ clientToken }: JsonObject): Answer => (typeof clientToken === 'string' ? { clientToken } : {});

/** AWS IoT Jobs for devices over MQTT (DG:jobs-mqtt-api). Every request is answered on the connection that made it, and on no other. */
export const jobsOverMqtt = (ports: JobsOverMqttPorts): ReservedTopicService => {
  const answerTo = (topic: JobTopic, payload: Buffer): { readonly result: 'accepted' | 'rejected'; readonly answer: Answer } => {
    let token: Answer = {};
    try {
      const body = bodyOf(payload, ports.behaviour['jobs.empty-payload-is-an-object']);
      token = tokenIn(body);
      return { result: 'accepted', answer: { ...withJson(perform(ports, topic, body)), ...token } };
    } catch (error) {
      return { result: 'rejected', answer: { ...rejection(asRefusal(error)), ...token } };
    }
  };

  return {
    accepts: (topic) => parseJobTopic(topic) !== undefined,
    answersOn: isJobFilter,
    handle: async (connection: IotConnection, { topic, payload }: IotMessage) => {
      const parsed = parseJobTopic(topic);
      if (parsed === undefined) return;
      const { result, answer } = answerTo(parsed, payload);
      const body = JSON.stringify({ ...answer, timestamp: secondsOf(ports.now()) });
      const qos = ports.behaviour['jobs.message-qos'];
      await ports.broker().reply(connection, { topic: `${topic}/${result}`, payload: Buffer.from(body), qos, retain: false });
    },
  };
};
