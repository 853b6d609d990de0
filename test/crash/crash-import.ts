import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { type DynamoDBClient, paginateScan } from '@aws-sdk/client-dynamodb';
import * as z from 'zod/mini';

const command = join(import.meta.dirname, '../../cli/main.ts');

export interface CrashWorld {
  /** Where the deployment is, as the command is told. */
  readonly environment: Readonly<Record<string, string>>;
  /** Where the manifest, its journal and its results are. */
  readonly directory: string;
  readonly dynamoDb: DynamoDBClient;
  readonly tableName: string;
}

export interface CrashWishes {
  /** Begins every serial; no other device's begins with it. */
  readonly name: string;
  readonly rows: number;
  readonly kills: number;
  /** From 0 up to but not 1. */
  readonly random: () => number;
}

/** How an import ended that was killed again and again. */
export interface CrashReport {
  /** Runs that were killed before they were done. */
  readonly kills: number;
  /** Of the last run. */
  readonly exitCode: number | null;
  readonly counts: Readonly<Record<string, number>>;
  /** The serials in the table, each as often as it is there. */
  readonly serials: readonly string[];
  /** The rows in the file of results, each as often as it is there. */
  readonly resultRows: readonly string[];
}

const summary = z.object({ summary: z.record(z.string(), z.number()) });

/** Imports one manifest with a process that is killed at many moments, and looks at what is in the table at the end. */
export const crashImport = async (world: CrashWorld, wishes: CrashWishes): Promise<CrashReport> => {
  const { name, rows, kills, random } = wishes;
  const manifest = join(world.directory, `${name}.csv`);
  const results = `${manifest}.results.csv`;
  await writeFile(
    manifest,
    ['serial,line,tenant', ...Array.from({ length: rows }, (_, index) => `${name}-${index},sensor,acme`)].join('\n'),
  );
  const start = () => startImport(world, manifest, results);
  let killed = 0;
  for (let moment = 0; moment < kills; moment += 1) {
    const { exitCode } = await killSomewhen(start(), { random, rowsAtMost: (rows / kills) * 1.5 });
    if (exitCode !== null) break; // it was done before
    killed += 1;
  }
  const last = await start().ended;
  const lines = last.out.trimEnd().split('\n');
  return {
    kills: killed,
    exitCode: last.exitCode,
    counts: z.parse(summary, JSON.parse(lines.at(-1) ?? '')).summary,
    serials: await serialsIn(world, `${name}-`),
    resultRows: (await readFile(results, 'utf8'))
      .trimEnd()
      .split('\n')
      .slice(1)
      .map((line) => line.split(',')[0] ?? ''),
  };
};

interface RunningImport {
  /** How many rows it has told of. */
  told(): number;
  kill(): void;
  readonly ended: Promise<{ readonly exitCode: number | null; readonly out: string }>;
}

const startImport = ({ environment, directory }: CrashWorld, manifest: string, results: string): RunningImport => {
  const parameters = ['devices', 'import', manifest, '--unsigned', '--json', '--results', results];
  const child = spawn(process.execPath, [command, ...parameters], {
    env: environment,
    cwd: directory,
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  let out = '';
  child.stdout.setEncoding('utf8').on('data', (chunk: string) => {
    out += chunk;
  });
  return {
    told: () => out.split('\n').length - 1,
    kill: () => child.kill('SIGKILL'),
    ended: new Promise((resolve, reject) => {
      child.on('error', reject);
      child.on('close', (exitCode) => {
        resolve({ exitCode, out });
      });
    }),
  };
};

interface Moment {
  readonly random: () => number;
  readonly rowsAtMost: number;
}

const LONGEST_START_MS = 2000;
const STEP_MS = 5;

// Half of the moments are by the clock, from the first instruction on; the others by how far it came, and a little later.
const killSomewhen = async (running: RunningImport, { random, rowsAtMost }: Moment): Promise<{ readonly exitCode: number | null }> => {
  const state = { isRunning: true };
  const ended = running.ended.finally(() => {
    state.isRunning = false;
  });
  if (random() < 0.5) await sleep(random() * LONGEST_START_MS);
  else {
    const rows = random() * rowsAtMost;
    while (state.isRunning && running.told() < rows) await sleep(STEP_MS);
    await sleep(random() * 40);
  }
  running.kill();
  return ended;
};

const serialsIn = async ({ dynamoDb, tableName }: CrashWorld, beginning: string): Promise<readonly string[]> => {
  const found: string[] = [];
  const wanted = {
    FilterExpression: 'begins_with(serialNumber, :beginning)',
    ExpressionAttributeValues: { ':beginning': { S: beginning } },
  };
  for await (const { Items = [] } of paginateScan({ client: dynamoDb }, { TableName: tableName, ConsistentRead: true, ...wanted }))
    for (const item of Items)
      if (item['version']?.N === '1' && item['state']?.S === 'registered') found.push(item['serialNumber']?.S ?? '');
  return found;
};
