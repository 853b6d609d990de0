import type { App } from 'aws-cdk-lib';
import type { Configuration } from '../domain/configuration.ts';
import { AuditStack } from './audit/audit-stack.ts';
import { AuthorityStack } from './authority/authority-stack.ts';
import { addChecks } from './checks.ts';
import type { IssuingAuthority } from './authority/issuing-authority.ts';
import { OperationsStack } from './operations/operations-stack.ts';
import { RecordsStack } from './records/records-stack.ts';
import { type Lifetime, lifetimeOf } from './lifetime.ts';
import { type ApproachDeployments, OnboardingStack } from './onboarding/onboarding-stack.ts';

/** Builds the whole of Muster into an app: its stacks, by the lifetime of what is in them. */
export const buildMuster = (app: App, configuration: Configuration, approaches: ApproachDeployments) => {
  const lifetime = lifetimeOf(app);
  const records = new RecordsStack(app, configuration, lifetime);
  const authority = issuingAuthority(app, configuration, lifetime);
  const onboarding = new OnboardingStack(app, { configuration, records, authority, approaches });
  const operations = new OperationsStack(app, { configuration, records, authority });
  const audit = new AuditStack(app, { configuration, records });
  // Nobody decides before somebody takes down what was decided.
  for (const stack of [onboarding, operations]) stack.addStackDependency(audit);
  addChecks(app, configuration);
  return { records, audit, onboarding, operations };
};

// Who issues certificates to devices, where that is not AWS IoT: one that is made, or one that there is.
const issuingAuthority = (app: App, configuration: Configuration, lifetime: Lifetime): IssuingAuthority | undefined => {
  const { certificateAuthority: authority } = configuration;
  if (authority === undefined) return undefined;
  const { arn, signingAlgorithm } = authority;
  if (arn !== undefined && signingAlgorithm !== undefined) return { arn, signingAlgorithm };
  return new AuthorityStack(app, { configuration, authority, lifetime }).authority;
};
