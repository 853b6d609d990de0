import { makeCsr, provePki } from '../../../../approaches/pki/prove.ts';
import type { OperatorScope } from '../../../../domain/operator-scope.ts';
import type { OperationCall } from '../../../../lambdas/operations/operation-call.ts';
import { NOON } from '../../../builders/enrollment.ts';

export const ANN = 'arn:aws:iam::111122223333:user/ann';
export const DAY_MS = 86_400_000;

/** A call as the frame of operations makes it. */
export const aCall = (more: Partial<OperationCall> & { readonly scope?: OperatorScope } = {}): OperationCall => ({
  scope: { name: 'operator', role: 'operator' },
  actor: { kind: 'operator', arn: ANN },
  eventId: 'event-1',
  at: NOON,
  isDryRun: false,
  ...more,
});

export const aCsr = async (kind: Parameters<typeof provePki.makeKey>[0] = 'ec-p256'): Promise<string> =>
  makeCsr('batch-7', await provePki.makeKey(kind));
