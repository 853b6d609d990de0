import { AwsError } from '../../../aws-error.ts';
import { isJsonObject } from '../../../json-object.ts';
import type { JsonObject } from '../../../json-object.ts';
import { parseIotPolicy } from '../../policy/parse-iot-policy.ts';
import { literal } from './expression.ts';
import type { Expression } from './expression.ts';
import { parseExpression, parseListExpression } from './parse-expression.ts';
import { checkCertificateOverrides, parseThingOverrides } from './parse-overrides.ts';
import type { CertificateResource, PolicyResource, ThingResource } from './template-document.ts';
import { malformedTemplate, readMap, readRecord } from './template-reader.ts';

const optional = (value: unknown, where: string): Expression | undefined =>
  value === undefined ? undefined : parseExpression(value, where);

const thingProperties = ['ThingName', 'AttributePayload', 'ThingTypeName', 'ThingGroups', 'BillingGroup'];

export function parseThing(resource: JsonObject, where: string): ThingResource {
  const at = `${where}.Properties`;
  const properties = readRecord(resource['Properties'], at, thingProperties);
  return {
    thingName: parseExpression(properties['ThingName'], `${at}.ThingName`),
    attributes: readMap(properties['AttributePayload'], `${at}.AttributePayload`, parseExpression),
    thingTypeName: optional(properties['ThingTypeName'], `${at}.ThingTypeName`),
    thingGroups: properties['ThingGroups'] === undefined ? undefined : parseListExpression(properties['ThingGroups'], `${at}.ThingGroups`),
    billingGroup: optional(properties['BillingGroup'], `${at}.BillingGroup`),
    overrides: parseThingOverrides(resource['OverrideSettings'], `${where}.OverrideSettings`),
  };
}

/** A literal must be one of those allowed; what a function yields is judged when it is evaluated. */
function parseChoice(value: unknown, where: string, allowed: readonly string[]): Expression {
  const expression = parseExpression(value, where);
  if (expression.kind === 'literal' && !allowed.includes(expression.value.toUpperCase())) {
    throw malformedTemplate(where, `expected ${allowed.join(' or ')}`);
  }
  return expression;
}

export function parseCertificate(resource: JsonObject, where: string): CertificateResource {
  const at = `${where}.Properties`;
  // Fleet provisioning and JITP take the certificate by its id only (DG:provision-template).
  const properties = readRecord(resource['Properties'], at, ['CertificateId', 'Status', 'ThingPrincipalType']);
  checkCertificateOverrides(resource['OverrideSettings'], `${where}.OverrideSettings`);
  const certificateId = parseExpression(properties['CertificateId'], `${at}.CertificateId`);
  if (certificateId.kind !== 'ref' || certificateId.name !== 'AWS::IoT::Certificate::Id') {
    throw malformedTemplate(`${at}.CertificateId`, 'expected {"Ref": "AWS::IoT::Certificate::Id"}');
  }
  return {
    certificateId,
    status:
      properties['Status'] === undefined ? literal('ACTIVE') : parseChoice(properties['Status'], `${at}.Status`, ['ACTIVE', 'INACTIVE']),
    thingPrincipalType:
      properties['ThingPrincipalType'] === undefined
        ? literal('NON_EXCLUSIVE_THING')
        : parseChoice(properties['ThingPrincipalType'], `${at}.ThingPrincipalType`, ['EXCLUSIVE_THING', 'NON_EXCLUSIVE_THING']),
  };
}

const joins = (expression: Expression): boolean => expression.kind === 'join';

function readPolicyDocument(value: unknown, where: string): string {
  const text = isJsonObject(value) ? JSON.stringify(value) : value;
  if (typeof text !== 'string') throw malformedTemplate(where, 'expected an object or its JSON text');
  try {
    parseIotPolicy(text);
    return text;
  } catch (error) {
    if (error instanceof AwsError) throw malformedTemplate(where, error.message);
    throw error;
  }
}

export function parsePolicy(resource: JsonObject, where: string): PolicyResource {
  if (resource['OverrideSettings'] !== undefined) throw malformedTemplate(where, 'a policy takes no OverrideSettings');
  const at = `${where}.Properties`;
  const { PolicyName: name, PolicyDocument: document } = readRecord(resource['Properties'], at, ['PolicyName', 'PolicyDocument']);
  if ((name === undefined) === (document === undefined)) throw malformedTemplate(at, 'needs exactly one of PolicyName and PolicyDocument');
  if (name === undefined) return { kind: 'document', policyDocument: readPolicyDocument(document, `${at}.PolicyDocument`) };
  const policyName = parseExpression(name, `${at}.PolicyName`);
  // DG:provision-template: "Fn::Join isn't supported" in policy resources.
  if (joins(policyName)) throw malformedTemplate(`${at}.PolicyName`, 'Fn::Join is not supported in policy resources');
  return { kind: 'existing', policyName };
}
