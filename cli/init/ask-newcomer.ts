import type { CommandContext } from '../command-context.ts';
import { mistakesIn, type NewcomerAnswers, strongAttestations, usualAnswers } from './new-configuration.ts';
import { UsageError } from '../usage-error.ts';

type Given = Partial<NewcomerAnswers>;

const questions = {
  prefix: 'What should the names of everything in this deployment begin with?',
  line: 'What is your first product line called?',
  tenant: 'Whom do its devices belong to (a tenant)?',
  attestation: 'What must a device prove at the least?',
  email: 'Who is told of alarms? An e-mail address, or nothing',
} as const satisfies Record<keyof NewcomerAnswers, string>;

/** What nobody may leave open where nobody can be asked; an address for alarms is a matter of choice. */
const needed = ['prefix', 'line', 'tenant', 'attestation'] as const;

/**
 * The answers to what was not given: the usual ones where they are taken, else those of whoever can be asked.
 * @throws UsageError where nobody can, naming the flags to give; InterruptedError on Ctrl-C.
 */
export const askNewcomer = async (
  { terminal: { ask } }: Pick<CommandContext, 'terminal'>,
  given: Given,
  takeUsual: boolean,
): Promise<NewcomerAnswers> => {
  if (takeUsual) return { ...usualAnswers, ...given };
  if (ask === undefined) return { ...usualAnswers, ...demand(given) };
  const answers: { -readonly [Key in keyof NewcomerAnswers]: string } = { ...usualAnswers, ...given };
  for (const key of ['prefix', 'line', 'tenant', 'attestation', 'email'] as const) {
    if (given[key] !== undefined) continue;
    const [message, otherwise] = [questions[key], usualAnswers[key]];
    answers[key] =
      key === 'attestation'
        ? await ask.choice({ message, otherwise, choices: Object.entries(strongAttestations).map(([value, hint]) => ({ value, hint })) })
        : await ask.text({ message, otherwise, mistakeIn: (answer) => sentenceFor({ ...answers, [key]: answer }) });
  }
  return answers;
};

const demand = (given: Given): Given => {
  const missing = needed.filter((key) => given[key] === undefined).map((key) => `--${key}`);
  if (missing.length === 0) return given;
  throw new UsageError(`Nobody can be asked here: give ${missing.join(', ')}, or --yes to take what is usual for what you do not give.`);
};

const sentenceFor = (answers: NewcomerAnswers): string | undefined => {
  const [mistake] = mistakesIn(answers);
  return mistake === undefined ? undefined : `Allowed is ${mistake.allowed}.`;
};
