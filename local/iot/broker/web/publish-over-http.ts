import type { IncomingMessage } from 'node:http';

import { AwsError } from '../../../aws-error.ts';
import type { UnsignedRequest } from '../../../gateway/unsigned-request.ts';
import type { PolicySubject } from '../../policy/authorizer.ts';
import type { BrokerCore } from '../core.ts';
import type { RoutedMessage } from '../message.ts';
import { routeOf } from '../reserved-topics.ts';
import { throttled } from '../throttling-log.ts';
import { isReserved, isTopicName } from '../topic-name.ts';
import { type AdmissionCache, identifyVisitor } from './identify-visitor.ts';
import { publishedProperties } from './published-properties.ts';
import { headOf, readPayload } from './web-request.ts';
import { webAccess, type WebVisit } from './web-visit.ts';

const prefix = '/topics/';

const forbidden = (): AwsError => new AwsError('ForbiddenException', 'Forbidden', { status: 403 });
const invalid = (message: string): AwsError => new AwsError('InvalidRequestException', message);

const topicIn = (path: string): string => {
  try {
    return decodeURIComponent(path.slice(prefix.length));
  } catch {
    throw invalid('The topic in the path is not URL-encoded.');
  }
};

const flag = (query: URLSearchParams, name: string): boolean => {
  const value = query.get(name) ?? 'false';
  if (value !== 'true' && value !== 'false') throw invalid(`${name} must be true or false.`);
  return value === 'true';
};

const qosIn = (query: URLSearchParams): 0 | 1 => {
  const value = query.get('qos') ?? '0';
  if (value !== '0' && value !== '1') throw invalid('qos must be 0 or 1.');
  return value === '1' ? 1 : 0;
};

/** A message as somebody posts it: options in the query, properties in query and headers. */
export type PostedMessage = Pick<UnsignedRequest, 'query' | 'headers' | 'body'> & { readonly topic: string };

const messageOf = (core: BrokerCore, request: PostedMessage): RoutedMessage => {
  const { topic, body: payload } = request;
  if (!isTopicName(topic)) throw invalid(`Topic ${topic} is not one that can be published to.`);
  const { properties, expirySeconds } = publishedProperties(request);
  return {
    ...{ topic, payload, qos: qosIn(request.query), retain: flag(request.query, 'retain') },
    ...(properties === undefined ? {} : { properties }),
    ...(expirySeconds === undefined ? {} : { expiresAt: core.clock.now() + expirySeconds * 1000 }),
  };
};

const checkRight = (core: BrokerCore, subject: PolicySubject, { topic, retain }: RoutedMessage): void => {
  const may = (action: 'iot:Publish' | 'iot:RetainPublish'): boolean =>
    core.authorizer.authorize(subject, { action, name: topic }) === 'allowed';
  const isTaken = routeOf(core.reservedTopics, topic).to === 'subscribers' && !(retain && isReserved(topic));
  if (!may('iot:Publish') || (retain && !may('iot:RetainPublish')) || !isTaken) throw forbidden();
};

type Facts = Pick<RoutedMessage, 'topic' | 'retain'>;

const factsOf = ({ certificateId, clientId, sourceIp }: PolicySubject, { topic, retain }: Facts): object => ({
  ...{ protocol: 'HTTP', topicName: topic, clientId, sourceIp },
  ...(certificateId === undefined ? {} : { principalId: certificateId }),
  ...(retain ? { retain: 'True' } : {}),
});

/** Messages over HTTP count for the account as those over MQTT do (GR, "Inbound publish requests"). */
const checkRate = (core: BrokerCore, subject: PolicySubject, message: RoutedMessage): void => {
  const { throttle, retained } = core;
  const fits = throttle.take('publishesIn') && (!message.retain || throttle.mayRetain(message, retained.countWithout(message.topic)));
  if (fits) return;
  core.log({ eventType: 'Publish-In', status: 'Failure', ...factsOf(subject, message), ...throttled });
  throw new AwsError('ThrottlingException', 'Rate exceeded', { status: 429 });
};

/** HTTP has metrics of its own, but none for what policy denies or a quota stops (DG:metrics_dimensions). */
const tell = ({ metrics, log }: BrokerCore, subject: PolicySubject, message: RoutedMessage): void => {
  metrics.count('PublishIn.Success', 'HTTP');
  if (message.retain) metrics.count('PublishRetained.Success', 'HTTP');
  log(() => ({
    eventType: 'Publish-In',
    status: 'Success',
    ...factsOf(subject, message),
  }));
};

/** Publishes a message in somebody's name. Throws `AwsError` for a refusal. */
export const publishRequest = (core: BrokerCore, subject: PolicySubject, posted: PostedMessage): void => {
  const message = messageOf(core, posted);
  checkRate(core, subject, message);
  checkRight(core, subject, message);
  tell(core, subject, message);
  core.router.publish(message);
};

/** Publishes what was posted to `/topics/<topic>` (DG:http). Throws `AwsError` for a refusal. */
export const publishOverHttp = async (
  core: BrokerCore,
  visit: WebVisit,
  asked: { readonly message: IncomingMessage; readonly cache: AdmissionCache },
): Promise<void> => {
  const head = headOf(asked.message);
  if (!head.path.startsWith(prefix)) throw new AwsError('ResourceNotFoundException', 'There is nothing at this path.', { status: 404 });
  if (head.method !== 'POST') throw new AwsError('MethodNotAllowedException', 'Messages are published by POST.', { status: 405 });
  const request = { ...head, body: await readPayload(asked.message) };
  const access = webAccess(core, visit, { request, protocol: 'HTTPS' });
  const subject = access === undefined ? undefined : await identifyVisitor(core, visit, { ...asked, access });
  if (subject === undefined) throw forbidden();
  publishRequest(core, subject, { ...request, topic: topicIn(request.path) });
};
