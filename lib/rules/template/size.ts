import { type Mistake, ruleFor } from '../rule.ts';
import { bodyOf, bodyTextOf, TEMPLATE_TYPE } from './body.ts';

// SDK CreateProvisioningTemplateRequest: templateBody, templateName.
const MAX_CHARACTERS = 10_240;
const NAME = /^[0-9A-Za-z_-]{1,36}$/;

export const templateSize = ruleFor(
  TEMPLATE_TYPE,
  {
    name: 'template-unacceptable',
    why: 'AWS IoT refuses a provisioning template that is no JSON object, is too long, or has a name it does not take.',
  },
  (template) => [
    ...bodyMistakes(bodyTextOf(template), bodyOf(template) !== undefined),
    ...nameMistakes(template.properties['TemplateName']),
  ],
);

const bodyMistakes = (text: string, isJsonObject: boolean): readonly Mistake[] => [
  ...(isJsonObject ? [] : [{ got: 'a body that is no JSON object', allowed: 'a JSON object', fix: 'write it with JSON.stringify' }]),
  ...(text.length <= MAX_CHARACTERS
    ? []
    : [{ got: `a body of ${text.length} characters`, allowed: `${MAX_CHARACTERS}`, fix: 'name policies instead of writing them out' }]),
];

const nameMistakes = (name: unknown): readonly Mistake[] =>
  typeof name === 'string' && NAME.test(name)
    ? []
    : [{ got: `the name ${JSON.stringify(name)}`, allowed: '1 to 36 of 0-9 A-Z a-z _ -', fix: 'shorten the line or the prefix' }];
