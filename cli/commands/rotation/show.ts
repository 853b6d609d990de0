import type { Command } from 'commander';
import * as z from 'zod/mini';
import { rotationShow } from '../../../domain/operations/rotation-show.ts';
import type { CommandContext } from '../../command-context.ts';
import { factTable } from '../../output/fact-table.ts';
import { aboutLine, lineOptions } from '../../rotation/line-argument.ts';
import { perform } from '../../perform.ts';
import { readOptions } from '../../read-options.ts';
import { rotationFacts } from '../../rotation/show-rotation.ts';

const options = z.object(lineOptions);

/** `muster rotation show`: how the credentials of a line are replaced. */
export const rotationShowCommand = (context: CommandContext): Command =>
  aboutLine('show', 'Shows how the credentials of a line are replaced: what is due, under way, and how it went.').action(
    async (name: string, raw: object) => {
      const { line, json } = readOptions(options, { ...raw, line: name });
      await perform(context, {
        contract: rotationShow,
        ...{ input: { line }, json },
        describe: ({ rotation }) => factTable(rotationFacts(rotation)),
      });
    },
  );
