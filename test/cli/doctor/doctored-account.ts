import { openAccountReads } from '../../../aws/open/account-reads.ts';
import { checks } from '../../../cli/doctor/checks.ts';
import type { DoctorPhase } from '../../../cli/doctor/check.ts';
import { readDeployed } from '../../../cli/doctor/deployed.ts';
import { type Diagnosis, examine } from '../../../cli/doctor/examine.ts';
import { type Configuration, parseConfiguration } from '../../../domain/configuration.ts';
import type { OperationsClient } from '../../../domain/operations-client.ts';
import { type LocalAws, startLocalAws } from '../../../local/main.ts';
import { RunningClock } from '../../../local/running-clock.ts';
import { inProcessOperations } from '../../fakes/in-process-operations.ts';

/** A local AWS with nothing of Muster in it, and a doctor for it. */
export interface DoctoredAccount {
  readonly aws: LocalAws;
  /** For SDK clients that break things. */
  readonly config: ReturnType<typeof configOf>;
  /** Moves its time forward. */
  advance(byMs: number): void;
  /** What one check finds. */
  examine(check: string, wishes?: DoctorWishes): Promise<readonly Diagnosis[]>;
}

interface DoctorWishes {
  readonly phase?: DoctorPhase;
  readonly configuration?: object;
  readonly operations?: OperationsClient;
  /** Whoever looks; by default somebody who may see everything. */
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

const configOf = ({ endpoint, account, credentials }: LocalAws) => ({ endpoint, region: account.region, credentials, maxAttempts: 1 });

export const openDoctoredAccount = async (): Promise<DoctoredAccount> => {
  const clock = new RunningClock();
  const aws = await startLocalAws({ clock });
  const config = configOf(aws);
  return {
    aws,
    config,
    advance: (byMs) => {
      clock.advance(byMs);
    },
    examine(
      name,
      { phase = 'after', configuration: wanted = {}, operations = inProcessOperations().client, credentials = config.credentials } = {},
    ) {
      const configuration: Configuration = parseConfiguration(wanted, ['pki', 'psk', 'oauth']);
      const account = openAccountReads({ endpoint: config.endpoint, region: config.region, credentials });
      const chosen = checks.filter((check) => check.name === name);
      if (chosen.length === 0) throw new Error(`There is no check "${name}".`);
      const context = {
        configuration,
        account,
        deployed: readDeployed(account, configuration),
        operations: () => Promise.resolve(operations),
      };
      return examine(chosen, phase, context);
    },
  };
};
