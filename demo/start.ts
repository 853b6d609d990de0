// Leaves a local AWS running with Muster deployed to it, for clients of all kinds to play with.
import { once } from 'node:events';
import { readdir, rm } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { openFleet } from './fleet.ts';
import { interruptionSignal } from './interruption.ts';
import { type LocalDeployment, deployLocally } from './local-deployment.ts';
import { type LocalDescription, describeLocal, writeLocalFile } from './local-file.ts';

const OWN_FOLDER = join(import.meta.dirname, '..', '.muster');
const FILE = 'local.json';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

/** Whether nothing would be lost with the folder: it is ours, or what an earlier run has left, or nothing yet. */
const isFree = async (folder: string): Promise<boolean> => {
  const names = await readdir(folder).catch((): string[] => []);
  return folder === OWN_FOLDER || names.length === 0 || names.includes(FILE);
};

const explain = ({ local }: LocalDeployment, { mqtt, rootCa, lines }: LocalDescription, file: string): void => {
  say('\nMuster is deployed to the local AWS. For AWS SDKs, the AWS CLI and the muster command, in another shell:\n');
  for (const [name, value] of Object.entries(local.environment)) say(`export ${name}='${value}'`);
  say(`\nDevices connect to ${mqtt.host}:${mqtt.port} with the root ${rootCa}. Lines, claims and serial numbers to use: ${file}\n`);
  const [line] = lines;
  if (line !== undefined) {
    const [first = '', second = ''] = line.registeredSerials;
    const state = line.deviceState.replace('{serial}', first);
    say(`npx muster-device --serial ${first} --claim ${line.claim.description} --ca ${rootCa} --state ${state}`);
    say(`npm run example -- --local ${file} --line ${line.name} --serial ${second}`);
  }
  say('\nIts state is in memory. End it with Ctrl-C.');
};

const runUntil = async (signal: AbortSignal, folder: string): Promise<void> => {
  await rm(folder, { recursive: true, force: true });
  const deployment = await deployLocally({
    signal,
    onStep: (step) => {
      say(`… ${step}`);
    },
  });
  try {
    const description = await describeLocal(await openFleet(deployment.local, folder));
    const file = join(folder, FILE);
    await writeLocalFile(file, description);
    explain(deployment, description, file);
    if (!signal.aborted) await once(signal, 'abort');
  } finally {
    await deployment.stop();
    // All of it speaks of what is gone.
    await rm(folder, { recursive: true, force: true });
  }
};

const { values } = parseArgs({ options: { folder: { type: 'string', default: OWN_FOLDER } } });
const folder = resolve(values.folder);
const interruption = interruptionSignal();
if (await isFree(folder)) {
  await runUntil(interruption, folder).catch((error: unknown) => {
    if (!interruption.aborted) throw error;
  });
} else {
  process.stderr.write(`${folder} holds something else; name a folder with --folder that is empty or not there yet.\n`);
  process.exitCode = 1;
}
