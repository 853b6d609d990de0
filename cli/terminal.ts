/** Where a command writes. Results go to `out`, everything else to `error`, so that programs can read the first. */
export interface Terminal {
  readonly out: (line: string) => void;
  readonly error: (line: string) => void;
  /** Replaces itself on a terminal and is silent elsewhere. */
  readonly progress: (text: string) => void;
}

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
};
