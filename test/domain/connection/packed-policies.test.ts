import fc from 'fast-check';
import { parseConfiguration } from '../../../domain/configuration.ts';
import { mistakesForAuthorizer } from '../../../domain/configuration/configuration-authorized-lines.ts';
import { MAX_DOCUMENTS, MAX_DOCUMENT_LENGTH, OversizedPolicyError, packPolicies } from '../../../domain/connection/packed-policies.ts';
import { type Permissions, nothing } from '../../../domain/permissions.ts';
import type { PolicyDocument } from '../../../domain/policy-document.ts';

const scope = { partition: 'aws-us-gov', region: 'ap-southeast-1', account: '111122223333' };
const name = fc.stringMatching(/^[a-z]{1,200}$/);
const names = fc.uniqueArray(name, { maxLength: 12 });
const permissions: fc.Arbitrary<Permissions> = fc.record({ connect: names, publish: names, receive: names, subscribe: names });

const said = (texts: readonly string[]): string[] =>
  texts
    .flatMap((text) => (JSON.parse(text) as PolicyDocument).Statement)
    .flatMap(({ Action, Resource = [] }) =>
      Action.flatMap((action) => Resource.map((arn) => `${action} ${arn.split(':').slice(5).join(':')}`)),
    )
    .sort();

const meant = ({ connect, publish, receive, subscribe }: Permissions): string[] =>
  [
    ...connect.map((one) => `iot:Connect client/${one}`),
    ...publish.map((one) => `iot:Publish topic/${one}`),
    ...receive.map((one) => `iot:Receive topic/${one}`),
    ...subscribe.map((one) => `iot:Subscribe topicfilter/${one}`),
  ].sort();

describe('Permissions packed for an answer', () => {
  test('say what was meant, each thing once, in documents of which each fits', () => {
    fc.assert(
      fc.property(permissions, (drawn) => {
        const texts = packPolicies(scope, drawn);
        expect(said(texts)).toEqual(meant(drawn));
        expect(texts.length).toBeLessThanOrEqual(MAX_DOCUMENTS);
        for (const { length } of texts) expect(length).toBeLessThanOrEqual(MAX_DOCUMENT_LENGTH);
      }),
    );
  });

  test('are no document where nothing is allowed', () => {
    expect(packPolicies(scope, nothing)).toEqual([]);
  });

  test.each<[string, Permissions]>([
    ['too many', { ...nothing, subscribe: Array.from({ length: 100 }, (_, index) => `${index}`.padStart(200, 'x')) }],
    ['a single one that is too long', { ...nothing, subscribe: ['x'.repeat(2_048)] }],
  ])('are refused where they do not fit: %s', (_, tooMuch) => {
    expect(() => packPolicies(scope, tooMuch)).toThrow(OversizedPolicyError);
  });
});

const LONGEST_TOPIC_BYTES = 256;

describe('A configuration for an authorizer', () => {
  /** Eight topics that are published and as long as they can be. */
  const topics = (root: string, length: number) =>
    Array.from({ length: 8 }, (_, index) => ({
      topic: `${index}`.padEnd(length - root.length, 'x'),
      publish: true,
      reason: 'as much as can be',
    }));
  const ofTopics = (length: number) => {
    const [line, tenant] = ['l'.repeat(19), 't'.repeat(32)];
    const prefix = 'p'.repeat(16);
    return parseConfiguration(
      {
        ...{ prefix, topicPrefix: prefix },
        lines: [{ name: line, approaches: ['pki', 'tin'], sharedTopics: topics(`${prefix}/lines/${line}/`, length) }],
        tenants: [{ name: tenant, sharedTopics: topics(`${prefix}/tenants/${tenant}/`, length) }, { name: 'other' }],
      },
      ['pki', 'tin'],
    );
  };

  test('may have all the topics it can have, in the longest names that AWS IoT takes', () => {
    expect(mistakesForAuthorizer(ofTopics(LONGEST_TOPIC_BYTES), 'tin')).toEqual([]);
  });

  test('is told where an answer could not hold them', () => {
    const mistakes = mistakesForAuthorizer(ofTopics(2 * LONGEST_TOPIC_BYTES), 'tin');
    expect(mistakes.map(({ where }) => where)).toEqual(['lines.0.sharedTopics']);
    expect(mistakes[0]?.got).toContain('"tttt');
  });

  test('is told nothing of lines that come another way', () => {
    expect(mistakesForAuthorizer(ofTopics(2 * LONGEST_TOPIC_BYTES), 'psk')).toEqual([]);
  });

  test('is told where a cold start would have to read too much', () => {
    const tenants = Array.from({ length: 200 }, (_, index) => ({ name: `t-${index}`, sharedTopics: topics('', 100) }));
    const configuration = parseConfiguration({ lines: [{ name: 'a', approaches: ['tin'] }], tenants }, ['tin']);
    expect(mistakesForAuthorizer(configuration, 'tin').map(({ where }) => where)).toEqual(['tenants']);
  });
});
