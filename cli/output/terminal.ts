import { InterruptedError } from '../interrupted-error.ts';

/** A question that is answered with a line of text. */
export interface TextQuestion {
  readonly message: string;
  /** What an empty line stands for. */
  readonly otherwise: string;
  /** What is wrong with an answer; undefined when nothing is. */
  readonly mistakeIn: (answer: string) => string | undefined;
}

/** A question that is answered by choosing. */
export interface ChoiceQuestion {
  readonly message: string;
  readonly choices: readonly { readonly value: string; readonly hint: string }[];
  readonly otherwise: string;
}

/** Where a command writes. Results go to `out`, everything else to `error`, so that programs can read the first. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Replaces itself on a terminal and is silent elsewhere. */
  readonly progress: (text: string) => void;
  /** Asks a question that is answered with yes or no; undefined where nobody can answer. Rejects with InterruptedError on Ctrl-C. */
  readonly confirm?: (question: string) => Promise<boolean>;
  /** Asks for more than yes or no; undefined where nobody can answer. Both reject with InterruptedError on Ctrl-C. */
  readonly ask?: {
    text(question: TextQuestion): Promise<string>;
    choice(question: ChoiceQuestion): Promise<string>;
  };
}

// Questions go where errors go: standard output belongs to results. The package is loaded when somebody is asked.
const output = process.stderr;
const prompts = () => import('@clack/prompts');

const interrupted = (): InterruptedError => new InterruptedError('Nothing was changed.');

const confirm = async (message: string): Promise<boolean> => {
  const clack = await prompts();
  const answer = await clack.confirm({ message, initialValue: false, output });
  if (clack.isCancel(answer)) throw interrupted();
  return answer;
};

const ask: NonNullable<Terminal['ask']> = {
  text: async ({ message, otherwise, mistakeIn }) => {
    const validate = (answer: string | undefined): string | undefined =>
      mistakeIn(answer === undefined || answer === '' ? otherwise : answer);
    const clack = await prompts();
    const answer = await clack.text({ message, placeholder: otherwise, defaultValue: otherwise, validate, output });
    if (clack.isCancel(answer)) throw interrupted();
    return answer;
  },
  choice: async ({ message, choices, otherwise }) => {
    const options = choices.map(({ value, hint }) => ({ value, label: value, hint }));
    const clack = await prompts();
    const answer = await clack.select({ message, options, initialValue: otherwise, output });
    if (clack.isCancel(answer)) throw interrupted();
    return answer;
  },
};

export const processTerminal: Terminal = {
  out: (line) => {
    process.stdout.write(`${line}\n`);
  },
  error: (line) => {
    process.stderr.write(`${line}\n`);
  },
  progress: (text) => {
    if (process.stderr.isTTY) process.stderr.write(`\r\u001b[2K${text}`);
  },
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm, ask } : {}),
};
