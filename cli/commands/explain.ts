import { Command } from 'commander';
import * as z from 'zod/mini';
import { lineName } from '../../domain/identifiers.ts';
import { devicesExplain } from '../../domain/operations/devices-explain.ts';
import type { CommandContext } from '../command-context.ts';
import { plainJson } from '../output/plain-json.ts';
import { readOptions } from '../read-options.ts';
import { parseSince } from '../audit/since.ts';
import { storyText } from '../devices/story-text.ts';

const options = z.object({ serial: z.string(), line: z.optional(lineName), since: z.string(), json: z.boolean() });

/** `muster explain`: why a device is where it is. */
export const explainCommand = ({ client, terminal }: CommandContext): Command =>
  new Command('explain')
    .description('Tells the story of one device, exchange by exchange: which one failed, why, and what to do.')
    .argument('<serial>', 'its serial number, byte for byte')
    .option('--line <line>', 'its product line, where several lines have that serial')
    .option('--since <when>', 'read the audit log from there on: a duration (7d) or a time in UTC', '7d')
    .option('--json', 'print the story as one JSON object', false)
    .action(async (wanted: string, raw: object) => {
      const { serial, line, since, json } = readOptions(options, { ...raw, serial: wanted });
      const input = { serialNumber: serial, since: parseSince(since, Date.now()), ...(line === undefined ? {} : { line }) };
      const { story } = await (await client()).call(devicesExplain, input);
      terminal.out(json ? plainJson(story) : storyText(story));
    });
