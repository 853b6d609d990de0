import * as z from 'zod';
import { assumed, seen, type BehaviourRows } from './row.ts';

const create = 'topic/$aws/certificates/create/*';
const createFromCsr = 'topic/$aws/certificates/create-from-csr/*';
const provision = 'topic/$aws/provisioning-templates/{template}/provision/*';
const topics = [create, createFromCsr, provision];
const filters = topics.map((topic) => topic.replace('topic/', 'topicfilter/'));

/** Provisioning templates and the temporary claims of trusted users. */
export const provisioningTemplateRows = {
  'template.is-enabled-by-default': seen(
    z.boolean(),
    false,
    'A template is disabled unless it is created with `enabled` (hashicorp/terraform-provider-aws#33347).',
  ),
  'template.role-is-checked-when-given': assumed(
    z.boolean(),
    true,
    'A provisioning role that does not exist or does not trust iot.amazonaws.com is refused with InvalidRequestException.',
  ),
  'template.hook-payload-versions': assumed(
    z.array(z.string().regex(/^[0-9-]{10,32}$/)).min(1),
    ['2020-04-01'],
    'The one payload version of hooks is 2020-04-01, which is also the default.',
  ),
  'template.override-spellings': assumed(
    z.enum(['both', 'examples', 'prose']),
    'both',
    'Override settings may be spelled as in the examples (`ThingGroups`) or in the prose (`THING_GROUPS`) of the developer guide.',
  ),
  'template.override-default': assumed(
    z.enum(['DO_NOTHING', 'REPLACE', 'FAIL']),
    'DO_NOTHING',
    'Without an override setting what exists is left alone.',
  ),
  'template.override-fail': assumed(
    z.enum(['on-difference', 'on-existence']),
    'on-difference',
    'The override setting FAIL fails only where the template and the thing differ.',
  ),
  'template.knows-account-and-region': assumed(
    z.boolean(),
    false,
    'The pseudo parameters `AWS::AccountId` and `AWS::Region` are refused: they are not listed for provisioning templates.',
  ),
  'template.sub-escapes': assumed(z.boolean(), true, 'In Fn::Sub, `${!name}` is the text `${name}`, as in CloudFormation.'),
  'template.policy-documents-are-literal': assumed(
    z.literal(true),
    true,
    'Policy documents in templates are taken literally; policy variables stay for the policy engine.',
  ),
  'template.default-version-deletion-error': assumed(
    z.enum(['DeleteConflictException', 'InvalidRequestException']),
    'DeleteConflictException',
    'DeleteProvisioningTemplateVersion answers DeleteConflictException for the default version.',
  ),
  'template.is-deleted-with-its-versions': assumed(
    z.boolean(),
    true,
    'DeleteProvisioningTemplate deletes the versions that are not the default one, too.',
  ),
  'template.cloudformation-makes-room': seen(
    z.boolean(),
    false,
    "CloudFormation fails at the sixth version of a template: AWS's handler waits for LimitExceededException, and AWS IoT throws another (aws-cloudformation/aws-cloudformation-resource-providers-iot).",
  ),
  'claim.permissions': assumed(
    z.record(z.enum(['iot:Connect', 'iot:Publish', 'iot:Receive', 'iot:Subscribe']), z.array(z.string())),
    { 'iot:Connect': ['client/*'], 'iot:Publish': topics, 'iot:Receive': topics, 'iot:Subscribe': filters },
    'A temporary claim may connect as any client, make certificates, and provision by its own template; nothing else.',
  ),
  'claim.ends-connections': assumed(
    z.boolean(),
    true,
    'Connections of a temporary claim are ended after it expired, like those of a certificate that is no longer active.',
  ),
} as const satisfies BehaviourRows;
