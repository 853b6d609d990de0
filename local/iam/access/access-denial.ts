import { AwsError } from '../../aws-error.ts';
import type { AccessRequest } from './access-request.ts';
import type { AccessDecision } from './decide-access.ts';

/** How a service words that IAM does not let somebody do something. */
export interface DenialStyle {
  readonly code: string;
  readonly status: number;
  /** Its spelling of the action; default as IAM has it. */
  readonly action?: (action: string) => string;
  /** Whether it keeps to itself which policy is the reason. */
  readonly isTerse?: boolean;
  /** Its spelling of the resource; default the ARN. */
  readonly resource?: (resource: string) => string;
}

const same = (text: string): string => text;

/** AWS's own words (IAM User Guide, "Troubleshoot access denied error messages"). */
export const accessDenied = (
  arn: string,
  { action, resource }: AccessRequest,
  { decision, style }: { readonly decision: Extract<AccessDecision, { isAllowed: false }>; readonly style: DenialStyle },
): AwsError => {
  const spelled = (style.action ?? same)(action);
  const article = decision.kind === 'identity-based policy' ? 'an' : 'a';
  const why = decision.isExplicit
    ? `with an explicit deny in ${article} ${decision.kind}`
    : `because no ${decision.kind} allows the ${spelled} action`;
  const message = `User: ${arn} is not authorized to perform: ${spelled} on resource: ${(style.resource ?? same)(resource)}`;
  return new AwsError(style.code, style.isTerse === true ? message : `${message} ${why}`, { status: style.status });
};
