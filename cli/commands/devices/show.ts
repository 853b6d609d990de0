import { Command } from 'commander';
import * as z from 'zod/mini';
import { devicesShow } from '../../../domain/operations/devices-show.ts';
import type { CommandContext } from '../../command-context.ts';
import { aboutDevice, deviceNameOf, deviceOptions } from '../../devices/options.ts';
import { factTable } from '../../output/fact-table.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { factsOf } from '../../devices/show-device.ts';

const options = z.object(deviceOptions);

/** `muster devices show`: everything on record about one device. */
export const devicesShowCommand = (context: CommandContext): Command =>
  aboutDevice(new Command('show').description('Shows everything that is on record about a device.')).action(
    async (serial: string, raw: object) => {
      const wanted = readOptions(options, { ...raw, serial });
      await perform(context, {
        contract: devicesShow,
        input: deviceNameOf(wanted),
        json: wanted.json,
        describe: ({ device }) => factTable(factsOf(device)),
      });
    },
  );
