import type { ApiService } from '../gateway/api-service.ts';
import { operationBindings } from '../iot/control-plane/bindings.data.ts';
import { iotResourceTypes } from './iot-resource-types.data.ts';
import { iotTopics } from './iot-topics.data.ts';
import { markdownTable } from './markdown-table.ts';
import { partialOperations } from './partial-support.data.ts';

/** What the wired services say of themselves. */
export interface SupportFacts {
  readonly apis: readonly ApiService[];
  /** The types that CloudFormation can deploy. */
  readonly resourceTypes: readonly string[];
}

type Row = readonly string[];

const code = (text: string): string => `\`${text}\``;

const operationRow = (signingName: string, operation: string, isSupported: boolean): Row => {
  const missing = partialOperations[`${signingName}:${operation}`];
  if (!isSupported) return [signingName, code(operation), 'no', ''];
  return [signingName, code(operation), missing === undefined ? 'yes' : 'partial', missing ?? ''];
};

/** AWS IoT's operations are known by name even where they are missing; of other services only those are that exist here. */
const operationsOf = ({ signingNames, operations }: ApiService): readonly Row[] => {
  const supported = new Set(operations);
  return signingNames.flatMap((signingName) => {
    const published = signingName === 'iot' ? Object.keys(operationBindings) : operations;
    return [...published].sort().map((operation) => operationRow(signingName, operation, supported.has(operation)));
  });
};

const typeRows = (resourceTypes: readonly string[]): readonly Row[] => {
  const supported = new Set(resourceTypes);
  const all = [...new Set([...resourceTypes, ...iotResourceTypes])].sort();
  return all.map((type) => [code(type), supported.has(type) ? 'yes' : 'no']);
};

const bySigningName = (a: ApiService, b: ApiService): number => (a.signingNames.join() < b.signingNames.join() ? -1 : 1);

/** The support table as Markdown: operations, resource types, topics and events, each with yes, partial or no. */
export const supportDocument = ({ apis, resourceTypes }: SupportFacts): string =>
  [
    '# What the local AWS supports',
    'Written by `npm run docs:local` from the code; a test holds it to the code. Every operation of AWS IoT that the AWS SDK publishes stands here, so that a',
    '"no" is said. What is missing is refused by name: operations of AWS IoT with 501 `NotImplementedException`, resource types by a deployment that fails.',
    '',
    '## Operations',
    '',
    markdownTable(['service', 'operation', 'support', 'missing'], [...apis].sort(bySigningName).flatMap(operationsOf)),
    '',
    '## Resource types of CloudFormation',
    '',
    '`Custom::*` types are `AWS::CloudFormation::CustomResource`.',
    '',
    markdownTable(['resource type', 'support'], typeRows(resourceTypes)),
    '',
    '## Topics and events of AWS IoT',
    '',
    markdownTable(
      ['topic', 'client', 'support', 'note'],
      iotTopics.map(({ topic, client, support, note }) => [code(topic), client, support, note ?? '']),
    ),
    '',
  ].join('\n');
