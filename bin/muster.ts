import { App } from 'aws-cdk-lib';
import { type ApproachName, approachNames } from '../approaches/index.ts';
import { ConfigurationError } from '../domain/configuration/configuration-error.ts';
import type { ApproachDeployment } from '../lib/approach-deployment.ts';
import { buildMuster } from '../lib/muster.ts';
import * as approaches from './approaches.ts';
import { readConfiguration } from './read-configuration.ts';

const deployments = approaches satisfies Record<ApproachName, ApproachDeployment>;

try {
  buildMuster(new App(), readConfiguration(process.env, approachNames), deployments);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  // Ends before the app synthesizes itself: half an app must not be deployed.
  process.exit(1);
}
