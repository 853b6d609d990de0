import type { LocalDeployment } from '../../../demo/local-deployment.ts';
import type { FleetHome } from '../../../demo/fleet.ts';

/** What suites may know of the deployment that they share; its `environment` names the deployed configuration, too. */
export interface SharedEnvironment extends FleetHome {
  /** What AWS IoT writes to its own log, `AWSIotLogsV2`: one entry of JSON per line. Undefined at an endpoint of somebody else. */
  readonly iotLogFile: string | undefined;
  /** The folder of what the CDK CLI synthesized and deployed. */
  readonly assembly: string;
}

/** How the process that runs the deployment tells those that run the suites. */
export const ENVIRONMENT_VARIABLE = 'MUSTER_E2E_ENVIRONMENT';

/** Points this process's SDKs at the shared deployment. */
export const useSharedEnvironment = (): SharedEnvironment => {
  const described = process.env[ENVIRONMENT_VARIABLE];
  if (described === undefined) throw new Error('No deployment is running; run this suite through jest, which starts one.');
  const shared = JSON.parse(described) as SharedEnvironment;
  Object.assign(process.env, shared.environment);
  return shared;
};

// jest loads the set-up and the tear-down apart from each other; only the process is theirs both.
const slot = Symbol.for('muster.e2e.deployment');

export const keepRunning = (deployment: LocalDeployment): void => {
  Reflect.set(globalThis, slot, deployment);
};

export const running = (): LocalDeployment | undefined => Reflect.get(globalThis, slot) as LocalDeployment | undefined;
