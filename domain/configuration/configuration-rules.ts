import { absoluteTopicMistakes } from './configuration-absolute-topics.ts';
import { auditMistakes } from './configuration-audit-rules.ts';
import { authorityMistakes } from './configuration-authority-rules.ts';
import { clientIdMistakes } from './configuration-client-ids.ts';
import { defenderMistakes } from './configuration-defender-rules.ts';
import type { ConfigurationMistake } from './configuration-error.ts';
import { admissionMistakes } from './configuration-line-rules.ts';
import { lineSettingsOf } from './configuration-line-settings.ts';
import { operatorMistakes } from './configuration-operators.ts';
import type { Configuration } from './configuration-schema.ts';
import { MAX_TEMPLATE_NAME_LENGTH, resourceNames } from '../resource-names.ts';

/** The longest settings of all lines together, in characters of JSON: they are part of the code that every cold start loads. */
const MAX_SETTINGS_LENGTH = 32_768;

/** What no single setting shows: duplicates, names that grow too long together, settings that contradict each other. */
export const mistakesAcross = (configuration: Configuration, approachNames: readonly string[]): readonly ConfigurationMistake[] => [
  ...duplicates('lines', configuration.lines),
  ...duplicates('tenants', configuration.tenants),
  ...configuration.lines.flatMap((line, index) => [
    ...longTemplateName(configuration.prefix, line.name, `lines.${index}.name`),
    ...unknownApproaches(line.approaches, approachNames, `lines.${index}.approaches`),
    ...unexplainedPublishing(line.sharedTopics, `lines.${index}.sharedTopics`),
    ...admissionMistakes(line, configuration.tenants, `lines.${index}`),
  ]),
  ...unknownApproaches(Object.keys(configuration.approaches), approachNames, 'approaches'),
  ...configuration.tenants.flatMap((tenant, index) => unexplainedPublishing(tenant.sharedTopics, `tenants.${index}.sharedTopics`)),
  ...operatorMistakes(configuration.operators, configuration),
  ...clientIdMistakes(configuration),
  ...absoluteTopicMistakes(configuration),
  ...authorityMistakes(configuration),
  ...auditMistakes(configuration),
  ...defenderMistakes(configuration),
  ...longSettings(configuration),
];

const duplicates = (where: string, named: readonly { readonly name: string }[]): readonly ConfigurationMistake[] =>
  named.flatMap(({ name }, index) =>
    named.findIndex((other) => other.name === name) === index
      ? []
      : [{ where: `${where}.${index}.name`, got: `"${name}" again`, allowed: 'each name once', fix: 'rename or remove one of the two' }],
  );

const longTemplateName = (prefix: string, line: Configuration['lines'][number]['name'], where: string): readonly ConfigurationMistake[] => {
  const name = resourceNames(prefix).template(line);
  return name.length <= MAX_TEMPLATE_NAME_LENGTH
    ? []
    : [
        {
          where,
          got: `"${line}", which makes the template name "${name}" of ${name.length} characters`,
          allowed: `${MAX_TEMPLATE_NAME_LENGTH} characters in a template name (AWS IoT)`,
          fix: 'shorten the line or the prefix',
        },
      ];
};

const longSettings = (configuration: Configuration): readonly ConfigurationMistake[] => {
  const { length } = JSON.stringify(lineSettingsOf(configuration));
  return length <= MAX_SETTINGS_LENGTH
    ? []
    : [
        {
          where: 'lines',
          got: `settings of ${length} characters of JSON`,
          allowed: `${MAX_SETTINGS_LENGTH} for all lines together, because every cold start of the hook reads them`,
          fix: 'shorten the rules of allocation, or move lines to a deployment under another prefix',
        },
      ];
};

const unknownApproaches = (approaches: readonly string[], known: readonly string[], where: string): readonly ConfigurationMistake[] =>
  approaches
    .filter((approach) => !known.includes(approach))
    .map((approach) => ({ where, got: `"${approach}"`, allowed: known.join(', '), fix: 'name approaches that this version has' }));

const unexplainedPublishing = (topics: Configuration['tenants'][number]['sharedTopics'], where: string): readonly ConfigurationMistake[] =>
  topics.flatMap(({ topic, publish, reason }, index) =>
    publish && reason === undefined
      ? [
          {
            where: `${where}.${index}.reason`,
            got: `nothing, though "${topic}" lets devices publish to each other`,
            allowed: 'a reason of at least 10 characters beside publish: true',
            fix: 'say why devices must publish there, or remove publish',
          },
        ]
      : [],
  );
