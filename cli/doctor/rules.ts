import { type Check, type Finding, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

/** Whether what listens still listens: to connections of devices, and to the clock. */
export const rules: Check = {
  name: 'rules',
  phases: ['after'],
  run: async ({ account, deployed }) => {
    const resources = await deployed.resources();
    const ofIot = resources.filter(isOfType('AWS::IoT::TopicRule'));
    const ofEvents = resources.filter(isOfType('AWS::Events::Rule'));
    const [first, second] = await Promise.all([
      lookAtEach(ofIot, ({ physicalId }) => ({
        at: `the topic rule "${physicalId}"`,
        findings: async () => judge(`topic rule "${physicalId}"`, await account.iot.isTopicRuleEnabled(physicalId)),
      })),
      lookAtEach(ofEvents, ({ physicalId }) => ({
        at: `the event rule "${physicalId}"`,
        findings: async () => judge(`event rule "${physicalId}"`, await account.isEventRuleEnabled(physicalId)),
      })),
    ]);
    return [...first, ...second];
  },
};

const judge = (rule: string, isEnabled: boolean | undefined): readonly Finding[] => {
  if (isEnabled === true) return [ok(`the ${rule} is enabled`)];
  const why = 'What it hears of is not done: devices are not activated, claims not closed.';
  return [
    problem(
      `the ${rule} is ${isEnabled === false ? 'disabled' : 'gone'}`,
      why,
      isEnabled === false ? 'Enable it.' : 'npx cdk deploy --all',
    ),
  ];
};
