import type { Permissions } from '../permissions.ts';
import { type PolicyDocument, type PolicyScope, type PolicyStatement, arnWriter } from '../policy-document.ts';

/** How long one document may be in characters, and how many there may be, in an authorizer's answer (AWS General Reference, AWS IoT Core quotas). */
export const MAX_DOCUMENT_LENGTH = 2048;
export const MAX_DOCUMENTS = 10;

/** What would be allowed does not fit into an authorizer's answer. */
export class OversizedPolicyError extends Error {
  override readonly name = 'OversizedPolicyError';
  readonly code = 'ERR_OVERSIZED_POLICY';
}

/**
 * Permissions as documents that each fit into an authorizer's answer, as JSON text.
 * @throws OversizedPolicyError
 */
export const packPolicies = (scope: PolicyScope, permissions: Permissions): readonly string[] => {
  const packed: string[] = [];
  let begun: readonly Grant[] = [];
  for (const grant of grantsOf(scope, permissions)) {
    const longer = [...begun, grant];
    if (begun.length > 0 && textOf(longer).length > MAX_DOCUMENT_LENGTH) {
      packed.push(textOf(begun));
      begun = [grant];
    } else begun = longer;
  }
  if (begun.length > 0) packed.push(textOf(begun));
  if (packed.length > MAX_DOCUMENTS || packed.some(({ length }) => length > MAX_DOCUMENT_LENGTH))
    throw new OversizedPolicyError(
      `${packed.length} documents, the longest of ${Math.max(...packed.map(({ length }) => length))} characters.`,
    );
  return packed;
};

interface Grant {
  readonly actions: readonly string[];
  readonly resource: string;
}

// A topic that is both published and read is named once.
const grantsOf = (scope: PolicyScope, { connect, publish, receive, subscribe }: Permissions): readonly Grant[] => {
  const arn = arnWriter(scope);
  const grants = (actions: readonly string[], kind: Parameters<typeof arn>[0], names: readonly string[]) =>
    names.map((name) => ({ actions, resource: arn(kind, name) }));
  return [
    ...grants(['iot:Connect'], 'client', connect),
    ...grants(
      ['iot:Publish', 'iot:Receive'],
      'topic',
      publish.filter((name) => receive.includes(name)),
    ),
    ...grants(
      ['iot:Publish'],
      'topic',
      publish.filter((name) => !receive.includes(name)),
    ),
    ...grants(
      ['iot:Receive'],
      'topic',
      receive.filter((name) => !publish.includes(name)),
    ),
    ...grants(['iot:Subscribe'], 'topicfilter', subscribe),
  ];
};

const textOf = (grants: readonly Grant[]): string => {
  const byActions = Map.groupBy(grants, ({ actions }) => actions.join());
  const Statement = [...byActions.values()].map(
    (alike): PolicyStatement => ({
      Effect: 'Allow',
      Action: alike[0]?.actions ?? [],
      Resource: alike.map(({ resource }) => resource),
    }),
  );
  const document: PolicyDocument = { Version: '2012-10-17', Statement };
  return JSON.stringify(document);
};
