import type { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';

/** What every command about one device reads. */
export const deviceOptions = { serial: serialNumber, line: z.optional(lineName), json: z.boolean() };

/** Adds them to a command. */
export const aboutDevice = (command: Command): Command =>
  command
    .argument('<serial>', 'its serial number, byte for byte')
    .option('--line <line>', 'its product line, where several lines have that serial')
    .option('--json', 'print the result as one JSON object', false);

/** The name of a device as operations take it. */
export const deviceNameOf = ({
  serial,
  line,
}: {
  readonly serial: z.infer<typeof serialNumber>;
  readonly line?: z.infer<typeof lineName> | undefined;
}) => ({
  serialNumber: serial,
  ...(line === undefined ? {} : { line }),
});
