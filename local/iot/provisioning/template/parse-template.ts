import type { JsonObject } from '../../../json-object.ts';
import { createBehaviour, type IotBehaviour } from '../../behaviour/behaviour.ts';
import { parseExpression } from './parse-expression.ts';
import { parseCertificate, parsePolicy, parseThing } from './parse-resources.ts';
import type { CertificateResource, ParameterDeclaration, PolicyResource, TemplateDocument, ThingResource } from './template-document.ts';
import { own, Place, readMap, readObject, readRecord, readString } from './template-reader.ts';

// SM TemplateBody.
const maxCharacters = 10_240;

function parseParameter(value: unknown, place: Place): ParameterDeclaration {
  const declaration = readRecord(value, place, ['Type', 'Default']);
  if (own(declaration, 'Type') !== 'String') throw place.at('Type').refuse('expected "String", the only type there is');
  const defaultValue = own(declaration, 'Default');
  return { defaultValue: defaultValue === undefined ? undefined : readString(defaultValue, place.at('Default')) };
}

interface Resources {
  readonly things: readonly ThingResource[];
  readonly certificates: readonly CertificateResource[];
  readonly policies: readonly PolicyResource[];
}

function parseResource(resource: JsonObject, place: Place): Partial<Resources> {
  switch (own(resource, 'Type')) {
    case 'AWS::IoT::Thing':
      return { things: [parseThing(resource, place)] };
    case 'AWS::IoT::Certificate':
      return { certificates: [parseCertificate(resource, place)] };
    case 'AWS::IoT::Policy':
      return { policies: [parsePolicy(resource, place)] };
    default:
      throw place.at('Type').refuse('expected AWS::IoT::Thing, AWS::IoT::Certificate or AWS::IoT::Policy');
  }
}

function parseResources(value: unknown, place: Place): Resources {
  const parsed = Object.entries(readObject(value, place)).map(([name, item]) =>
    parseResource(readRecord(item, place.at(name), ['Type', 'Properties', 'OverrideSettings']), place.at(name)),
  );
  return {
    things: parsed.flatMap(({ things }) => things ?? []),
    certificates: parsed.flatMap(({ certificates }) => certificates ?? []),
    policies: parsed.flatMap(({ policies }) => policies ?? []),
  };
}

function parseJson(text: string, place: Place): unknown {
  try {
    return JSON.parse(text);
  } catch {
    throw place.refuse('it is not JSON');
  }
}

const readMapping = (value: unknown, place: Place): ReadonlyMap<string, ReadonlyMap<string, string>> =>
  readMap(value, place, (second, at) => readMap(second, at, readString));

/**
 * Reads a provisioning template's body, strictly (DG:provision-template).
 * @throws AwsError `InvalidRequestException` saying what is wrong and where; `NotImplementedException` for what only AWS has
 */
export function parseTemplateBody(text: string, behaviour: IotBehaviour = createBehaviour()): TemplateDocument {
  const top = new Place(behaviour);
  if (text.length > maxCharacters) throw top.refuse(`it has ${text.length} characters; at most ${maxCharacters} are allowed`);
  const body = readRecord(parseJson(text, top), top, ['Parameters', 'Mappings', 'Resources', 'DeviceConfiguration']);
  const { things, certificates, policies } = parseResources(own(body, 'Resources'), top.at('Resources'));
  const [certificate, ...otherCertificates] = certificates;
  if (certificate === undefined || otherCertificates.length > 0) throw top.at('Resources').refuse('needs exactly one certificate');
  if (things.length > 1) throw top.at('Resources').refuse('there may be one thing only');
  return {
    parameters: readMap(own(body, 'Parameters'), top.at('Parameters'), parseParameter),
    mappings: readMap(own(body, 'Mappings'), top.at('Mappings'), readMapping),
    ...{ thing: things[0], certificate, policies },
    // Nested objects are not supported (DG:provision-template): what is no function call is refused.
    deviceConfiguration: readMap(own(body, 'DeviceConfiguration'), top.at('DeviceConfiguration'), parseExpression),
  };
}
