import type { ConfigurationMistake } from './configuration-error.ts';
import type { Configuration } from './configuration-schema.ts';

/** Lines that want something done about findings of audits that nobody runs. */
export const defenderMistakes = ({ lines, accountWide }: Configuration): readonly ConfigurationMistake[] =>
  accountWide.deviceDefender === undefined
    ? lines.flatMap(({ triggers }, index) =>
        triggers.foundByDefender === undefined
          ? []
          : [
              {
                where: `lines.${index}.triggers.foundByDefender`,
                got: `"${triggers.foundByDefender}", though nobody audits`,
                allowed:
                  'nothing without accountWide: { deviceDefender: "manage" }, which configures audits for the whole account and region',
                fix: 'write that, when nobody else has audits here ("muster doctor" says so), or remove the trigger',
              },
            ],
      )
    : [];
