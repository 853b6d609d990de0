/** Where a command writes. Results go to `out`, everything else to `error`, so that programs can read the first. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Replaces itself on a terminal and is silent elsewhere. */
  readonly progress: (text: string) => void;
  /** Asks a question that is answered with yes or no; undefined where nobody can answer. */
  readonly confirm?: (question: string) => Promise<boolean>;
}

// Loaded when somebody is asked.
const askPerson = async (message: string): Promise<boolean> => {
  const { confirm } = await import('@clack/prompts');
  return (await confirm({ message, initialValue: false, output: process.stderr })) === true;
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
  ...(process.stdin.isTTY && process.stderr.isTTY ? { confirm: askPerson } : {}),
};
