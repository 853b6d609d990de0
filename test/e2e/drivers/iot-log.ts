import { readFile } from 'node:fs/promises';
import type { SharedEnvironment } from '../environment/shared-environment.ts';

type Entry = Readonly<Record<string, unknown>>;

/** What AWS IoT wrote to its own log (`AWSIotLogsV2`) about what has these fields. */
export const iotLogOf = async ({ iotLogFile }: SharedEnvironment, fields: Entry): Promise<readonly Entry[]> => {
  if (iotLogFile === undefined) throw new Error('The log of AWS IoT is not at hand at an endpoint of somebody else.');
  const lines = (await readFile(iotLogFile, 'utf8')).split('\n').filter((line) => line !== '');
  const entries = lines.map((line) => JSON.parse(line) as Entry);
  return entries.filter((entry) => Object.entries(fields).every(([name, value]) => entry[name] === value));
};
