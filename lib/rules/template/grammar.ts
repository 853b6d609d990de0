import { entriesOf, isObject, type JsonObject } from '../json.ts';
import { type Mistake, ruleFor, type TemplateResource } from '../rule.ts';
import { bodyOf, sectionOf, TEMPLATE_TYPE } from './body.ts';
import { resourceMistakes } from './resource-grammar.ts';
import { valueMistakes } from './value-grammar.ts';

const SECTIONS = ['Parameters', 'Resources', 'Mappings', 'DeviceConfiguration'];

/** DG:provision-template. */
export const templateGrammar = ruleFor(
  TEMPLATE_TYPE,
  { name: 'template-grammar', why: 'A body that AWS IoT cannot evaluate fails every device that uses it.' },
  (template) => {
    const body = bodyOf(template);
    if (body === undefined) return [];
    return [
      ...unknownSections(body),
      ...parameterMistakes(sectionOf(template, 'Parameters')),
      ...countMistakes(template),
      ...entriesOf(sectionOf(template, 'Resources')).flatMap(([name, resource]) =>
        resourceMistakes(name, resource, parametersOf(template)),
      ),
      ...configurationMistakes(template),
    ];
  },
);

const parametersOf = (template: TemplateResource): readonly string[] => Object.keys(sectionOf(template, 'Parameters'));

const unknownSections = (body: JsonObject): readonly Mistake[] =>
  Object.keys(body)
    .filter((section) => !SECTIONS.includes(section))
    .map((section) => ({ got: `the section "${section}"`, allowed: SECTIONS.join(', '), fix: 'remove it' }));

const parameterMistakes = (parameters: JsonObject): readonly Mistake[] =>
  entriesOf(parameters)
    .filter(
      ([, declaration]) =>
        !isObject(declaration) || declaration['Type'] !== 'String' || !['string', 'undefined'].includes(typeof declaration['Default']),
    )
    .map(([name]) => ({
      got: `the parameter "${name}"`,
      allowed: '{ "Type": "String" }, perhaps with a Default of text',
      fix: 'declare it so',
    }));

// One thing, one certificate, one or more policies.
const countMistakes = (template: TemplateResource): readonly Mistake[] => {
  const types = Object.values(sectionOf(template, 'Resources')).map((resource) => (isObject(resource) ? resource['Type'] : undefined));
  return ['AWS::IoT::Thing', 'AWS::IoT::Certificate'].flatMap((type) => {
    const count = types.filter((other) => other === type).length;
    return count === 1 ? [] : [{ got: `${count} resources of type ${type}`, allowed: 'exactly one', fix: 'declare one' }];
  });
};

const configurationMistakes = (template: TemplateResource): readonly Mistake[] =>
  entriesOf(sectionOf(template, 'DeviceConfiguration')).flatMap(([name, value]) => [
    ...valueMistakes(`DeviceConfiguration.${name}`, value, parametersOf(template)),
    ...(isObject(value) && !Object.keys(value).some((key) => key === 'Ref' || key.startsWith('Fn::'))
      ? [
          {
            got: `an object as DeviceConfiguration.${name}`,
            allowed: 'text, or a function that makes it',
            fix: 'write the object as JSON text',
          },
        ]
      : []),
  ]);
