import { AwsError } from '../../../aws-error.ts';
import { isJsonObject, type JsonObject } from '../../../json-object.ts';
import { parseIotPolicy } from '../../policy/parse-iot-policy.ts';
import { containsJoin, literal, type Expression } from './expression.ts';
import { parseExpression, parseListExpression } from './parse-expression.ts';
import { checkCertificateOverrides, parseThingOverrides } from './parse-overrides.ts';
import type { CertificateResource, PolicyResource, ThingResource } from './template-document.ts';
import { own, readMap, readRecord, type Place } from './template-reader.ts';

const propertiesOf = (resource: JsonObject, place: Place, allowed: readonly string[]): JsonObject =>
  readRecord(own(resource, 'Properties'), place.at('Properties'), allowed);

const thingProperties = ['ThingName', 'AttributePayload', 'ThingTypeName', 'ThingGroups', 'BillingGroup', 'PackageVersions'];

export function parseThing(resource: JsonObject, place: Place): ThingResource {
  const properties = propertiesOf(resource, place, thingProperties);
  const at = (property: string): [value: unknown, place: Place] => [own(properties, property), place.at('Properties').at(property)];
  const optional = (property: string): Expression | undefined =>
    own(properties, property) === undefined ? undefined : parseExpression(...at(property));
  if (own(properties, 'PackageVersions') !== undefined) {
    const message = 'Provisioning templates may name PackageVersions on AWS, but the local AWS has no software packages.';
    throw new AwsError('NotImplementedException', message, { status: 501 });
  }
  return {
    thingName: parseExpression(...at('ThingName')),
    attributes: readMap(...at('AttributePayload'), parseExpression),
    thingTypeName: optional('ThingTypeName'),
    thingGroups: own(properties, 'ThingGroups') === undefined ? undefined : parseListExpression(...at('ThingGroups')),
    billingGroup: optional('BillingGroup'),
    overrides: parseThingOverrides(own(resource, 'OverrideSettings'), place.at('OverrideSettings')),
  };
}

/** A literal must be one of those allowed, the first when absent; what a function yields is judged when it is evaluated. */
function parseChoice(value: unknown, place: Place, allowed: readonly [string, ...string[]]): Expression {
  if (value === undefined) return literal(allowed[0]);
  const expression = parseExpression(value, place);
  if (expression.kind === 'literal' && !allowed.includes(expression.value.toUpperCase())) {
    throw place.refuse(`expected ${allowed.join(' or ')}`);
  }
  return expression;
}

export function parseCertificate(resource: JsonObject, place: Place): CertificateResource {
  // Fleet provisioning and JITP take the certificate by its id only (DG:provision-template).
  const properties = propertiesOf(resource, place, ['CertificateId', 'Status', 'ThingPrincipalType']);
  const at = (property: string): [value: unknown, place: Place] => [own(properties, property), place.at('Properties').at(property)];
  checkCertificateOverrides(own(resource, 'OverrideSettings'), place.at('OverrideSettings'));
  const certificateId = parseExpression(...at('CertificateId'));
  if (certificateId.kind !== 'ref' || certificateId.name !== 'AWS::IoT::Certificate::Id') {
    throw place.at('Properties').at('CertificateId').refuse('expected {"Ref": "AWS::IoT::Certificate::Id"}');
  }
  return {
    certificateId,
    status: parseChoice(...at('Status'), ['ACTIVE', 'INACTIVE']),
    thingPrincipalType: parseChoice(...at('ThingPrincipalType'), ['NON_EXCLUSIVE_THING', 'EXCLUSIVE_THING']),
  };
}

function readPolicyDocument(value: unknown, place: Place): string {
  const text = isJsonObject(value) ? JSON.stringify(value) : value;
  if (typeof text !== 'string') throw place.refuse('expected an object or its JSON text');
  try {
    parseIotPolicy(text);
    return text;
  } catch (error) {
    if (error instanceof AwsError) throw place.refuse(error.message);
    throw error;
  }
}

export function parsePolicy(resource: JsonObject, place: Place): PolicyResource {
  if (own(resource, 'OverrideSettings') !== undefined) throw place.refuse('a policy takes no OverrideSettings');
  const properties = propertiesOf(resource, place, ['PolicyName', 'PolicyDocument']);
  const at = place.at('Properties');
  const [name, document] = [own(properties, 'PolicyName'), own(properties, 'PolicyDocument')];
  if ((name === undefined) === (document === undefined)) throw at.refuse('needs exactly one of PolicyName and PolicyDocument');
  if (name === undefined) return { kind: 'document', policyDocument: readPolicyDocument(document, at.at('PolicyDocument')) };
  const policyName = parseExpression(name, at.at('PolicyName'));
  // DG:provision-template: "Fn::Join isn't supported" in policy resources.
  if (containsJoin(policyName)) throw at.at('PolicyName').refuse('Fn::Join is not supported in policy resources');
  return { kind: 'existing', policyName };
}
