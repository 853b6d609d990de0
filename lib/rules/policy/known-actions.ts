import { ruleFor } from '../rule.ts';
import { POLICY_TYPE, statementsOf } from './statements.ts';

// DG:iot-policy-actions, with the data-plane actions of 2025 and later.
const jobActions = ['DescribeJobExecution', 'GetPendingJobExecutions', 'UpdateJobExecution', 'StartNextPendingJobExecution'];
const known: ReadonlySet<string> = new Set([
  ...['Connect', 'Publish', 'RetainPublish', 'Receive', 'Subscribe'].map((name) => `iot:${name}`),
  ...['GetRetainedMessage', 'ListRetainedMessages', 'DeleteConnection', 'GetConnection', 'ListSubscriptions'].map((name) => `iot:${name}`),
  ...['GetThingShadow', 'UpdateThingShadow', 'DeleteThingShadow', 'ListNamedShadowsForThing'].map((name) => `iot:${name}`),
  ...['AssumeRoleWithCertificate', 'SendDirectMessage'].map((name) => `iot:${name}`),
  ...jobActions.map((name) => `iotjobsdata:${name}`),
]);

/** Also refuses `iot:*`: what it allows grows with AWS. */
export const knownActions = ruleFor(
  POLICY_TYPE,
  { name: 'unknown-action', why: 'An action that does not exist allows nothing and denies nothing, and nobody notices.' },
  (policy) =>
    statementsOf(policy)
      .flatMap(({ actions }) => actions)
      .filter((action) => !known.has(action))
      .map((action) => ({
        got: `"${action}"`,
        allowed: 'an action of AWS IoT, in full',
        fix: 'look for a spelling mistake; write out a wildcard',
      })),
);
