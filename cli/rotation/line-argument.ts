import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';

/** What every command about one line reads. */
export const lineOptions = { line: lineName, json: z.boolean() };

/** A command about one line. */
export const aboutLine = (name: string, description: string): Command =>
  new Command(name)
    .description(description)
    .argument('<line>', 'the product line')
    .option('--json', 'print the result as one JSON object', false);
