import { isJsonObject } from '../../../json-object.ts';
import type { IotBehaviour } from '../../behaviour/behaviour.ts';
import { literal, type Expression, type ListExpression, type SubPart } from './expression.ts';
import { readMap, readString, type Place } from './template-reader.ts';

// Values that AWS IoT gives by itself. DG:provision-template names the certificate's id for fleet provisioning, the rest for JITP.
const certificateParameters: ReadonlySet<string> = new Set(
  ['Id', 'Country', 'Organization', 'OrganizationalUnit', 'DistinguishedNameQualifier', 'StateName', 'CommonName', 'SerialNumber'].map(
    (name) => `AWS::IoT::Certificate::${name}`,
  ),
);

const isPseudoParameter = (name: string, behaviour: IotBehaviour): boolean =>
  certificateParameters.has(name) || (behaviour['template.knows-account-and-region'] && /^AWS::(AccountId|Region)$/.test(name));

function readReference(name: string, place: Place): string {
  if (name === '') throw place.refuse('the name of a parameter is empty');
  if (name.startsWith('AWS::') && !isPseudoParameter(name, place.behaviour)) {
    throw place.refuse(`"${name}" is not a pseudo parameter of provisioning templates`);
  }
  return name;
}

function readArguments(value: unknown, place: Place, count: number): readonly unknown[] {
  if (!Array.isArray(value) || value.length !== count) throw place.refuse(`expected a list of ${count}`);
  return value;
}

function parseSubText(text: string, place: Place): readonly SubPart[] {
  const hasEscapes = place.behaviour['template.sub-escapes'];
  return text.split(/(\$\{[^}]*\})/).map((part): SubPart => {
    const [, name] = /^\$\{([^}]*)\}$/.exec(part) ?? [];
    if (name === undefined) return { kind: 'text', text: part };
    if (hasEscapes && name.startsWith('!')) return { kind: 'text', text: `\${${name.slice(1)}}` };
    return { kind: 'variable', name: readReference(name, place) };
  });
}

const functions: Readonly<Record<string, (value: unknown, place: Place) => Expression>> = {
  Ref: (value, place) => ({ kind: 'ref', name: readReference(readString(value, place), place) }),
  'Fn::Join': (value, place) => {
    const [delimiter, items] = readArguments(value, place, 2);
    return { kind: 'join', delimiter: readString(delimiter, place.at(0)), items: parseListExpression(items, place.at(1)) };
  },
  'Fn::Select': (value, place) => {
    const [index, items] = readArguments(value, place, 2);
    const position = typeof index === 'number' ? literal(String(index)) : parseExpression(index, place.at(0));
    return { kind: 'select', index: position, items: parseListExpression(items, place.at(1)) };
  },
  'Fn::FindInMap': (value, place) => {
    const [map, first, second] = readArguments(value, place, 3);
    return {
      kind: 'findInMap',
      map: parseExpression(map, place.at(0)),
      first: parseExpression(first, place.at(1)),
      second: parseExpression(second, place.at(2)),
    };
  },
  'Fn::Sub': (value, place) => {
    const [text, variables] = Array.isArray(value) ? readArguments(value, place, 2) : [value, {}];
    return { kind: 'sub', parts: parseSubText(readString(text, place), place), variables: readMap(variables, place, parseExpression) };
  },
};

/** The one member of a function call, or undefined for an object that is none. */
function onlyMember(value: unknown): readonly [name: string, argument: unknown] | undefined {
  const entries = isJsonObject(value) ? Object.entries(value) : [];
  return entries.length === 1 ? entries[0] : undefined;
}

/** Reads a string or a function that yields one. @throws AwsError `InvalidRequestException` */
export function parseExpression(value: unknown, place: Place): Expression {
  if (typeof value === 'string') return literal(value);
  const [name, argument] = onlyMember(value) ?? [];
  if (name === 'Fn::Split') throw place.refuse('Fn::Split yields a list where a string is needed; choose one with Fn::Select');
  const read = name === undefined || !Object.hasOwn(functions, name) ? undefined : functions[name];
  if (name === undefined || read === undefined) {
    throw place.refuse(`expected a string or one of the functions ${Object.keys(functions).join(', ')}`);
  }
  return read(argument, place.at(name));
}

/** Reads a list of expressions, or `Fn::Split`. @throws AwsError `InvalidRequestException` */
export function parseListExpression(value: unknown, place: Place): ListExpression {
  if (Array.isArray(value)) return { kind: 'list', items: value.map((item, index) => parseExpression(item, place.at(index))) };
  const [name, argument] = onlyMember(value) ?? [];
  if (name !== 'Fn::Split') throw place.refuse('expected a list or Fn::Split');
  const split = place.at(name);
  const [delimiter, source] = readArguments(argument, split, 2);
  const separator = readString(delimiter, split.at(0));
  if (separator === '') throw split.refuse('the delimiter is empty');
  return { kind: 'split', delimiter: separator, source: parseExpression(source, split.at(1)) };
}
