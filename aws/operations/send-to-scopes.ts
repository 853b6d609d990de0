import * as z from 'zod/mini';
import { OperationError } from '../../domain/operation-error.ts';
import { type OperatorRole, type OperatorScope, reaches } from '../../domain/operator-scope.ts';
import { lineName } from '../../domain/identifiers.ts';
import { parseJson } from '../../domain/parse-json.ts';
import type { OperationRequest, Reply, SendOperation } from './operations-client.ts';

export interface ScopesProps {
  /** Every scope of the deployment. */
  readonly scopes: readonly OperatorScope[];
  /** The one to act in; undefined means whichever opens. */
  readonly wanted: string | undefined;
  /** The managed policy of IAM that opens a scope. */
  readonly policyOf: (scope: OperatorScope) => string;
  readonly post: (scope: OperatorScope, body: string) => Promise<Reply>;
}

/**
 * Brings each request to the scope that was asked for, or tries those that may do it: IAM opens some of them to a caller and
 * closes the others. The one that opened is asked first from then on.
 */
export const createSendToScopes = ({ scopes, wanted, policyOf, post }: ScopesProps): SendOperation => {
  const chosen = wanted === undefined ? undefined : scopeNamed(scopes, wanted);
  const opened = new Set<OperatorScope>();

  return async (request) => {
    const candidates = chosen === undefined ? scopesFor(scopes, request) : [chosen];
    const ordered = [...candidates.filter((scope) => opened.has(scope)), ...candidates.filter((scope) => !opened.has(scope))];
    for (const scope of ordered) {
      const reply = await post(scope, request.body);
      if (isClosedByIam(reply)) continue;
      opened.add(scope);
      return reply;
    }
    throw closed(request, candidates.map(policyOf));
  };
};

const scopeNamed = (scopes: readonly OperatorScope[], wanted: string): OperatorScope => {
  const found = scopes.find(({ name }) => name === wanted);
  if (found !== undefined) return found;
  throw new OperationError('ERR_INPUT', `There is no scope "${wanted}"; there are ${scopes.map(({ name }) => name).join(', ')}.`);
};

// Whoever may act as more than one acts as whom the operation asks the least of: a factory, for one, must bring a signature.
const order: readonly OperatorRole[] = ['operator', 'security', 'factory', 'auditor', 'support'];

const withLine = z.object({ line: lineName });

const scopesFor = (scopes: readonly OperatorScope[], { contract, input }: OperationRequest): readonly OperatorScope[] => {
  const parsed = z.safeParse(withLine, input);
  const what = parsed.success ? parsed.data : {};
  return scopes
    .filter((scope) => contract.roles.includes(scope.role) && reaches(scope, what))
    .toSorted((one, other) => order.indexOf(one.role) - order.indexOf(other.role));
};

const ours = z.object({ error: z.object({ code: z.string() }) });

/** Whether it was IAM that refused, before the function was asked: the function's own refusals say so in their own shape. */
const isClosedByIam = ({ status, body }: Reply): boolean => status === 403 && !z.safeParse(ours, parseJson(body)).success;

const closed = ({ contract }: OperationRequest, policies: readonly string[]): OperationError =>
  new OperationError(
    'ERR_NOT_ALLOWED',
    policies.length === 0
      ? `No scope of this deployment may do "${contract.name}" there.`
      : `AWS does not let you do "${contract.name}". Whoever runs the account can attach one of these managed policies to you: ${policies.join(', ')}.`,
  );
