// Leaves a local AWS running with Muster deployed to it, for clients of all kinds to play with.
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import { openFleet } from './fleet.ts';
import { deployLocally } from './local-deployment.ts';
import { describeLocal, writeLocalFile } from './local-file.ts';

const say = (line: string): void => {
  process.stdout.write(`${line}\n`);
};

const folder = join(import.meta.dirname, '..', '.muster');
const interrupted = Promise.race([once(process, 'SIGINT'), once(process, 'SIGTERM')]);

await rm(folder, { recursive: true, force: true });
const deployment = await deployLocally({
  onStep: (step) => {
    say(`… ${step}`);
  },
});
try {
  const fleet = await openFleet(deployment.local, folder);
  const description = await describeLocal(fleet);
  const file = join(folder, 'local.json');
  await writeLocalFile(file, description);
  say('\nMuster is deployed to the local AWS. For AWS SDKs, the AWS CLI and the muster command, in another shell:\n');
  for (const [name, value] of Object.entries(deployment.local.environment)) say(`export ${name}='${value}'`);
  say(`\nDevices connect to ${fleet.endpoint} with the root ${fleet.rootCa}. Lines, claims and serial numbers to use: ${file}\n`);
  const [line] = description.lines;
  if (line !== undefined) {
    say(
      `npx muster-device --serial ${line.registeredSerials[0] ?? ''} --claim ${line.claim.description} --ca ${fleet.rootCa} --state ./device-state`,
    );
    say(`npm run example -- --line ${line.name} --serial ${line.registeredSerials[1] ?? ''}`);
  }
  say('\nIts state is in memory. End it with Ctrl-C.');
  await interrupted;
} finally {
  await deployment.stop();
}
