import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

const audits = 'accountWide: { deviceDefender: "manage" }, which configures audits for the whole account and region';

/** What waits for word of Device Defender where it tells nobody anything. */
export const defenderMistakes = ({ lines, accountWide }: Configuration): readonly ConfigurationMistake[] =>
  accountWide.deviceDefender === undefined ? [...unauditedTriggers(lines), ...unheardDetect(accountWide)] : [];

const unauditedTriggers = (lines: Configuration['lines']): readonly ConfigurationMistake[] =>
  lines.flatMap(({ triggers }, index) =>
    triggers.foundByDefender === undefined
      ? []
      : [
          {
            where: `lines.${index}.triggers.foundByDefender`,
            got: `"${triggers.foundByDefender}", though nobody audits`,
            allowed: `nothing without ${audits}`,
            fix: 'write that, when nobody else has audits here ("muster doctor" says so), or remove the trigger',
          },
        ],
  );

const unheardDetect = ({ detect }: Configuration['accountWide']): readonly ConfigurationMistake[] =>
  detect === undefined
    ? []
    : [
        {
          where: 'accountWide.detect',
          got: `"${detect}", though nobody hears what it tells`,
          allowed: `nothing without ${audits}`,
          fix: 'write that, or remove detect',
        },
      ];
