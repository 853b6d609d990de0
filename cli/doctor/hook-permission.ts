import * as z from 'zod/mini';
import { type Check, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

const oneOrMore = z.union([z.string(), z.array(z.string())]);
const policy = z.object({
  Statement: z.array(
    z.looseObject({
      Effect: z.string(),
      Action: oneOrMore,
      Principal: z.optional(z.union([z.string(), z.looseObject({ Service: z.optional(oneOrMore) })])),
      Condition: z.optional(z.record(z.string(), z.record(z.string(), oneOrMore))),
    }),
  ),
});

/** Whether AWS IoT may call the hook for each template: without that it refuses every device. */
export const hookPermission: Check = {
  name: 'hook-permission',
  phases: ['after'],
  run: async ({ account, deployed }) =>
    lookAtEach((await deployed.resources()).filter(isOfType('AWS::IoT::ProvisioningTemplate')), ({ physicalId: name }) => ({
      at: `who may call the hook of "${name}"`,
      findings: async () => {
        const template = await account.iot.template(name);
        // Of both another check tells.
        if (template?.hook === undefined) return [];
        const found = await account.functionPolicy(template.hook);
        if (found !== undefined && letsIn(found, template.arn)) return [ok(`AWS IoT may call the hook for "${name}"`)];
        const why = 'Somebody took the permission away. AWS IoT then refuses every device of the line, and says no more.';
        return [problem(`AWS IoT may not call the hook for "${name}"`, why, 'Take the change back by hand, or deploy the line anew.')];
      },
    })),
};

const letsIn = (text: string, templateArn: string): boolean => {
  const read = z.safeParse(policy, JSON.parse(text));
  return read.data?.Statement.some((statement) => isForAwsIot(statement) && isAbout(statement, templateArn)) ?? false;
};

type Statement = z.infer<typeof policy>['Statement'][number];

const isForAwsIot = ({ Effect, Principal }: Statement): boolean =>
  Effect === 'Allow' && typeof Principal === 'object' && [Principal.Service].flat().includes('iot.amazonaws.com');

// The operators that take an ARN do not care for the case of their names' first part: ArnLike, ArnEquals, StringEquals.
const isAbout = ({ Condition = {} }: Statement, templateArn: string): boolean => {
  const sources = Object.values(Condition).flatMap((keys) => Object.entries(keys).filter(([key]) => key.toLowerCase() === 'aws:sourcearn'));
  return sources.length === 0 || sources.some(([, values]) => [values].flat().includes(templateArn));
};
