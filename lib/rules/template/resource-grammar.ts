import { entriesOf, isObject, type JsonObject } from '../json.ts';
import type { Mistake } from '../rule.ts';
import { propertiesOf } from './body.ts';
import { valueMistakes } from './value-grammar.ts';

interface Shape {
  readonly properties: readonly string[];
  /** Exactly one of these must be there. */
  readonly source: readonly string[];
  /** What an override may be, by what it overrides. */
  readonly overrides: Readonly<Record<string, readonly string[]>>;
}

const SIMPLE = ['DO_NOTHING', 'REPLACE', 'FAIL'];
const MERGING = [...SIMPLE, 'MERGE'];

// A certificate of fleet provisioning is always there already, so its id is the only source.
const shapes: ReadonlyMap<unknown, Shape> = new Map<unknown, Shape>([
  [
    'AWS::IoT::Thing',
    {
      properties: ['ThingName', 'AttributePayload', 'ThingTypeName', 'ThingGroups', 'BillingGroup', 'PackageVersions'],
      source: ['ThingName'],
      overrides: { AttributePayload: MERGING, ThingTypeName: SIMPLE, ThingGroups: MERGING },
    },
  ],
  [
    'AWS::IoT::Certificate',
    { properties: ['CertificateId', 'Status', 'ThingPrincipalType'], source: ['CertificateId'], overrides: { Status: SIMPLE } },
  ],
  ['AWS::IoT::Policy', { properties: ['PolicyName', 'PolicyDocument'], source: ['PolicyName', 'PolicyDocument'], overrides: {} }],
]);

export const resourceMistakes = (name: string, resource: unknown, parameters: readonly string[]): readonly Mistake[] => {
  const declared: JsonObject = isObject(resource) ? resource : {};
  const shape = shapes.get(declared['Type']);
  if (shape === undefined) {
    const types = [...shapes.keys()].join(', ');
    return [{ got: `the resource "${name}" of type ${JSON.stringify(declared['Type'])}`, allowed: types, fix: 'remove it' }];
  }
  const properties = propertiesOf(declared);
  return [
    ...unknownProperties(name, properties, shape),
    ...sourceMistakes(name, properties, shape),
    ...overrideMistakes(name, declared['OverrideSettings'], shape),
    ...valueMistakes(name, properties, parameters),
    ...joinsInPolicies(name, declared),
  ];
};

const unknownProperties = (name: string, properties: JsonObject, shape: Shape): readonly Mistake[] =>
  Object.keys(properties)
    .filter((property) => !shape.properties.includes(property))
    .map((property) => ({
      got: `${name}.${property}`,
      allowed: shape.properties.join(', '),
      fix: 'remove it, or look for a spelling mistake',
    }));

const sourceMistakes = (name: string, properties: JsonObject, { source }: Shape): readonly Mistake[] =>
  source.filter((property) => properties[property] !== undefined).length === 1
    ? []
    : [{ got: `"${name}" with none or several of ${source.join(', ')}`, allowed: 'exactly one', fix: 'give one' }];

const overrideMistakes = (name: string, settings: unknown, { overrides }: Shape): readonly Mistake[] =>
  entriesOf(settings)
    .filter(([key, value]) => typeof value !== 'string' || overrides[key]?.includes(value) !== true)
    .map(([key, value]) => ({
      got: `the override ${key}: ${JSON.stringify(value)} of "${name}"`,
      allowed:
        entriesOf(overrides)
          .map(([known, values]) => `${known}: ${String(values)}`)
          .join('; ') || 'none',
      fix: 'use one of these',
    }));

// "Fn::Join is not supported in Policy resources" (DG:provision-template).
const joinsInPolicies = (name: string, resource: JsonObject): readonly Mistake[] =>
  resource['Type'] === 'AWS::IoT::Policy' && JSON.stringify(resource).includes('"Fn::Join"')
    ? [{ got: `Fn::Join in the policy "${name}"`, allowed: 'any other function', fix: 'name a policy that exists' }]
    : [];
