import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { complianceDocument, frameworks } from '../../../docs/write/compliance/compliance-document.ts';
import { evidence } from '../../../docs/write/compliance/evidence.data.ts';

const root = join(import.meta.dirname, '../../..');
const page = complianceDocument();

describe('The page on frameworks of security', () => {
  test('says what its tables say: write it anew by `npm run docs:compliance`', () => {
    expect(readFileSync(join(root, 'docs/compliance.md'), 'utf8')).toBe(page);
  });

  test.each(Object.values(evidence))('names a test that exists: $file, "$test"', ({ file, test: name }) => {
    const source = readFileSync(join(root, 'test', `${file}.test.ts`), 'utf8');
    expect(["'", '"', '`'].some((quote) => source.includes(`${quote}${name}${quote}`))).toBe(true);
  });

  test('uses everything that it could show', () => {
    expect(Object.values(evidence).filter(({ test: name }) => !page.includes(`“${name}”`))).toEqual([]);
  });

  test('leaves no requirement without somebody who bears it, and claims nothing that no test shows', () => {
    const requirements = frameworks.flatMap((framework) => framework.requirements);
    expect(requirements.filter(({ shownBy, remains }) => shownBy.length === 0 && remains === '')).toEqual([]);
    expect(requirements.filter(({ feature, shownBy }) => (feature === '') !== (shownBy.length === 0))).toEqual([]);
  });
});
