import { isDeepStrictEqual } from 'node:util';
import * as z from 'zod/mini';
import type { StackResource, TemplateState } from '../../domain/account-ports.ts';
import { type Check, type DoctorContext, type Finding, ok, problem } from './check.ts';
import { lookAtEach } from './look.ts';
import { isOfType } from './of-type.ts';

const DEPLOY = 'npx cdk deploy --all; where it sees nothing to do, take the change back by hand';

/** Whether devices come in by the templates that were deployed, and by nothing else. */
export const templates: Check = {
  name: 'templates',
  phases: ['after'],
  run: async (context) => {
    const resources = await context.deployed.resources();
    const functions = resources.filter(isOfType('AWS::Lambda::Alias')).map(({ physicalId }) => physicalId);
    return lookAtEach(resources.filter(isOfType('AWS::IoT::ProvisioningTemplate')), (resource) => ({
      at: `the provisioning template "${resource.physicalId}"`,
      findings: async () => {
        const state = await context.account.iot.template(resource.physicalId);
        if (state === undefined)
          return [problem(`the provisioning template "${resource.physicalId}" is gone`, 'Nobody comes in by it.', DEPLOY)];
        const wrong = [
          ...standing(resource.physicalId, state),
          ...asked(resource.physicalId, { state, functions }),
          ...(await deployedBody(context, resource, state)),
        ];
        return wrong.length > 0
          ? wrong
          : [ok(`the provisioning template "${resource.physicalId}" is enabled, asks our hook, and is as deployed`)];
      },
    }));
  },
};

const standing = (name: string, { isEnabled }: TemplateState): readonly Finding[] =>
  isEnabled
    ? []
    : [
        problem(
          `the provisioning template "${name}" is disabled`,
          'No device of the line comes in.',
          `If that is not on purpose: ${DEPLOY}`,
        ),
      ];

interface Hooked {
  readonly state: TemplateState;
  /** ARNs of our own. */
  readonly functions: readonly string[];
}

const asked = (name: string, { state: { hook }, functions }: Hooked): readonly Finding[] => {
  if (hook === undefined)
    return [
      problem(
        `the provisioning template "${name}" asks no hook`,
        'Whoever holds a claim comes in, with any serial number.',
        `Close the line's claims, then ${DEPLOY}`,
      ),
    ];
  if (functions.includes(hook)) return [];
  return [
    problem(
      `the provisioning template "${name}" asks ${hook}`,
      'That is not a function of this deployment: somebody else decides who comes in.',
      `Close the line's claims, then ${DEPLOY}`,
    ),
  ];
};

const deployedBody = async (
  { account }: DoctorContext,
  { physicalId, stack, logicalId }: StackResource,
  state: TemplateState,
): Promise<readonly Finding[]> => {
  const wanted = bodyIn(await account.stacks.template(stack), logicalId);
  if (wanted === undefined || isDeepStrictEqual(parsed(wanted), parsed(state.body))) return [];
  const version = state.defaultVersion === undefined ? 'its default version' : `version ${String(state.defaultVersion)}, its default`;
  return [
    problem(
      `the provisioning template "${physicalId}" is not what was deployed`,
      `Devices are given what ${version}, says, and nobody deployed that.`,
      DEPLOY,
    ),
  ];
};

const stackTemplate = z.object({
  Resources: z.record(z.string(), z.object({ Properties: z.optional(z.looseObject({ TemplateBody: z.optional(z.unknown()) })) })),
});

/** What a stack's template says of it; undefined where that is not plain text. */
const bodyIn = (template: string, logicalId: string): string | undefined => {
  const read = z.safeParse(stackTemplate, parsed(template));
  const body = read.data?.Resources[logicalId]?.Properties?.TemplateBody;
  return typeof body === 'string' ? body : undefined;
};

const parsed = (json: string): unknown => {
  try {
    return JSON.parse(json);
  } catch {
    return json;
  }
};
