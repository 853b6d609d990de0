import Table from 'cli-table3';
import { Command } from 'commander';
import * as z from 'zod/mini';
import type { Enrollment } from '../../domain/enrollment.ts';
import { lineName } from '../../domain/identifiers.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import type { CommandContext } from '../command-context.ts';
import { CommandError } from '../command-error.ts';
import { readOptions } from '../read-options.ts';
import { factsOf, findDevice } from '../show-device.ts';

const options = z.object({ line: lineName, serial: serialNumber, json: z.boolean() });

/** `muster devices show`: everything on record about one device. */
export const devicesShowCommand = ({ operator: open, terminal }: CommandContext): Command =>
  new Command('show')
    .description('Shows everything that is on record about a device.')
    .argument('<line>', 'its product line')
    .argument('<serial>', 'its serial number, byte for byte')
    .option('--json', 'print the record as one JSON object', false)
    .action(async (wantedLine: string, wantedSerial: string, raw: object) => {
      const { line, serial, json } = readOptions(options, { ...raw, line: wantedLine, serial: wantedSerial });
      const operator = await open();
      const enrollment = await findDevice(operator, line, serial);
      if (enrollment === undefined) throw unknownDevice(operator.configuration.lines, wantedLine, wantedSerial);
      terminal.out(json ? JSON.stringify(enrollment) : tableOf(enrollment));
    });

const unknownDevice = (lines: readonly { readonly name: string }[], line: string, serial: string): CommandError =>
  new CommandError(
    `No device with serial number "${serial}" is enrolled on line "${line}". Serial numbers are compared byte for byte; the lines are ` +
      `${lines.map(({ name }) => name).join(', ')}. Enroll devices with: muster devices import <file>`,
  );

const tableOf = (enrollment: Enrollment): string => {
  const table = new Table({ style: { head: [], border: [] } });
  for (const [name, value] of factsOf(enrollment)) table.push({ [name]: value });
  return table.toString();
};
