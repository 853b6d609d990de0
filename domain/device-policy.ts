import type { SharedBoundary } from './boundary.ts';
import { ASSIGNED_CLIENT_ID_PREFIX } from './client-id.ts';
import { type Permissions, jobPermissions, joined, nothing, ownPermissions, sharedPermissions } from './permissions.ts';
import { type PolicyDocument, type PolicyScope, type PolicyStatement, arnWriter } from './policy-document.ts';
import type { TopicTree } from './topics.ts';

/** What stands for the device's thing name in a policy that many devices share (DG:thing-policy-variables). */
export const THING_NAME_VARIABLE = '${iot:Connection.Thing.ThingName}';

interface Compilation {
  readonly scope: PolicyScope;
  readonly topics: TopicTree;
}

interface DevicePolicyWishes {
  /** Also connect under an id that AWS IoT assigns to clients which give none. */
  readonly assignedClientIds?: boolean;
  /** Also follow the jobs of the device's own thing. */
  readonly followsJobs?: boolean;
}

/**
 * The policy on every certificate of a line: connect under the thing's own name, use what lies below the thing's own root,
 * share the line's topics, and follow jobs where the line has any for its devices.
 */
export const compileDevicePolicy = (
  { scope, topics }: Compilation,
  boundary: SharedBoundary,
  { assignedClientIds = false, followsJobs = false }: DevicePolicyWishes = {},
): PolicyDocument => {
  const connect = [THING_NAME_VARIABLE, ...(assignedClientIds ? [`${ASSIGNED_CLIENT_ID_PREFIX}*`] : [])];
  const own = [ownPermissions(topics, THING_NAME_VARIABLE), ...(followsJobs ? [jobPermissions(THING_NAME_VARIABLE)] : [])];
  return allowing(scope, joined({ ...nothing, connect }, ...own, sharedPermissions(topics, boundary)));
};

/** The policy on a tenant's group: the tenant's shared topics, or `undefined` when it has none. */
export const compileSharedPolicy = ({ scope, topics }: Compilation, boundary: SharedBoundary): PolicyDocument | undefined =>
  boundary.sharedTopics.length === 0 ? undefined : allowing(scope, sharedPermissions(topics, boundary));

/** The policy on the quarantine group: nothing but the thing's own diagnosis topics, whatever else is allowed. */
export const compileQuarantinePolicy = ({ scope, topics }: Compilation): PolicyDocument => {
  const arn = arnWriter(scope);
  const diagnosis = `${topics.diagnosis(THING_NAME_VARIABLE)}/*`;
  return document([
    { Effect: 'Deny', Action: ['iot:Publish', 'iot:RetainPublish', 'iot:Receive'], NotResource: [arn('topic', diagnosis)] },
    { Effect: 'Deny', Action: ['iot:Subscribe'], NotResource: [arn('topicfilter', diagnosis)] },
  ]);
};

/**
 * The policy on the probation group: the thing's own root without its commands, whatever else is allowed. Who has shown no more
 * than a serial number may report, and is neither told what to do nor heard by others.
 */
export const compileProbationPolicy = ({ scope, topics }: Compilation): PolicyDocument => {
  const arn = arnWriter(scope);
  const own = `${topics.thing(THING_NAME_VARIABLE)}/*`;
  const commands = [topics.commands(THING_NAME_VARIABLE), `${topics.commands(THING_NAME_VARIABLE)}/*`];
  const messages = ['iot:Publish', 'iot:RetainPublish', 'iot:Receive'];
  return document([
    { Effect: 'Deny', Action: messages, NotResource: [arn('topic', own)] },
    { Effect: 'Deny', Action: ['iot:Subscribe'], NotResource: [arn('topicfilter', own)] },
    // A wider filter, e.g. all of the own root, is let through: what comes by it is judged again as it is received.
    { Effect: 'Deny', Action: messages, Resource: commands.map((name) => arn('topic', name)) },
    { Effect: 'Deny', Action: ['iot:Subscribe'], Resource: commands.map((name) => arn('topicfilter', name)) },
  ]);
};

const allowing = (scope: PolicyScope, { connect, publish, receive, subscribe }: Permissions): PolicyDocument => {
  const arn = arnWriter(scope);
  const arns = (kind: Parameters<typeof arn>[0], names: readonly string[]) => names.map((name) => arn(kind, name));
  return document(
    [
      allow(['iot:Connect'], arns('client', connect)),
      allow(['iot:Publish'], arns('topic', publish)),
      allow(['iot:Receive'], arns('topic', receive)),
      allow(['iot:Subscribe'], arns('topicfilter', subscribe)),
    ].filter(({ Resource = [] }) => Resource.length > 0),
  );
};

const document = (statements: readonly PolicyStatement[]): PolicyDocument => ({ Version: '2012-10-17', Statement: statements });

const allow = (actions: readonly string[], resources: readonly string[]): PolicyStatement => ({
  Effect: 'Allow',
  Action: actions,
  Resource: resources,
});
