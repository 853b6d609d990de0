import { CloudFormationClient, ListStacksCommand } from '@aws-sdk/client-cloudformation';
import { IAMClient, ListRolesCommand } from '@aws-sdk/client-iam';
import { ListBucketsCommand, S3Client } from '@aws-sdk/client-s3';
import { GetParametersCommand, SSMClient } from '@aws-sdk/client-ssm';
import type { LocalAwsOptions } from '../../../local/main.ts';
import { startLocalAws } from '../../../local/main.ts';
import type { ForeignAws } from './foreign-aws.ts';
import { foreignAws } from './foreign-aws.ts';

/** What a suite runs against. */
export interface Target extends Omit<ForeignAws, 'devices'> {
  /** Somebody else's: it may hold more than the suite knows of, and may lack something. */
  readonly isForeign: boolean;
  /** Why a service cannot be used there; undefined when it can. */
  readonly lacks: (service: ProbedService) => string | undefined;
  close(): Promise<void>;
}

/** One harmless question to each service. */
const probes = {
  cloudformation: (config: object) => new CloudFormationClient(config).send(new ListStacksCommand({})),
  iam: (config: object) => new IAMClient(config).send(new ListRolesCommand({})),
  s3: (config: object) => new S3Client({ ...config, forcePathStyle: true }).send(new ListBucketsCommand({})),
  ssm: (config: object) => new SSMClient(config).send(new GetParametersCommand({ Names: ['/nothing'] })),
};

export type ProbedService = keyof typeof probes;

const services = Object.keys(probes) as ProbedService[];

/** What every service of an endpoint answers to one question: the reasons why some cannot be used. */
const probe = async ({ endpoint, account, credentials }: Omit<ForeignAws, 'devices'>): Promise<ReadonlyMap<ProbedService, string>> => {
  const config = { endpoint, credentials, region: account.region, maxAttempts: 1 };
  const answers = await Promise.all(
    services.map(async (service): Promise<readonly (readonly [ProbedService, string])[]> => {
      try {
        await probes[service](config);
        return [];
      } catch (thrown) {
        return [[service, `${service} at ${endpoint} answers ${String(thrown)}`]];
      }
    }),
  );
  return new Map(answers.flat());
};

/** The endpoint that the variables name, else a local AWS of the suite's own. */
export const openTarget = async (
  options: LocalAwsOptions = {},
  variables: Readonly<Record<string, string | undefined>> = process.env,
): Promise<Target> => {
  const foreign = await foreignAws(variables);
  if (foreign !== undefined) {
    const missing = await probe(foreign);
    for (const reason of missing.values()) process.stderr.write(`Skipping what needs it: ${reason}\n`);
    return { ...foreign, isForeign: true, lacks: (service) => missing.get(service), close: () => Promise.resolve() };
  }
  const local = await startLocalAws(options);
  const { endpoint, account, credentials, environment } = local;
  return { endpoint, account, credentials, environment, isForeign: false, lacks: () => undefined, close: () => local.stop() };
};

/** Defines a test that needs these services of the target; where one is missing, the test is skipped and says why. */
export const testOn =
  (target: Target, needs: readonly ProbedService[]) =>
  (title: string, run: () => Promise<void>): void => {
    const reason = needs.map((service) => target.lacks(service)).find((lack) => lack !== undefined);
    if (reason === undefined) test(title, run);
    else test.skip(`${title} (skipped: ${reason})`, run);
  };
