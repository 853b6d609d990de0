import type { App } from 'aws-cdk-lib';
import type { Configuration } from '../domain/configuration.ts';
import { addChecks } from './checks.ts';
import { OperationsStack } from './operations-stack.ts';
import { RecordsStack } from './records-stack.ts';
import { lifetimeOf } from './lifetime.ts';
import { type ApproachDeployments, OnboardingStack } from './onboarding-stack.ts';

/** Builds the whole of Muster into an app: its stacks, by the lifetime of what is in them. */
export const buildMuster = (app: App, configuration: Configuration, approaches: ApproachDeployments) => {
  const records = new RecordsStack(app, configuration, lifetimeOf(app));
  const onboarding = new OnboardingStack(app, { configuration, records, approaches });
  const operations = new OperationsStack(app, { configuration, records });
  addChecks(app, configuration);
  return { records, onboarding, operations };
};
