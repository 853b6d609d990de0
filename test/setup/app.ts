import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { approachNames } from '../../approaches/index.ts';
import { deployPki } from '../../approaches/pki/deploy.ts';
import { parseConfiguration } from '../../domain/configuration.ts';
import { buildMuster } from '../../lib/muster.ts';
import type { ApproachDeployments } from '../../lib/onboarding/onboarding-stack.ts';

const cdkJson = JSON.parse(readFileSync(new URL('../../cdk.json', import.meta.url), 'utf8')) as { context: Record<string, unknown> };

const outputs = mkdtempSync(join(tmpdir(), 'muster-synth-'));
let count = 0;

afterAll(() => {
  rmSync(outputs, { recursive: true });
});

/** An app with the feature flags of `cdk synth`, whose functions are not bundled. */
export const testApp = (context: Readonly<Record<string, unknown>> = {}): App =>
  new App({ outdir: join(outputs, String((count += 1))), context: { ...cdkJson.context, 'aws:cdk:bundling-stacks': [], ...context } });

export interface Built {
  /** As a user would write it; the defaults when left out. */
  readonly configuration?: unknown;
  readonly context?: Readonly<Record<string, unknown>>;
  readonly approaches?: ApproachDeployments;
}

/** Muster as `bin/muster.ts` builds it, not yet synthesized. */
export const buildTestApp = ({ configuration = {}, context, approaches = { pki: deployPki } }: Built = {}) => {
  const app = testApp(context);
  return { app, ...buildMuster(app, parseConfiguration(configuration, [...approachNames, ...Object.keys(approaches)]), approaches) };
};

/** The templates of the stacks. */
export const synthesize = (built: Built = {}) => {
  const { records, audit, onboarding, operations } = buildTestApp(built);
  return {
    records: Template.fromStack(records),
    audit: Template.fromStack(audit),
    onboarding: Template.fromStack(onboarding),
    operations: Template.fromStack(operations),
  };
};
