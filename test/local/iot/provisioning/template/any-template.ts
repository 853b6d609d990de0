import * as fc from 'fast-check';

const names = ['a', 'serial', '__proto__', 'constructor', 'AWS::IoT::Certificate::Id'];

const text = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...names) }, { weight: 1, arbitrary: fc.string() });

/** Texts in which functions may find something to replace or to object to. */
const odd = fc.constantFrom('${a}', '${a}-${!b}', '${', '${}', '', 'AWS::Region', '${AWS::Region}', 'ACTIVE', 'Inactive', 'FAIL', 'MERGE');

/** Something else, now and then. */
const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 60, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

/** Functions in functions, most of them well made. */
const expression = fc.letrec<{ value: unknown; list: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    odd,
    text.map((name) => ({ Ref: name })),
    fc.tuple(text, tie('list')).map((join) => ({ 'Fn::Join': join })),
    fc.tuple(fc.oneof(fc.nat(3), fc.integer(), tie('value')), tie('list')).map((select) => ({ 'Fn::Select': select })),
    fc.tuple(tie('value'), tie('value'), tie('value')).map((keys) => ({ 'Fn::FindInMap': keys })),
    fc.tuple(fc.oneof(text, odd), fc.dictionary(text, tie('value'), { maxKeys: 2 })).map((sub) => ({ 'Fn::Sub': sub })),
    maybe(text),
  ),
  list: fc.oneof(
    { maxDepth: 4 },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.tuple(text, tie('value')).map((split) => ({ 'Fn::Split': split })),
  ),
}));

/** All members, or only some of them now and then. */
const record = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) =>
  maybe(
    fc.oneof({ weight: 10, arbitrary: fc.record(shape) }, { weight: 1, arbitrary: fc.record<Shape, never>(shape, { requiredKeys: [] }) }),
  );

const thing = record({
  Type: fc.constant('AWS::IoT::Thing'),
  Properties: record({
    ThingName: expression.value,
    AttributePayload: maybe(fc.dictionary(text, expression.value, { maxKeys: 3 })),
    ThingTypeName: expression.value,
    ThingGroups: expression.list,
    BillingGroup: expression.value,
  }),
  OverrideSettings: maybe(
    fc.dictionary(
      fc.constantFrom('ThingGroups', 'THING_GROUPS', 'AttributePayload', 'ThingTypeName'),
      fc.constantFrom('FAIL', 'REPLACE', 'DO_NOTHING', 'MERGE'),
      { maxKeys: 2 },
    ),
  ),
});

const certificate = record({
  Type: fc.constant('AWS::IoT::Certificate'),
  Properties: record({
    CertificateId: fc.constant({ Ref: 'AWS::IoT::Certificate::Id' }),
    Status: fc.oneof(fc.constantFrom('ACTIVE', 'Inactive'), expression.value),
  }),
});

const policyDocument = { Version: '2012-10-17', Statement: { Effect: 'Allow', Action: 'iot:Connect', Resource: '*' } };

const policy = record({
  Type: fc.constant('AWS::IoT::Policy'),
  Properties: fc.oneof(record({ PolicyName: expression.value }), record({ PolicyDocument: maybe(fc.constant(policyDocument)) })),
});

const mapping = maybe(fc.dictionary(text, maybe(fc.dictionary(text, text, { maxKeys: 3 })), { maxKeys: 3 }));

/** A template's body, often with something wrong in it. */
export const almostTemplate: fc.Arbitrary<unknown> = record({
  Parameters: maybe(fc.dictionary(text, record({ Type: fc.constant('String'), Default: text }), { maxKeys: 3 })),
  Mappings: maybe(fc.dictionary(text, mapping, { maxKeys: 3 })),
  Resources: record({ thing, certificate, policy }),
  DeviceConfiguration: maybe(fc.dictionary(text, expression.value, { maxKeys: 3 })),
});
