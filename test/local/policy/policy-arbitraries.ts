import * as fc from 'fast-check';
import type { PolicyRequest } from '../../../local/policy/evaluate.ts';

/** Names over a small alphabet, so that patterns and requests meet often. */
export const topicName = fc.stringMatching(/^[ab/+#$]{1,6}$/);

const pattern = fc.stringMatching(/^[ab/*?]{1,6}$/);

export const arnFor = (name: string): string => `arn:aws:iot:eu-west-1:123456789012:topic/${name}`;

const action = fc.constantFrom('iot:Publish', 'iot:Receive', 'iot:*', 'iot:Pub*', '*');

const resource = fc.oneof(fc.constant('*'), pattern.map(arnFor), fc.constant(arnFor('${iot:ClientId}/*')));

const condition = fc.option(fc.constantFrom({ StringEquals: { 'iot:ClientId': 'a' } }, { StringLike: { 'iot:ClientId': 'b*' } }), {
  nil: undefined,
});

export interface StatementJson {
  readonly Effect: 'Allow' | 'Deny';
}

export const statement = (effect: 'Allow' | 'Deny'): fc.Arbitrary<StatementJson> =>
  fc
    .record({
      actions: fc.array(action, { minLength: 1, maxLength: 2 }),
      resources: fc.array(resource, { minLength: 1, maxLength: 2 }),
      condition,
      negated: fc.boolean(),
    })
    .map(({ actions, resources, condition: block, negated }) => ({
      Effect: effect,
      Action: actions,
      [negated ? 'NotResource' : 'Resource']: resources,
      ...(block === undefined ? {} : { Condition: block }),
    }));

export const anyStatement = fc.oneof(statement('Allow'), statement('Deny'));

export const documentText = (statements: readonly StatementJson[]): string =>
  JSON.stringify({ Version: '2012-10-17', Statement: statements });

export const request: fc.Arbitrary<PolicyRequest> = fc
  .record({ action: fc.constantFrom('iot:Publish', 'iot:Receive'), name: topicName, clientId: fc.stringMatching(/^[ab*+]{0,3}$/) })
  .map(({ action: requested, name, clientId }) => ({
    action: requested,
    resource: arnFor(name),
    variables: (key: string) => (key === 'iot:ClientId' && clientId !== '' ? [clientId] : []),
  }));
