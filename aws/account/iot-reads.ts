import {
  DescribeAuthorizerCommand,
  DescribeEndpointCommand,
  DescribeProvisioningTemplateCommand,
  DescribeThingGroupCommand,
  GetTopicRuleCommand,
  type IoTClient,
  paginateListAttachedPolicies,
  paginateListPolicies,
  paginateListProvisioningTemplates,
  paginateListThingGroups,
  paginateListThingTypes,
} from '@aws-sdk/client-iot';
import type { IotReads, TemplateState } from '../../domain/account-ports.ts';
import { createIotCertificateStates } from '../iot/certificate-states.ts';
import { createAccountSwitches } from './account-switches.ts';
import { spaced } from './spaced.ts';
import { unlessMissing } from './unless-missing.ts';

/** AWS IoT describes ten certificates a second to a whole account (General Reference, "AWS IoT Core control plane"); takes four. */
const CERTIFICATE_SPACING_MS = 250;

export const createIotReads = (client: IoTClient): IotReads => ({
  ...createAccountSwitches(client),
  async endpoint() {
    const { endpointAddress = '' } = await client.send(new DescribeEndpointCommand({ endpointType: 'iot:Data-ATS' }));
    return endpointAddress;
  },
  async namesInUse(prefix) {
    const those = async (pages: AsyncIterable<readonly (string | undefined)[]>): Promise<readonly string[]> => {
      const found: string[] = [];
      for await (const names of pages) found.push(...names.flatMap((name) => (name?.startsWith(prefix) === true ? [name] : [])));
      return found;
    };
    return {
      'provisioning template': await those(templateNames(client)),
      policy: await those(policyNames(client)),
      'thing group': await those(groupNames(client, prefix)),
      'thing type': await those(typeNames(client)),
    };
  },
  async templateNames() {
    const found: string[] = [];
    for await (const { templates = [] } of paginateListProvisioningTemplates({ client }, {}))
      found.push(...templates.flatMap(({ templateName, type }) => (type === 'JITP' ? [] : (templateName ?? []))));
    return found;
  },
  async template(name) {
    const found = await unlessMissing(client.send(new DescribeProvisioningTemplateCommand({ templateName: name })));
    return found === undefined ? undefined : templateOf(found);
  },
  async authorizer(name) {
    const found = await unlessMissing(client.send(new DescribeAuthorizerCommand({ authorizerName: name })));
    if (found?.authorizerDescription === undefined) return undefined;
    const { authorizerArn: arn = '', status, authorizerFunctionArn: functionArn = '' } = found.authorizerDescription;
    return { arn, isActive: status === 'ACTIVE', functionArn };
  },
  async groupPolicies(group) {
    const found = await unlessMissing(client.send(new DescribeThingGroupCommand({ thingGroupName: group })));
    if (found?.thingGroupArn === undefined) return undefined;
    const names: string[] = [];
    for await (const { policies = [] } of paginateListAttachedPolicies({ client }, { target: found.thingGroupArn, recursive: false }))
      names.push(...policies.flatMap(({ policyName }) => policyName ?? []));
    return names;
  },
  async isTopicRuleEnabled(name) {
    try {
      const { rule } = await client.send(new GetTopicRuleCommand({ ruleName: name }));
      return rule?.ruleDisabled !== true;
    } catch (error) {
      // AWS IoT says of a rule that is not there that nobody may see it (issue aws/aws-cli#4229); then nobody may, or it is gone.
      if (error instanceof Error && error.name === 'ResourceNotFoundException') return undefined;
      throw error;
    }
  },
  certificateStatus: spaced(CERTIFICATE_SPACING_MS, (id) => createIotCertificateStates(client).statusOf(id)),
});

const templateOf = ({
  templateArn = '',
  enabled,
  preProvisioningHook,
  templateBody = '',
  defaultVersionId,
}: TemplateAnswer): TemplateState => ({
  arn: templateArn,
  isEnabled: enabled === true,
  body: templateBody,
  ...(preProvisioningHook?.targetArn === undefined ? {} : { hook: preProvisioningHook.targetArn }),
  ...(defaultVersionId === undefined ? {} : { defaultVersion: defaultVersionId }),
});

interface TemplateAnswer {
  readonly templateArn?: string | undefined;
  readonly enabled?: boolean | undefined;
  readonly preProvisioningHook?: { readonly targetArn: string | undefined } | undefined;
  readonly templateBody?: string | undefined;
  readonly defaultVersionId?: number | undefined;
}

async function* templateNames(client: IoTClient) {
  for await (const { templates = [] } of paginateListProvisioningTemplates({ client }, {}))
    yield templates.map(({ templateName }) => templateName);
}

async function* policyNames(client: IoTClient) {
  for await (const { policies = [] } of paginateListPolicies({ client }, {})) yield policies.map(({ policyName }) => policyName);
}

async function* groupNames(client: IoTClient, namePrefixFilter: string) {
  for await (const { thingGroups = [] } of paginateListThingGroups({ client }, { namePrefixFilter }))
    yield thingGroups.map(({ groupName }) => groupName);
}

async function* typeNames(client: IoTClient) {
  for await (const { thingTypes = [] } of paginateListThingTypes({ client }, {}))
    yield thingTypes.map(({ thingTypeName }) => thingTypeName);
}
