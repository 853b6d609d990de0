import { App } from 'aws-cdk-lib';
import { type ApproachName, approachNames } from '../approaches/index.ts';
import { deployPki } from '../approaches/pki/deploy.ts';
import { ConfigurationError } from '../domain/configuration-error.ts';
import type { ApproachDeployment } from '../lib/approach-deployment.ts';
import { buildMuster } from '../lib/muster.ts';
import { readConfiguration } from './read-configuration.ts';

/** One line per approach. */
const deployments = { pki: deployPki } satisfies Record<ApproachName, ApproachDeployment>;

try {
  buildMuster(new App(), readConfiguration(process.env, approachNames), deployments);
} catch (error) {
  if (!(error instanceof ConfigurationError)) throw error;
  process.stderr.write(`${error.message}\n`);
  // Ends before the app synthesizes itself: half an app must not be deployed.
  process.exit(1);
}
