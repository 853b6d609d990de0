import type { JsonObject } from '../../../json-object.ts';
import { parseExpression } from './parse-expression.ts';
import { parseCertificate, parsePolicy, parseThing } from './parse-resources.ts';
import type { CertificateResource, ParameterDeclaration, PolicyResource, TemplateDocument, ThingResource } from './template-document.ts';
import { malformedTemplate, readMap, readObject, readRecord, readString } from './template-reader.ts';

// SM TemplateBody.
const maxCharacters = 10_240;

function parseParameter(value: unknown, where: string): ParameterDeclaration {
  const declaration = readRecord(value, where, ['Type', 'Default']);
  if (declaration['Type'] !== 'String') throw malformedTemplate(`${where}.Type`, 'expected "String", the only type there is');
  return { defaultValue: declaration['Default'] === undefined ? undefined : readString(declaration['Default'], `${where}.Default`) };
}

interface Resources {
  readonly things: readonly ThingResource[];
  readonly certificates: readonly CertificateResource[];
  readonly policies: readonly PolicyResource[];
}

function parseResource(resource: JsonObject, where: string): Partial<Resources> {
  switch (resource['Type']) {
    case 'AWS::IoT::Thing':
      return { things: [parseThing(resource, where)] };
    case 'AWS::IoT::Certificate':
      return { certificates: [parseCertificate(resource, where)] };
    case 'AWS::IoT::Policy':
      return { policies: [parsePolicy(resource, where)] };
    default:
      throw malformedTemplate(`${where}.Type`, 'expected AWS::IoT::Thing, AWS::IoT::Certificate or AWS::IoT::Policy');
  }
}

function parseResources(value: unknown): Resources {
  const parsed = Object.entries(readObject(value, 'Resources')).map(([name, item]) => {
    const where = `Resources.${name}`;
    return parseResource(readRecord(item, where, ['Type', 'Properties', 'OverrideSettings']), where);
  });
  return {
    things: parsed.flatMap(({ things }) => things ?? []),
    certificates: parsed.flatMap(({ certificates }) => certificates ?? []),
    policies: parsed.flatMap(({ policies }) => policies ?? []),
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw malformedTemplate('its beginning', 'it is not JSON');
  }
}

const readMapping = (value: unknown, where: string): ReadonlyMap<string, ReadonlyMap<string, string>> =>
  readMap(value, where, (second, at) => readMap(second, at, readString));

/**
 * Reads a provisioning template's body, strictly (DG:provision-template).
 * @throws AwsError `InvalidRequestException` saying what is wrong and where; the words are assumed
 */
export function parseTemplateBody(text: string): TemplateDocument {
  if (text.length > maxCharacters) {
    throw malformedTemplate('its end', `it has ${text.length} characters; at most ${maxCharacters} are allowed`);
  }
  const body = readRecord(parseJson(text), 'its top level', ['Parameters', 'Mappings', 'Resources', 'DeviceConfiguration']);
  const { things, certificates, policies } = parseResources(body['Resources']);
  const [certificate, ...otherCertificates] = certificates;
  if (certificate === undefined || otherCertificates.length > 0) throw malformedTemplate('Resources', 'needs exactly one certificate');
  if (things.length > 1) throw malformedTemplate('Resources', 'there may be one thing only');
  return {
    parameters: readMap(body['Parameters'], 'Parameters', parseParameter),
    mappings: readMap(body['Mappings'], 'Mappings', readMapping),
    thing: things[0],
    certificate,
    policies,
    // Nested objects are not supported (DG:provision-template): what is no function call is refused.
    deviceConfiguration: readMap(body['DeviceConfiguration'], 'DeviceConfiguration', parseExpression),
  };
}
