import Table from 'cli-table3';
import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import type { DeviceRecord } from '../../domain/operations/device-record.ts';
import { devicesShow } from '../../domain/operations/devices-show.ts';
import { serialNumber } from '../../domain/serial-number.ts';
import type { CommandContext } from '../command-context.ts';
import { perform } from '../perform.ts';
import { readOptions } from '../read-options.ts';
import { factsOf } from '../show-device.ts';

const options = z.object({ line: lineName, serial: serialNumber, json: z.boolean() });

/** `muster devices show`: everything on record about one device. */
export const devicesShowCommand = (context: CommandContext): Command =>
  new Command('show')
    .description('Shows everything that is on record about a device.')
    .argument('<line>', 'its product line')
    .argument('<serial>', 'its serial number, byte for byte')
    .option('--json', 'print the record as one JSON object', false)
    .action(async (wantedLine: string, wantedSerial: string, raw: object) => {
      const { line, serial, json } = readOptions(options, { ...raw, line: wantedLine, serial: wantedSerial });
      await perform(context, {
        contract: devicesShow,
        input: { line, serialNumber: serial },
        json,
        describe: tableOf,
      });
    });

const tableOf = (device: DeviceRecord): string => {
  const table = new Table({ style: { head: [], border: [] } });
  for (const [name, value] of factsOf(device)) table.push({ [name]: value });
  return table.toString();
};
