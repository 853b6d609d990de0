import { isJsonObject, type JsonObject } from '../../json-object.ts';
import type { IotBehaviour } from '../behaviour/behaviour.ts';
import { brokenParameter } from './parameter-limits.ts';
import { ProvisioningRefusal } from './refusal.ts';

const invalid = (what: string): ProvisioningRefusal => new ProvisioningRefusal('hook-answer-invalid', { log: `The hook answered ${what}` });

/** String → string, within the limits of the parameters that they join or replace. */
function readOverrides(value: unknown): ReadonlyMap<string, string> {
  if (!isJsonObject(value)) throw invalid('with parameterOverrides that are no object');
  return new Map(
    Object.entries(value).map(([name, override]) => {
      const problem = brokenParameter(name, override);
      if (problem !== undefined) throw invalid(`with parameterOverrides of which ${problem}`);
      return [name, String(override)];
    }),
  );
}

function isAdmitted(answer: JsonObject, behaviour: IotBehaviour): boolean {
  const { allowProvisioning } = answer;
  const isTextTrue = behaviour['provisioning.hook-accepts-text-true'] && allowProvisioning === 'true';
  if (typeof allowProvisioning !== 'boolean' && !isTextTrue) throw invalid('without allowProvisioning being true or false');
  return isTextTrue || allowProvisioning === true;
}

/** The overrides of an answer that admits (DG:pre-provisioning-hook). @throws ProvisioningRefusal */
export function readHookAnswer(answer: unknown, behaviour: IotBehaviour): ReadonlyMap<string, string> {
  if (!isJsonObject(answer)) throw invalid('with something else than an object');
  if (!isAdmitted(answer, behaviour)) throw new ProvisioningRefusal('hook-denied', { log: 'The hook denied provisioning' });
  const { parameterOverrides } = answer;
  if (parameterOverrides !== undefined) return readOverrides(parameterOverrides);
  if (behaviour['provisioning.hook-overrides-are-required']) throw invalid('without parameterOverrides');
  return new Map();
}
