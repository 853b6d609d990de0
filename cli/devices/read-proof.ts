import { readFile } from 'node:fs/promises';
import * as z from 'zod/mini';
import { approachNames } from '../../approaches/index.ts';
import { type EnrollmentMistake, isMistake, type Requirement } from '../../domain/enroller.ts';
import type { DeviceRecord } from '../../domain/operations/device-record.ts';
import { parseJson } from '../../domain/parse-json.ts';
import { CommandError } from '../command-error.ts';
import { enrollers } from '../import/enrollers.ts';
import { namedFilesBeside } from '../manifest/named-file.ts';

const columns = z.record(z.string(), z.string());

/**
 * What a device must prove, read from a file and not from the command line, which others can see: the columns that a manifest would
 * have, e.g. `{"pinned_key":"key.pem"}`. @throws CommandError
 */
export const readProof = async ({ approach, line, serialNumber }: DeviceRecord, file: string): Promise<Requirement> => {
  const name = z.parse(z.enum(approachNames), approach);
  const enroller = enrollers[name];
  const { fields } = enroller;
  const text = await readFile(file, 'utf8').catch((cause: unknown) => {
    throw new CommandError(`--proof ${file} cannot be read.`, { cause });
  });
  const said = z.safeParse(columns, parseJson(text)).data;
  if (said === undefined || Object.keys(said).some((column) => !fields.includes(column)))
    throw new CommandError(
      `--proof ${file}: expected one JSON object with columns of a manifest, of approach ${name}: ${fields.join(', ') || 'none'}.`,
    );
  const files = namedFilesBeside(file);
  const requirement = await enroller.requirementOf(said, files.read, { line, serialNumber });
  const [refused] = files.refused;
  if (refused !== undefined) throw mistaken(refused);
  if (isMistake(requirement)) throw mistaken(requirement);
  return requirement;
};

const mistaken = ({ what, got, allowed, fix }: EnrollmentMistake): CommandError =>
  new CommandError(`--proof: ${what}: got ${got}; allowed is ${allowed}; ${fix}.`);
