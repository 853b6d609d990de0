import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCdk } from '../../demo/run-cdk.ts';
import { type LocalAws, startLocalAws } from '../../local/main.ts';
import { type Tape, startRecording, startReplay } from '../deploy/replay-endpoint.ts';
import { type Figure, median } from '../figure.ts';

/** A deployment takes seconds on either side. */
const ROUNDS = 3;

interface Deployer {
  /** Synthesized once: what is compared is the deployment. */
  readonly assembly: string;
  readonly environment: Readonly<Record<string, string>>;
}

const deploy = ({ assembly, environment }: Deployer): Promise<string> =>
  runCdk(['deploy', '--all', '--app', assembly, '--require-approval', 'never', '--progress', 'events'], { environment });

const secondsOf = async (work: () => Promise<unknown>): Promise<number> => {
  const begunMs = performance.now();
  await work();
  return (performance.now() - begunMs) / 1000;
};

type Environment = LocalAws['environment'];

/** The same variables for an endpoint that stands in front of the local AWS, or in its place. */
const through = (url: string, environment: Environment): Environment => ({
  ...environment,
  AWS_ENDPOINT_URL: url,
  AWS_ENDPOINT_URL_S3: url,
});

interface Recorded {
  readonly tape: Tape;
  /** The CLI remembers whose a key is, so the replay is asked with the same one. */
  readonly environment: Environment;
}

const bootstrapped = async (folder: string): Promise<LocalAws> => {
  const local = await startLocalAws();
  await runCdk(['bootstrap', `aws://${local.account.accountId}/${local.account.region}`], { environment: local.environment, folder });
  return local;
};

const deployToLocal = async (folder: string, assembly: string): Promise<number> => {
  const local = await bootstrapped(folder);
  const seconds = await secondsOf(() => deploy({ assembly, environment: local.environment }));
  await local.stop();
  return seconds;
};

const record = async (folder: string, assembly: string): Promise<Recorded> => {
  const local = await bootstrapped(folder);
  await runCdk(['synth', '--quiet', '--output', assembly], { environment: local.environment });
  const recording = await startRecording(local.endpoint);
  await deploy({ assembly, environment: through(recording.url, local.environment) });
  await recording.stop();
  await local.stop();
  return { tape: recording.tape, environment: local.environment };
};

const deployToTape = async ({ tape, environment }: Recorded, assembly: string): Promise<number> => {
  const replay = await startReplay(tape);
  const seconds = await secondsOf(() => deploy({ assembly, environment: through(replay.url, environment) }));
  await replay.stop();
  return seconds;
};

export const deployTime: Figure = {
  name: 'deploy-time',
  what: '`cdk deploy` of the app to the local AWS against the same to an endpoint that answers at once from a recording',
  unit: 'x',
  limit: { atMost: 1.5 },
  sample: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'muster-bench-'));
    const assembly = join(folder, 'assembly');
    try {
      const recorded = await record(folder, assembly);
      const pairs: { own: number; floor: number }[] = [];
      for (let round = 0; round < ROUNDS; round += 1)
        pairs.push({ own: await deployToLocal(folder, assembly), floor: await deployToTape(recorded, assembly) });
      const middle = (which: 'own' | 'floor'): string => median(pairs.map((pair) => pair[which])).toFixed(1);
      return { values: pairs.map(({ own, floor }) => own / floor), absolute: `${middle('own')} s against ${middle('floor')} s` };
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  },
};
