import { isObject } from '../json.ts';
import { type Mistake, ruleFor } from '../rule.ts';
import { isJustInTime, TEMPLATE_TYPE } from './body.ts';

const PAYLOAD_VERSION = '2020-04-01';

/** DG:pre-provisioning-hook. */
export const templateHook = ruleFor(
  TEMPLATE_TYPE,
  { name: 'template-without-hook', why: 'Without a hook, whoever holds a claim provisions whatever it names.' },
  (template) => [
    // Just-in-time provisioning can have none; that it is used at all is another rule's concern.
    ...(isJustInTime(template) ? [] : hookMistakes(template.properties['PreProvisioningHook'])),
    ...enabledMistakes(template.properties['Enabled']),
  ],
);

const hookMistakes = (hook: unknown): readonly Mistake[] => {
  if (!isObject(hook) || hook['TargetArn'] === undefined) {
    return [{ got: 'a template with no hook', allowed: 'a PreProvisioningHook with a TargetArn', fix: 'name the function that decides' }];
  }
  return hook['PayloadVersion'] === PAYLOAD_VERSION
    ? []
    : [
        {
          got: `payload version ${JSON.stringify(hook['PayloadVersion'])}`,
          allowed: PAYLOAD_VERSION,
          fix: 'set it to the version that the function reads',
        },
      ];
};

// Left out, it has been seen to mean false, though no page says so.
const enabledMistakes = (enabled: unknown): readonly Mistake[] =>
  typeof enabled === 'boolean'
    ? []
    : [{ got: 'a template that does not say whether it is enabled', allowed: 'true or false', fix: 'set Enabled' }];
