// The story of Muster in about a minute: thirteen devices come in, six impostors do not, and the audit log knows why.
import { join } from 'node:path';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { Listr } from 'listr2';
import type { LocalAws } from '../local/main.ts';
import { Expectations } from './expectations.ts';
import { closeFleet, openFleet } from './fleet.ts';
import { interruptionSignal } from './interruption.ts';
import { type LocalDeployment, deployLocally } from './local-deployment.ts';
import { writeStoryConfiguration } from './story-configuration.ts';
import { Story } from './story.ts';

/** Where the story's own lines are described: what their devices prove themselves with is different. */
const folder = await mkdtemp(join(tmpdir(), 'muster-story-'));

const EXIT_INTERRUPTED = 130; // as shells say of a program that SIGINT ended

const begunMs = performance.now();
const interruption = interruptionSignal();
const say = (line = ''): void => {
  process.stdout.write(`${line}\n`);
};

const deploy = async (): Promise<LocalDeployment> => {
  const deployed = Promise.withResolvers<LocalDeployment>();
  await new Listr([
    {
      title: 'A local AWS starts, and the CDK CLI deploys Muster to it',
      task: async (_context, task) => {
        const onStep = (step: string): void => {
          task.output = step;
        };
        const configurationFile = (local: LocalAws): Promise<string> => writeStoryConfiguration(local, folder);
        deployed.resolve(await deployLocally({ onStep, signal: interruption, configurationFile }));
      },
    },
  ]).run();
  return deployed.promise;
};

const tell = async (deployment: LocalDeployment, expectations: Expectations): Promise<void> => {
  const { local } = deployment;
  const fleet = await openFleet({ ...local, environment: { ...local.environment, MUSTER_CONFIG: join(folder, 'muster.config.json') } });
  const clean = async (): Promise<void> => {
    await closeFleet(fleet);
    await deployment.stop();
    await rm(folder, { recursive: true, force: true });
  };
  interruption.addEventListener('abort', () => {
    void clean().then(() => process.exit(EXIT_INTERRUPTED));
  });
  try {
    const story = await Story.open(fleet, expectations, local.issuers);
    await new Listr(story.chapters()).run();
  } finally {
    if (!interruption.aborted) await clean();
  }
};

const sumUp = ({ all, unmet }: Expectations): void => {
  say();
  for (const { text, isMet, found } of all) say(`  ${isMet ? 'as expected' : 'NOT AS EXPECTED'}: ${text} (${found})`);
  const seconds = ((performance.now() - begunMs) / 1000).toFixed(0);
  say(`\n${all.length - unmet.length} of ${all.length} expectations held, in ${seconds} s.`);
  process.exitCode = all.length > 0 && unmet.length === 0 ? 0 : 1;
};

say('Muster: devices that nobody has seen become known, authorized and audited members of a fleet.\n');
try {
  const expectations = new Expectations();
  await tell(await deploy(), expectations);
  sumUp(expectations);
} catch (error) {
  if (!interruption.aborted) throw error;
  process.exitCode = EXIT_INTERRUPTED;
}
