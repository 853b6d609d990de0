import * as fc from 'fast-check';

const names = ['a', 'serial', '', '__proto__', 'constructor', 'AWS::IoT::Certificate::Id', 'AWS::Region', '${a}'];

const text = fc.oneof(fc.constantFrom(...names, '${a}-${!b}', '${', 'ACTIVE', 'FAIL', 'MERGE', 'AWS::IoT::Thing'), fc.string());

/** Functions in functions, most of them well made. */
const expression = fc.letrec<{ value: unknown; list: unknown }>((tie) => ({
  value: fc.oneof(
    { maxDepth: 4, withCrossShrink: true },
    text,
    text.map((name) => ({ Ref: name })),
    fc.tuple(text, tie('list')).map((join) => ({ 'Fn::Join': join })),
    fc.tuple(fc.oneof(fc.integer(), text), tie('list')).map((select) => ({ 'Fn::Select': select })),
    fc.tuple(tie('value'), tie('value'), tie('value')).map((keys) => ({ 'Fn::FindInMap': keys })),
    fc.tuple(text, fc.dictionary(text, tie('value'), { maxKeys: 2 })).map((sub) => ({ 'Fn::Sub': sub })),
    fc.jsonValue({ maxDepth: 1 }),
  ),
  list: fc.oneof(
    { maxDepth: 4 },
    fc.array(tie('value'), { maxLength: 3 }),
    fc.tuple(text, tie('value')).map((split) => ({ 'Fn::Split': split })),
  ),
}));

const maybe = <Value>(value: fc.Arbitrary<Value>) =>
  fc.oneof({ weight: 6, arbitrary: value }, { weight: 1, arbitrary: fc.jsonValue({ maxDepth: 2 }) });

const record = <Shape>(shape: { [Key in keyof Shape]: fc.Arbitrary<Shape[Key]> }) => maybe(fc.record(shape, { requiredKeys: [] }));

const thing = record({
  Type: fc.constant('AWS::IoT::Thing'),
  Properties: record({
    ThingName: expression.value,
    AttributePayload: maybe(fc.dictionary(text, expression.value, { maxKeys: 3 })),
    ThingTypeName: expression.value,
    ThingGroups: expression.list,
    BillingGroup: expression.value,
  }),
  OverrideSettings: maybe(fc.dictionary(fc.constantFrom('ThingGroups', 'THING_GROUPS', 'AttributePayload'), text, { maxKeys: 2 })),
});

const certificate = record({
  Type: fc.constant('AWS::IoT::Certificate'),
  Properties: record({ CertificateId: fc.constant({ Ref: 'AWS::IoT::Certificate::Id' }), Status: expression.value }),
});

const policy = record({
  Type: fc.constant('AWS::IoT::Policy'),
  Properties: maybe(fc.oneof(fc.record({ PolicyName: expression.value }), fc.record({ PolicyDocument: fc.jsonValue({ maxDepth: 3 }) }))),
});

/** A template's body with something wrong in it, or not. */
export const almostTemplate: fc.Arbitrary<unknown> = record({
  Parameters: maybe(fc.dictionary(text, record({ Type: fc.constant('String'), Default: text }), { maxKeys: 3 })),
  Mappings: maybe(
    fc.dictionary(text, maybe(fc.dictionary(text, maybe(fc.dictionary(text, text, { maxKeys: 2 })), { maxKeys: 2 })), { maxKeys: 2 }),
  ),
  Resources: record({ thing, certificate, policy }),
  DeviceConfiguration: maybe(fc.dictionary(text, expression.value, { maxKeys: 3 })),
});
