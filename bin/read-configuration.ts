import { existsSync, readFileSync } from 'node:fs';
import { ConfigurationError } from '../domain/configuration/configuration-error.ts';
import { type Configuration, parseConfiguration } from '../domain/configuration.ts';

const DEFAULT_FILE = 'muster.config.json';

/**
 * Reads `muster.config.json` in the working directory, or the file that `MUSTER_CONFIG` names; all defaults when there is none.
 * @throws ConfigurationError for a file that is missing, is not JSON, or says what cannot be.
 */
export const readConfiguration = (variables: NodeJS.ProcessEnv, approachNames: readonly string[]): Configuration => {
  const named = variables['MUSTER_CONFIG'];
  if (named === undefined && !existsSync(DEFAULT_FILE)) return parseConfiguration({}, approachNames);
  return parseConfiguration(parseFile(named ?? DEFAULT_FILE), approachNames);
};

const parseFile = (file: string): unknown => {
  if (!existsSync(file)) throw mistake(file, 'a file that does not exist', 'correct MUSTER_CONFIG, or remove it to get the defaults');
  try {
    return JSON.parse(readFileSync(file, 'utf8'));
  } catch (error) {
    throw mistake(file, `text that is not JSON (${error instanceof Error ? error.message : String(error)})`, 'mend the file');
  }
};

const mistake = (where: string, got: string, fix: string) => new ConfigurationError([{ where, got, allowed: 'a JSON file', fix }]);
