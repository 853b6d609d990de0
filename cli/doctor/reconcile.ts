import type { OperationsClient } from '../../domain/operations-client.ts';
import { type ReconciliationFinding, reconciliationRun } from '../../domain/operations/reconciliation-run.ts';
import { explain } from '../explain-failure.ts';
import { patiently } from '../patiently.ts';
import { visible } from '../output/visible-text.ts';

/** What came of comparing the registry with AWS IoT. */
export interface ReconciliationReport {
  /** How many records, things and certificates were looked at. */
  readonly looked: number;
  readonly findings: readonly ReconciliationFinding[];
  /** Why it was not done to the end. */
  readonly stopped?: string;
}

export interface ReconciliationWishes {
  readonly client: () => Promise<OperationsClient>;
  readonly isDryRun: boolean;
  /** Told after each part. */
  readonly advance: (looked: number) => void;
}

/** Has the deployment compare all that it has with AWS IoT, part by part. Who is interrupted may begin again: what is right stays right. */
export const reconcile = async ({ client, isDryRun, advance }: ReconciliationWishes): Promise<ReconciliationReport> => {
  const findings: ReconciliationFinding[] = [];
  let looked = 0;
  let after: string | undefined;
  try {
    const operations = await client();
    do {
      const input = after === undefined ? {} : { after };
      const part = await patiently(() => operations.call(reconciliationRun, input, { isDryRun }));
      findings.push(...part.findings);
      looked += part.looked;
      after = part.next;
      advance(looked);
    } while (after !== undefined);
    return { looked, findings };
  } catch (error) {
    return { looked, findings, stopped: explain(error).split('\n')[0] ?? '' };
  }
};

/** The report, line by line, for people. */
export const reconciliationLines = ({ looked, findings, stopped }: ReconciliationReport): readonly string[] => [
  ...findings.map(lineOf),
  stopped === undefined
    ? `Compared ${looked} records, things and certificates with AWS IoT: ${findings.length} findings.`
    : `Could not compare the registry with AWS IoT: ${visible(stopped)}`,
];

const words = { left: 'left to you', planned: 'would be put right', repaired: 'put right', failed: 'could not be put right' } as const;

const lineOf = ({ kind, line, serialNumber, thingName, certificateId, got, fix, result }: ReconciliationFinding): string => {
  const subject = serialNumber === undefined ? (thingName ?? certificateId ?? '') : `${line ?? '?'}/${serialNumber}`;
  return visible(`${words[result]}: ${kind} ${subject}: ${got}${result === 'left' ? ` -> ${fix}` : ''}`);
};
