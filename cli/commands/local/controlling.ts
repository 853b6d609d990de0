import { Command, Option } from 'commander';
import * as z from 'zod/mini';
import { CommandError } from '../../command-error.ts';
import { askLocalAws, type ControlCall } from '../../local-control.ts';
import { readOptions } from '../../read-options.ts';

const target = z.object({ endpoint: z.optional(z.string()) });

/** A command that talks to a local AWS which runs already. */
export const controlling = (name: string, description: string): Command =>
  new Command(name).description(description).addOption(new Option('--endpoint <url>', 'of the local AWS').env('AWS_ENDPOINT_URL'));

/** Asks the local AWS that the options of such a command name. */
export const ask = (raw: unknown, call: ControlCall): Promise<unknown> => askLocalAws(readOptions(target, raw).endpoint, call);

/** @throws CommandError that says what it was to be, with an example, when it is no JSON. */
export const readJson = (what: string, text: string, example: string): unknown => {
  try {
    return JSON.parse(text);
  } catch {
    throw new CommandError(`The ${what} is ${text}; expected JSON, e.g. ${example}`);
  }
};

export const pretty = (value: unknown): string => JSON.stringify(value, undefined, 2);
