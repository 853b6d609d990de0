import { AwsError } from '../../../../local/aws-error.ts';
import { parseEventPattern } from '../../../../local/eventbridge/pattern/event-pattern.ts';

const event = {
  source: 'aws.iot',
  detail: { eventName: 'UpdateCertificate', errorCode: null, count: 5, names: ['a', 'b'], parts: [{ id: 1 }, { id: 2 }], isNew: true },
};

const matches = (pattern: object): boolean => parseEventPattern(JSON.stringify(pattern))(event);

describe('An event pattern', () => {
  test.each<readonly [string, object]>([
    ['a value of its own type', { source: ['aws.kms', 'aws.iot'], detail: { count: [5], isNew: [true], errorCode: [null] } }],
    ['any entry of a list', { detail: { names: ['b'] } }],
    ['a member of any object of a list', { detail: { parts: { id: [2] } } }],
    ['a prefix', { source: [{ prefix: 'aws.' }] }],
    ['a prefix in any case', { source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] }],
    ['a suffix', { detail: { eventName: [{ suffix: 'Certificate' }] } }],
    ['a text in any case', { source: [{ 'equals-ignore-case': 'AWS.IoT' }] }],
    ['a wildcard', { detail: { eventName: [{ wildcard: 'Up*Cert*e' }] } }],
    ['a range', { detail: { count: [{ numeric: ['>', 4, '<=', 5] }] } }],
    ['anything but a value', { source: [{ 'anything-but': 'aws.s3' }] }],
    ['anything but a list', { source: [{ 'anything-but': ['aws.s3', 'aws.kms'] }] }],
    ['anything but a prefix', { detail: { eventName: [{ 'anything-but': { prefix: ['Get', 'List'] } }] } }],
    ['a member that is there', { detail: { eventName: [{ exists: true }] } }],
    ['a member that is not there', { detail: { other: [{ exists: false }] }, nowhere: { at: { all: [{ exists: false }] } } }],
    ['one of several patterns', { $or: [{ source: ['aws.kms'] }, { detail: { count: [5] } }] }],
  ])('matches %s', (_what, pattern) => {
    expect(matches(pattern)).toBe(true);
  });

  test.each<readonly [string, object]>([
    ['the text of a number', { detail: { count: ['5'] } }],
    ['another value', { source: ['aws.iotdata'] }],
    ['a member that is missing, whatever it may be but', { detail: { other: [{ 'anything-but': 'x' }] } }],
    ['one of two members', { source: ['aws.iot'], detail: { eventName: ['CreateThing'] } }],
    ['a wildcard in part', { detail: { eventName: [{ wildcard: 'Update' }] } }],
    ['anything but a wildcard', { detail: { eventName: [{ 'anything-but': { wildcard: 'Update*' } }] } }],
    ['a name that every object inherits', { constructor: [{ exists: true }] }],
  ])('does not match %s', (_what, pattern) => {
    expect(matches(pattern)).toBe(false);
  });

  test.each([
    'not JSON',
    '[]',
    '{}',
    '{"source": "aws.iot"}',
    '{"source": []}',
    '{"source": [{"cidr": "10.0.0.0/8"}]}',
    '{"source": [{"prefix": 1}]}',
    '{"source": [{"numeric": [">", ">"]}]}',
    '{"source": [{"anything-but": {"cidr": "x"}}]}',
    '{"source": [{"prefix": "a", "suffix": "b"}]}',
    '{"$or": {}}',
  ])('is refused when it is %s', (text) => {
    expect(() => parseEventPattern(text)).toThrow(AwsError);
  });
});
