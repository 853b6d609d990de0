import { spawn } from 'node:child_process';

/** Runs a program with this Node and resolves with what it printed. */
export const runInChild = (args: readonly string[], environment: NodeJS.ProcessEnv = process.env): Promise<string> =>
  new Promise((resolve, reject) => {
    const child = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'inherit'], env: environment });
    let output = '';
    child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
      output += chunk;
    });
    child.on('error', reject);
    child.on('close', (code) => {
      if (code === 0) resolve(output);
      else reject(new Error(`"${args.join(' ')}" ended with exit code ${String(code)}; expected 0`));
    });
  });
