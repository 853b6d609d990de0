import type { PolicyDocument, PolicyStatement } from './policy-document.ts';

/** Who wants to assume a role, and the condition keys that STS knows of the request (e.g. `sts:ExternalId`). */
export interface AssumeRequest {
  readonly principal: { readonly service: string } | { readonly accountId: string; readonly arn: string };
  readonly context: Readonly<Record<string, string>>;
}

const wildcard = (pattern: string): RegExp =>
  new RegExp(
    `^${pattern
      .replace(/[$()+.[\\\]^{|}]/g, String.raw`\$&`)
      .replace(/\*/g, '.*')
      .replace(/\?/g, '.')}$`,
    'is',
  );

/** The role behind a session, because a trust policy names the role and means its sessions. */
const roleArnOfSession = (arn: string): string =>
  arn.replace(/^arn:([^:]+):sts::(\d+):assumed-role\/([^/]+)\/.*$/, 'arn:$1:iam::$2:role/$3');

const namesPrincipal = (one: PolicyStatement, who: AssumeRequest['principal']): boolean => {
  if ('service' in who) return (one.Principal?.Service ?? []).includes(who.service);
  const accepted = ['*', who.accountId, `arn:aws:iam::${who.accountId}:root`, who.arn, roleArnOfSession(who.arn)];
  return (one.Principal?.AWS ?? []).some((named) => accepted.includes(named));
};

const operators: Readonly<Record<string, (actual: string | undefined, expected: readonly string[]) => boolean>> = {
  StringEquals: (actual, expected) => actual !== undefined && expected.includes(actual),
  StringNotEquals: (actual, expected) => actual === undefined || !expected.includes(actual),
  StringLike: (actual, expected) => actual !== undefined && expected.some((pattern) => wildcard(pattern).test(actual)),
  ArnLike: (actual, expected) => actual !== undefined && expected.some((pattern) => wildcard(pattern).test(actual)),
  ArnEquals: (actual, expected) => actual !== undefined && expected.some((pattern) => wildcard(pattern).test(actual)),
  Null: (actual, expected) => expected.includes(actual === undefined ? 'true' : 'false'),
};

/** An operator that is not known here makes no Allow hold and every Deny hold: fail closed. */
const conditionHolds = (one: PolicyStatement, context: AssumeRequest['context']): boolean =>
  Object.entries(one.Condition ?? {}).every(([operator, keys]) => {
    const holds = operators[operator];
    if (holds === undefined) return one.Effect === 'Deny';
    return Object.entries(keys).every(([key, expected]) => holds(context[key], expected));
  });

const isAboutAssumeRole = (one: PolicyStatement): boolean =>
  one.Action === undefined
    ? !(one.NotAction ?? []).some((action) => wildcard(action).test('sts:AssumeRole'))
    : one.Action.some((action) => wildcard(action).test('sts:AssumeRole'));

/** Whether a role's trust policy lets that principal assume it: a matching Allow and no matching Deny. */
export const isTrusted = (trustPolicy: PolicyDocument, request: AssumeRequest): boolean => {
  const matching = trustPolicy.Statement.filter(
    (one) => isAboutAssumeRole(one) && namesPrincipal(one, request.principal) && conditionHolds(one, request.context),
  );
  return matching.some(({ Effect }) => Effect === 'Allow') && !matching.some(({ Effect }) => Effect === 'Deny');
};
