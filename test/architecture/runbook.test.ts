import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { type AlarmDefinition, alarmDefinitions } from '../../domain/monitoring/alarms.ts';
import { root } from './source-tree.ts';

const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
const [head = ''] = runbook.split('\n## ');
const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);
const definitions: readonly AlarmDefinition[] = Object.values(alarmDefinitions);

const textOf = (title: string): string => runbook.split(`\n## ${title}\n`)[1]?.split('\n## ')[0] ?? '';

const anchorOf = (title: string): string => title.toLowerCase().replaceAll(' ', '-');

const limitOf = ({ threshold }: AlarmDefinition): string =>
  threshold === undefined ? '' : typeof threshold === 'number' ? String(threshold) : `\`${threshold}\``;

const rowOf = (definition: AlarmDefinition): string =>
  `| \`${definition.name}\` | ${definition.metric} | ${limitOf(definition)} | ${definition.because} | ${definition.severity} | [${definition.runbook}](#${anchorOf(definition.runbook)}) |`;

describe('The runbook', () => {
  test('has a section for each alarm, and no other', () => {
    expect(sections.toSorted()).toEqual([...new Set(definitions.map(({ runbook: section }) => section))].toSorted());
  });

  test('begins with the table of alarms, each with the reason of its threshold', () => {
    const rows = head.split('\n').filter((line) => line.startsWith('| `'));
    expect(rows).toEqual(definitions.map(rowOf));
  });

  test.each(definitions)('names the alarm in its section: $name', ({ name, runbook: section }) => {
    expect(textOf(section)).toContain(`\`<prefix>-${name}\``);
  });

  test.each(sections)('says what happened, how bad it is and what to do: %s', (title = '') => {
    for (const part of ['**What happened.**', '**How bad.**', '**What to do.**']) expect(textOf(title)).toContain(part);
  });
});
