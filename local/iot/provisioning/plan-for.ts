import type { Account } from '../../account.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { ProvisioningRefusal } from './refusal.ts';
import { EvaluationFailure } from './template/evaluate-functions.ts';
import { evaluateTemplate, type ProvisioningPlan } from './template/evaluate-template.ts';
import type { TemplateDocument } from './template/template-document.ts';

export interface PlanRequest {
  /** The device's parameters with the hook's overrides. */
  readonly parameters: ReadonlyMap<string, string>;
  readonly certificateId: string;
  /** More pseudo parameters: what the certificate's subject says (DG:jit-provisioning). */
  readonly subject?: ReadonlyMap<string, string>;
  readonly account: Account;
  readonly behaviour: IotBehaviour;
}

function usableParameters(template: TemplateDocument, { parameters, behaviour }: PlanRequest): ReadonlyMap<string, string> {
  const ignoresReserved = behaviour['provisioning.reserved-parameters'] === 'ignored';
  const usable = new Map([...parameters].filter(([name]) => !ignoresReserved || !name.startsWith('AWS::')));
  const stranger = [...usable.keys()].find((name) => !template.parameters.has(name));
  if (stranger !== undefined && behaviour['provisioning.undeclared-parameters'] === 'refused') {
    const what = `the template declares no parameter ${stranger}`;
    throw new ProvisioningRefusal('parameters-invalid', { log: what, device: what });
  }
  return usable;
}

const pseudoParameters = ({ certificateId, subject = new Map(), account }: PlanRequest): ReadonlyMap<string, string> =>
  new Map([
    ...subject,
    ['AWS::IoT::Certificate::Id', certificateId],
    ['AWS::AccountId', account.accountId],
    ['AWS::Region', account.region],
  ]);

/** What the template asks for with these parameters. @throws ProvisioningRefusal */
export function planFor(template: TemplateDocument, request: PlanRequest): ProvisioningPlan {
  const parameters = usableParameters(template, request);
  try {
    return evaluateTemplate(template, parameters, pseudoParameters(request));
  } catch (error) {
    if (!(error instanceof EvaluationFailure)) throw error;
    const { message, missingParameter } = error;
    if (missingParameter === undefined) throw new ProvisioningRefusal('template-evaluation-failed', { log: message, device: message });
    throw new ProvisioningRefusal('parameter-missing', { log: message, device: missingParameter });
  }
}
