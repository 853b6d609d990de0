import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readConfiguration } from '../../cli/read-configuration.ts';

let directory: string;
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), 'muster-configuration-'));
});
afterEach(async () => {
  await rm(directory, { recursive: true });
});

const withFile = async (text: string) => {
  const file = join(directory, 'muster.json');
  await writeFile(file, text);
  return readConfiguration({ MUSTER_CONFIG: file });
};

describe('the configuration of the commands', () => {
  test('is the file that MUSTER_CONFIG names', async () => {
    expect(await withFile('{"prefix":"fleet"}')).toMatchObject({ prefix: 'fleet', lines: [{ name: 'sensor' }] });
  });

  test('is all defaults when there is no file', async () => {
    expect(await readConfiguration({})).toMatchObject({ prefix: 'muster', lines: [{ name: 'sensor' }], tenants: [{ name: 'acme' }] });
  });

  test('is refused, and not replaced by defaults, when there is a file that cannot be read', async () => {
    const workingDirectory = process.cwd();
    await mkdir(join(directory, 'muster.config.json'));
    process.chdir(directory);
    try {
      await expect(readConfiguration({})).rejects.toThrow('cannot be read');
    } finally {
      process.chdir(workingDirectory);
    }
  });

  test('is refused when the named file is missing, is not JSON, or says what cannot be', async () => {
    await expect(readConfiguration({ MUSTER_CONFIG: join(directory, 'none.json') })).rejects.toThrow('cannot be read');
    await expect(withFile('{')).rejects.toThrow('not JSON');
    await expect(withFile('{"prefix":"NO"}')).rejects.toThrow('prefix: got "NO"');
  });
});
