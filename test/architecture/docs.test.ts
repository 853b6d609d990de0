import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join } from 'node:path';
import * as z from 'zod';
import { approachNames } from '../../approaches/index.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { configurationSchema } from '../../domain/configuration/configuration-schema.ts';
import { codeIn, linksIn, tableWith } from '../builders/markdown.ts';
import { filesOfTree, root } from './source-tree.ts';

const files = filesOfTree(root);
const documents = [...files].filter(([path]) => path.endsWith('.md'));
const textOf = (path: string): string => readFileSync(join(root, path), 'utf8');
const readme = textOf('README.md');

const packageJson = z
  .object({ scripts: z.record(z.string(), z.string()), bin: z.record(z.string(), z.string()) })
  .parse(JSON.parse(textOf('package.json')));

/** The blocks of a document that are written in a language. */
const blocks = (markdown: string, language: string): readonly string[] =>
  [...markdown.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(([, text]) => text ?? '');

describe('A document', () => {
  test('links to nothing that is not there', () => {
    const broken = documents.flatMap(([path, text]) =>
      linksIn(text)
        .filter((target) => !/^(https?:|mailto:|#)/.test(target))
        .filter((target) => !existsSync(join(root, dirname(path), target.split('#')[0] ?? '')))
        .map((target) => `${path}: ${target}`),
    );
    expect(broken).toEqual([]);
  });

  test('names no script that package.json does not have', () => {
    const known = new Set(Object.keys(packageJson.scripts));
    const unknown = documents.flatMap(([path, text]) =>
      [...text.matchAll(/\bnpm run ([a-z][\w:-]*)|\bnpm (start|test)\b/g)]
        .map(([, script, short]) => script ?? short ?? '')
        .filter((script) => !known.has(script))
        .map((script) => `${path}: ${script}`),
    );
    expect(unknown).toEqual([]);
  });

  test('names no command that is not installed', () => {
    const unknown = documents.flatMap(([path, text]) =>
      [...text.matchAll(/\bnpx ([a-z][\w-]*)/g)]
        .map(([, command]) => command ?? '')
        .filter((command) => !(command in packageJson.bin) && !existsSync(join(root, 'node_modules/.bin', command)))
        .map((command) => `${path}: ${command}`),
    );
    expect(unknown).toEqual([]);
  });
});

describe('The README', () => {
  test('has two lines to set up, and continuous integration runs exactly these', () => {
    const lines = blocks(readme, 'sh').slice(0, 2);
    expect(lines).toEqual(['npm ci && npm run demo\n', 'npm ci && npm test\n']);
    const ci = textOf('.ci/run').split('\n');
    for (const line of lines) expect(ci).toContain(line.trim());
  });

  const [example = '{}'] = blocks(readme, 'json');

  test('shows a configuration that is accepted as it stands', () => {
    const configuration = parseConfiguration(JSON.parse(example), approachNames);
    expect(configuration.lines.length).toBeGreaterThan(1);
  });

  test('shows every setting there is', () => {
    const shown = Object.keys(z.record(z.string(), z.unknown()).parse(JSON.parse(example)));
    expect(shown.sort()).toEqual(Object.keys(configurationSchema.shape).sort());
  });

  test('shows commands and options that exist', () => {
    const commands = [
      ...blocks(readme, 'sh')
        .join('')
        .matchAll(/^npx (muster(?:-device)?) (.*)$/gm),
    ];
    expect(commands.length).toBeGreaterThan(3);
    for (const [, program = '', words = ''] of commands) expect([words, missingOptions(program, words)]).toEqual([words, []]);
  });
});

/** What a command line uses that its help does not tell of. */
const missingOptions = (program: string, words: string): readonly string[] => {
  const all = words.split(' ');
  // What is no name of a command is an argument.
  const end = all.findIndex((word) => !/^[a-z]+$/.test(word));
  const subcommand = all.slice(0, Math.min(end === -1 ? all.length : end, 2));
  const help = execFileSync(process.execPath, [packageJson.bin[program] ?? '', ...subcommand, '--help'], { cwd: root, encoding: 'utf8' });
  if (!help.includes([program, ...subcommand].join(' '))) return subcommand;
  return [...words.matchAll(/--[a-z-]+/g)].map(([option]) => option).filter((option) => !help.includes(option));
};

describe('CONTRIBUTING', () => {
  test('sends nobody to a folder or file that does not exist', () => {
    const rows = tableWith(textOf('CONTRIBUTING.md'), 'you want to add', 'put it in', 'and');
    const places = rows.flatMap(([, ...cells]) => codeIn(cells.join(' '))).filter((place) => /^[a-z][\w.-]*\/|\.md$/.test(place));
    expect(places.length).toBeGreaterThan(5);
    expect(places.filter((place) => !existsSync(join(root, place.replace(/<.*$/, ''))))).toEqual([]);
  });
});

test('There is a changelog with a section for what comes next', () => {
  expect(textOf('CHANGELOG.md')).toMatch(/^## Unreleased$/m);
});

describe('No file tells where it was made', () => {
  const mentions = (pattern: RegExp): readonly string[] =>
    [...files].flatMap(([path, text]) => [...text.matchAll(pattern)].map(([found]) => `${path}: ${found}`));

  test('by a path of somebody’s machine', () => {
    const literally = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, String.raw`\$&`);
    const own = [root, homedir()].filter((folder) => folder.length > 1).map((folder) => `${literally(folder)}/`);
    expect(mentions(new RegExp(`${own.join('|')}|/(home|Users)/\\w+/`, 'g'))).toEqual([]);
  });

  test('by the host of a package registry', () => {
    expect(mentions(/\bhttps?:\/\/[\w.-]*(registry|artifactory|nexus|verdaccio|mirror)[\w.-]*/g)).toEqual([]);
    expect(mentions(/"resolved": ?"[^"]*"|^\s*(@[\w-]+:)?registry\s*=.*$/gm)).toEqual([]);
  });
});
