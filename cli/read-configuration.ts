import { readFile } from 'node:fs/promises';
import { approachNames } from '../approaches/index.ts';
import { ConfigurationError } from '../domain/configuration/configuration-error.ts';
import { type Configuration, parseConfiguration } from '../domain/configuration.ts';

const DEFAULT_FILE = 'muster.config.json';

/**
 * Reads what was deployed: `muster.config.json` in the working directory, or the file that `MUSTER_CONFIG` names; all
 * defaults when there is none.
 * @throws ConfigurationError
 */
export const readConfiguration = async (variables: NodeJS.ProcessEnv): Promise<Configuration> => {
  const named = variables['MUSTER_CONFIG'];
  const text = await readFile(named ?? DEFAULT_FILE, 'utf8').catch((error: unknown) => {
    if (named === undefined && isMissing(error)) return undefined;
    throw mistake(
      named ?? DEFAULT_FILE,
      `a file that cannot be read (${String(error)})`,
      'correct MUSTER_CONFIG or the file, or remove it to get the defaults',
    );
  });
  return parseConfiguration(text === undefined ? {} : parseJson(named ?? DEFAULT_FILE, text), approachNames);
};

// A file that is there but cannot be read is no reason to fall back to what nobody deployed.
const isMissing = (error: unknown): boolean => typeof error === 'object' && error !== null && 'code' in error && error.code === 'ENOENT';

const parseJson = (file: string, text: string): unknown => {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw mistake(file, `text that is not JSON (${String(error)})`, 'mend the file');
  }
};

const mistake = (where: string, got: string, fix: string) => new ConfigurationError([{ where, got, allowed: 'a JSON file', fix }]);
