import * as sdk from '@aws-sdk/client-iot';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { operationBindings } from '../../../local/iot/control-plane/bindings.data.ts';
import { generatedDocuments } from '../../../local/support/documents.ts';
import { partialOperations } from '../../../local/support/partial-support.data.ts';
import { tableWith } from '../../builders/markdown.ts';

const documents = await generatedDocuments();

const support = documents.get('SUPPORT.md') ?? '';

const operations = tableWith(support, 'service', 'operation', 'support', 'missing');

const sdkOperations = Object.keys(sdk)
  .filter((name) => name.endsWith('Command') && name !== '$Command')
  .map((name) => name.slice(0, -'Command'.length));

describe('The documents of the local AWS', () => {
  test.each([...documents])('%s says what the code does: write it anew by `npm run docs:local`', (name, text) => {
    expect(readFileSync(join(import.meta.dirname, '../../../local', name), 'utf8')).toBe(text);
  });

  test('name every operation of AWS IoT that the SDK has', () => {
    expect(Object.keys(operationBindings).sort()).toEqual(sdkOperations.sort());
    const listed = operations.filter(([service]) => service === 'iot').map(([, operation = '']) => operation.replaceAll('`', ''));
    expect(listed).toEqual(sdkOperations);
  });

  test('call no operation partial that is not there', () => {
    const listed = operations.map(([service = '', operation = '']) => `${service}:${operation.replaceAll('`', '')}`);
    const partial = operations.filter(([, , level]) => level === 'partial').length;
    expect(listed).toEqual(expect.arrayContaining(Object.keys(partialOperations)));
    expect(partial).toBe(Object.keys(partialOperations).length);
  });
});
