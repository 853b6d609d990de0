import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { filesOfTree, root } from './source-tree.ts';

const runbook = readFileSync(join(root, 'docs/runbook.md'), 'utf8');
const sections = [...runbook.matchAll(/^## (.+)$/gm)].map(([, title]) => title);

/** The sections that alarms send people to. */
const named = [...filesOfTree(root)]
  .filter(([path]) => /^(aws|lib)\/.*\.ts$/.test(path))
  .flatMap(([, text]) => [...text.matchAll(/docs\/runbook\.md, "([^"]+)"/g)].map(([, title]) => title));

describe('The runbook', () => {
  test('has a section for each alarm, and no other', () => {
    expect(sections.toSorted()).toEqual([...new Set(named)].toSorted());
  });

  test.each(sections)('says what happened, how bad it is and what to do: %s', (title = '') => {
    const [, section = ''] = runbook.split(`## ${title}\n`);
    const text = section.split('\n## ')[0];
    for (const part of ['**What happened.**', '**How bad.**', '**What to do.**']) expect(text).toContain(part);
  });
});
