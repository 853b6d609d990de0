import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { deployLocally } from '../../../demo/local-deployment.ts';
import type { LocalAws, LocalAwsOptions } from '../../../local/main.ts';
import { RunningClock } from '../../../local/running-clock.ts';
import { ENVIRONMENT_VARIABLE, type SharedEnvironment } from '../environment/shared-environment.ts';
import { makeIotLogGroup, switchIotLoggingOn } from './iot-logging.ts';
import { type Stage, openStage } from './stage.ts';

/** A local AWS with a fleet of a suite's own configuration, whose time the suite moves. */
export interface OwnFleet {
  readonly aws: LocalAws;
  readonly clock: RunningClock;
  readonly stage: Stage;
  /** For what the suite writes; it goes with the fleet. */
  readonly folder: string;
  stop(): Promise<void>;
}

interface OwnFleetWishes extends Pick<LocalAwsOptions, 'iotSettings' | 'iotBehaviour'> {
  /** What is deployed; it is told where the local AWS listens. */
  readonly configuration: (aws: LocalAws) => object | Promise<object>;
  /** Whether AWS IoT writes its own log, into a group that is there before Muster comes. */
  readonly isLogging?: boolean;
}

/** What opens the shared deployment after this, in this process, opens this one. */
export const deployOwnFleet = async ({
  configuration,
  isLogging = false,
  iotSettings = {},
  iotBehaviour = {},
}: OwnFleetWishes): Promise<OwnFleet> => {
  const folder = await mkdtemp(join(tmpdir(), 'muster-own-fleet-'));
  const configurationFile = join(folder, 'muster.config.json');
  const clock = new RunningClock();
  const deployment = await deployLocally({
    local: { clock, iotSettings, iotBehaviour },
    configurationFile: async (aws) => {
      if (isLogging) await makeIotLogGroup(aws);
      await writeFile(configurationFile, JSON.stringify(await configuration(aws)));
      return configurationFile;
    },
  });
  const { endpoint, account, credentials, mqtt, rootCa, environment } = deployment.local;
  const shared: SharedEnvironment = {
    ...{ endpoint, account, credentials, mqtt, rootCa, assembly: deployment.assembly, iotLogFile: undefined },
    environment: { ...environment, MUSTER_CONFIG: configurationFile },
  };
  process.env[ENVIRONMENT_VARIABLE] = JSON.stringify(shared);
  const stage = await openStage();
  if (isLogging) await switchIotLoggingOn(stage);
  const stop = async (): Promise<void> => {
    await stage.close();
    await deployment.stop();
    await rm(folder, { recursive: true });
  };
  return { aws: deployment.local, clock, stage, folder, stop };
};
